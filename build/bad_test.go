package build_test

import (
	"errors"
	"fieldguide/build"
	"fieldguide/build/output"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build/sitetest"
)

const head = "---\ntitle: A page\nsummary: It is one.\n---\n"

// withPage returns the base site with a page more. It has the limits of the
// guide or, unlimited, none: what a site does not limit must hold too.
func withPage(text string, limited bool) fstest.MapFS {
	fsys := sitetest.Base()
	fsys["content/en/page.md"] = &fstest.MapFile{Data: []byte(text)}
	if limited {
		settings := string(fsys["content/site.yaml"].Data) + "limits: {page: 14600, source: 200000, front-matter: 8000, nesting: 12}\n"
		fsys["content/site.yaml"] = &fstest.MapFile{Data: []byte(settings)}
	}
	return fsys
}

// Each of these wants stack, time or memory of a careless program. What a
// guide's limits say of them is in testdata/deep.txt.
func TestVeryDeepOrLongInputEndsSoonWithoutHarm(t *testing.T) {
	var said strings.Builder
	texts := deepTexts(5_000)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		res, tree := sitetest.Build(t, withPage(texts[name], true))
		fmt.Fprintf(&said, "%s: %d findings\n", name, len(res.Findings))
		if len(res.Findings) == 0 {
			if _, err := tree.ReadFile("en/page.html"); err != nil {
				t.Errorf("%s: no finding and no page", name)
			}
			continue
		}
		fmt.Fprintln(&said, res.Findings[0])
	}
	sitetest.Golden(t, "testdata/deep.txt", said.String())
}

// Without limits, too, twice as much takes no more than the square of it:
// Markdown has constructs that want to be looked at again for each one that is
// open, but nothing whose work explodes.
func TestWorkGrowsWithTheTextAtMostAsItsSquare(t *testing.T) {
	const n, beyond = 1500, 2.5 // the square, and room for caches that get too small
	once, twice := deepTexts(n), deepTexts(2*n)
	for _, name := range slices.Sorted(maps.Keys(once)) {
		build := func(text string) func() { return func() { sitetest.Build(t, withPage(text, false)) } }
		most := math.Pow(float64(len(twice[name]))/float64(len(once[name])), beyond)
		if growth := sitetest.Growth(build(once[name]), build(twice[name]), most); growth > most {
			t.Errorf("%s: %d bytes take %.1f times the work of %d, not at most %.1f times",
				name, len(twice[name]), growth, len(once[name]), most)
		}
	}
}

// The measure of growth sees the cube.
func TestGrowthSees(t *testing.T) {
	var sum int
	cube := func(n int) func() {
		return func() {
			for i := range n * n * n {
				sum += i
			}
		}
	}
	if got := sitetest.Growth(cube(150), cube(300), 1); got < 5 || got > 12 {
		t.Errorf("twice as much of a cube is %.1f times the work, want about 8", got)
	}
}

