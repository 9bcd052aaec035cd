package build_test

import (
	"bytes"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"fieldguide/build/output"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
)

// A small site of any page, any translation of it and any settings is built or
// says why not: findings name places that exist, and what is published has
// every letter of its sources, no id twice and no link that leads nowhere.
func FuzzSite(f *testing.F) {
	const front = "---\ntitle: A page\nsummary: One line.\n---\n"
	f.Add(front+"Text and [help](help.md#now).[^1]\n\n[^1]: A note.\n",
		front+"Texte et [aide](help.md#now).[^1]\n\n[^1]: Une note.\n", "")
	f.Add(front+"## One {#one}\n\n:::tip\n- [ ] Two\n:::\n\nhttps://example.org/путь\n",
		front+"## Un\n\n:::tip\n- [ ] Deux\n:::\n\n[ici](#un)\n", "url: https://example.org/\n")
	f.Add("---\ntitle: A #1\nsummary: *a\n---\n[Note]: Stop.\n\n| a |\n|---|\n| b | c |\n",
		"+++\ntitle = 'x'\n+++\n", "glossary: nowhere\n")
	f.Add(front+"<!-- a -->\n\n**词（word）**词 ~~x~~ 3~5 *“甲”*和\n", "", "source: *a\n")
	f.Add(front+"1. one\n3. three\n\n![a](/files/b c.png) <b>x</b> `c` &amp; &copy\n", front,
		"limits: {page: -1, nesting: 1}\nlanguages: [{code: en, name: e, dir: rtl, quotes: '\"\"\"\"'}]\n")
	f.Fuzz(func(t *testing.T, page, twin, settings string) {
		fsys := sitetest.Base()
		fsys["content/en/page.md"] = &fstest.MapFile{Data: []byte(page)}
		fsys["content/fr/page.md"] = &fstest.MapFile{Data: []byte(twin)}
		fsys["content/site.yaml"] = &fstest.MapFile{Data: append(bytes.Clone(fsys["content/site.yaml"].Data), settings...)}
		res, tree := sitetest.Build(t, fsys)
		for _, found := range res.Findings {
			if bad := misplaced(fsys, found); bad != "" {
				t.Errorf("%s: %v", bad, found)
			}
		}
		if res.Failed() {
			return
		}
		checkLinks(t, tree)
		if settings == "" { // which may name another source language, or take the page away
			_, body, _ := strings.Cut(strings.TrimPrefix(page, "---"), "\n---")
			html, err := tree.ReadFile("en/page.html")
			if err != nil {
				t.Fatal(err)
			}
			if missing := sitetest.Missing(body, sitetest.Words(string(html))+addressesOf(html)); missing != "" {
				t.Errorf("lost and not named: %q", missing)
			}
		}
	})
}

// lineEnds are what YAML takes for the end of a line.
var lineEnds = regexp.MustCompile("\r\n|[\r\n\u0085\u2028\u2029]")

// misplaced says what is wrong with the place of a finding.
func misplaced(fsys fs.FS, found site.Finding) string {
	src, err := fs.ReadFile(fsys, found.File)
	switch {
	case found.Message == "" || found.Check == "":
		return "a finding without words or check"
	case err != nil:
		return "" // a folder, or a file that is wanted
	case !utf8.Valid(src):
		return ""
	}
	lines := lineEnds.Split(string(src), -1)
	plain := strings.Count(string(src), "\n")+1 == len(lines)
	if found.Line > len(lines)+1 {
		return "a finding beyond the file's last line"
	}
	if plain && found.Line > 0 && found.Line <= len(lines) &&
		found.Col > utf8.RuneCountInString(lines[found.Line-1])+1 {
		return "a finding beyond the end of its line"
	}
	return ""
}

// addressesOf returns the addresses of a page, decoded.
func addressesOf(page []byte) string {
	var b strings.Builder
	for _, href := range hrefs.FindAllSubmatch(page, -1) {
		if address, err := url.PathUnescape(string(href[1])); err == nil {
			b.WriteString(address)
		}
	}
	return b.String()
}

var hrefs = regexp.MustCompile(` (?:href|src)="([^"]*)"`)

// checkLinks follows each link of each page.
func checkLinks(t *testing.T, tree *output.Tree) {
	t.Helper()
	files := map[string]bool{}
	for _, file := range tree.Files() {
		files[file.Name] = true
	}
	for name := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		page, err := tree.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, href := range hrefs.FindAllSubmatch(page, -1) {
			to, err := url.Parse(strings.ReplaceAll(string(href[1]), "&amp;", "&"))
			if err != nil {
				t.Errorf("%s: %q is no address", name, href[1])
				continue
			}
			if to.IsAbs() || to.Path == "" || strings.HasPrefix(string(href[1]), "//") {
				continue
			}
			if !files[path.Join(path.Dir(name), to.Path)] {
				t.Errorf("%s: %q leads nowhere", name, href[1])
			}
		}
	}
	checkPlaces(t, tree)
}