// deepTexts grow with n.
func deepTexts(n int) map[string]string {
	deep := func(prefix string) string { return strings.Repeat(prefix, n) }
	stairs := func() string {
		var b strings.Builder
		for i := range n / 20 {
			fmt.Fprintf(&b, "%s- x\n", strings.Repeat("  ", i))
		}
		return b.String()
	}
	fences := func() string {
		var b strings.Builder
		for i := n; i > 0; i -= 10 {
			b.WriteString(strings.Repeat(":", i+3) + "tip\n")
		}
		return b.String()
	}
	return map[string]string{
		"block quotes":               head + deep("> ") + "x",
		"quotes without spaces":      head + deep(">") + "x",
		"lists in one line":          head + deep("- ") + "x",
		"numbered lists in one line": head + deep("1. ") + "x",
		"lists as stairs":            head + stairs(),
		"quotes and lists":           head + deep("> - ") + "x",
		"long fences":                head + fences(),
		"equal fences":               head + deep(":::tip\n"),
		"closing fences":             head + deep(":::\n"),
		"open brackets":              head + deep("["),
		"open and closed brackets":   head + deep("[") + deep("]"),
		"links in brackets":          head + deep("[a](") + deep(")"),
		"images in images":           head + deep("![") + "x" + deep("](/drawings/kite.svg)"),
		"emphasis":                   head + deep("*") + "x" + deep("*"),
		"emphasis apart":             head + deep("*a ") + deep("b*"),
		"emphasis mixed":             head + deep("*_") + "x" + deep("_*"),
		"strikethrough":              head + deep("~~a ") + deep("b~~"),
		"backticks":                  head + deep("`a``"),
		"comments that allow":        head + deep("<!-- allow: links -->\n\n[a](b)\n\n"),
		"comments that allow all":    head + "<!-- allow: " + deep("links,") + "links -->\n\n" + deep("[a](b) "),
		"open angle brackets":        head + deep("<"),
		"open tags":                  head + deep("<b>"),
		"comments":                   head + deep("<!--"),
		"entities":                   head + deep("&amp;"),
		"backslashes":                head + deep("\\"),
		"a table of one wide row":    head + deep("|a") + "|\n" + deep("|-") + "|\n" + deep("|b") + "|\n",
		"a table of many short rows": head + "|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n" + deep("|x|\n"),
		"footnote marks":             head + deep("[^1]") + "\n\n[^1]: x\n",
		"footnotes":                  head + deep("[^1]: x\n"),
		"references":                 head + deep("[a]: b\n"),
		"references used":            head + "[a]: help.md\n\n" + deep("[a] "),
		"definition lists":           head + deep("a\n: b\n"),
		"headings":                   head + deep("## a\n"),
		"setext headings":            head + deep("a\n===\n"),
		"one long word":              head + deep("aaaaaaaaaa"),
		"one long number":            head + deep("1234567890"),
		"quotation marks":            head + deep(`"'`),
		"bare addresses":             head + deep("https://example.org/a "),
		"almost addresses":           head + deep("www.") + deep("a@"),
		"blank lines":                head + deep("\n"),
		"flow brackets in YAML":      "---\ntitle: " + deep("[") + "\n---\n",
		"closed flow brackets":       "---\ntitle: " + deep("[") + deep("]") + "\n---\n",
		"flow braces in YAML":        "---\ntitle: " + deep("{a: ") + "\n---\n",
		"sequences in YAML":          "---\n" + deep("- ") + "x\n---\n",
		"keys in YAML":               "---\n" + deep("? ") + "x\n---\n",
		"megabytes of YAML":          "---\ntitle: x\nsummary: " + strings.Repeat("long ", 200*n) + "\n---\n",
		"megabytes, never closed":    "---\ntitle: x\nsummary: " + strings.Repeat("long ", 200*n),
		"megabytes of text":          head + strings.Repeat("word ", 200*n),
	}
}

func TestBytesThatAreNoText(t *testing.T) {
	for _, test := range []struct{ name, text, findings string }{
		{"a byte order mark is fine", "\uFEFF" + head + "Text.\n", ""},
		{"Windows line ends are fine", strings.ReplaceAll(head+"## One\n\nText.\n", "\n", "\r\n"), ""},
		{"old Macintosh line ends are not", "---\rtitle: A page\r---\rText.\r",
			`content/en/page.md:1: error: the page does not begin with front matter (front-matter)
    hint: begin the file with ---, title: …, summary: …, --- on lines of their own
`},
		{"a byte that is not UTF-8", head + "Text\n caf\xe9.\n",
			`content/en/page.md:6:5: error: this byte is not UTF-8 (text)
    hint: save the file again as UTF-8
`},
		{"a byte that is not UTF-8 in front matter", "---\ntitle: Caf\xe9\nsummary: S.\n---\n",
			`content/en/page.md:2: error: this is not valid YAML: invalid trailing UTF-8 octet (front-matter)
    hint: quote a value that holds a colon or begins with a special sign: title: "Yes: ask first"
content/en/page.md:2:11: error: this byte is not UTF-8 (text)
    hint: save the file again as UTF-8
`},
		{"a NUL byte", head + "Text\x00.\n",
			`content/en/page.md:5:5: error: a control character (U+0000) (text)
    hint: remove it, or save the file again as UTF-8 text
`},
		{"a control character", head + "Text\x1b[31m.\n",
			`content/en/page.md:5:5: error: a control character (U+001B) (text)
    hint: remove it, or save the file again as UTF-8 text
`},
		{"an empty file", "",
			`content/en/page.md:1: error: the file is empty (front-matter)
    hint: begin the file with ---, title: …, summary: …, --- on lines of their own
`},
		{"only blank lines", "\n\n \n", `content/en/page.md:4: error: the file is empty (front-matter)
    hint: begin the file with ---, title: …, summary: …, --- on lines of their own
`},
		{"no line end after the front matter", "---\ntitle: A page\nsummary: S.\n---", ""},
		{"a space after the closing line, and a long text", "---\ntitle: A page\nsummary: S.\n--- \n" + strings.Repeat("Word. ", 3000), ""},
		{"blank lines before front matter that is longer than one read", "\n\n\n\n---\ntitle: A page\nsummary: S.\n# " + strings.Repeat("x", 3000) + "\n---\nText", ""},
		{"front matter that is too long", "---\ntitle: A page\nsummary: " + strings.Repeat("x", 9000) + "\n---\n",
			`content/en/page.md:1: error: the front matter is not closed within 8000 bytes (front-matter)
    hint: close it with --- on a line of its own, or shorten it
`},
		{"a page that is too long", head + strings.Repeat("x", 200_000),
			`content/en/page.md:1:1: error: the file has 200042 bytes; at most 200000 are read (text)
    hint: split the page
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			res, _ := sitetest.Build(t, withPage(test.text, true))
			sitetest.Equal(t, "the findings of this page", test.findings, sitetest.Findings(res.Findings))
		})
	}
}

func TestSymbolicLinksAreNotFollowed(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for name, file := range sitetest.Base() {
		write(t, filepath.Join(dir, name), file.Data)
	}
	write(t, filepath.Join(outside, "secret.md"), []byte(head+"A secret."))
	write(t, filepath.Join(outside, "ui.yaml"), []byte("title: A secret\n"))
	for link, target := range map[string]string{
		"content/en/page.md":          filepath.Join(outside, "secret.md"),
		"content/en/inside.md":        "help.md",
		"content/en/folder":           outside,
		"content/de":                  outside,
		"static/secret.txt":           filepath.Join(outside, "secret.md"),
		"static/drawings/secret.svg":  filepath.Join(outside, "secret.md"),
		"content/en/../fr/terms.yaml": filepath.Join(outside, "ui.yaml"),
		"content/data/helplines.yaml": filepath.Join(outside, "ui.yaml"),
	} {
		name := filepath.Join(dir, link)
		os.MkdirAll(filepath.Dir(name), 0o777)
		os.Remove(name)
		if err := os.Symlink(target, name); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	fsys, shut, err := build.Sources(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer shut()
	tree := output.Memory()
	res, err := build.Build(t.Context(), fsys, tree, build.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range tree.Files() {
		if data, _ := tree.ReadFile(f.Name); strings.Contains(string(data), "secret") {
			t.Errorf("%s shows what lies outside of the site", f.Name)
		}
	}
	links := 0
	for _, f := range res.Findings {
		if f.Message == "this is a symbolic link; links are not followed" {
			links++
		}
	}
	if links != 8 {
		t.Errorf("%d links were named, want 8:\n%s", links, sitetest.Findings(res.Findings))
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, data, 0o666)); err != nil {
		t.Fatal(err)
	}
}
