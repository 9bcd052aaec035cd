package search_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fieldguide/build/letters"
	"fieldguide/build/pack"
	"fieldguide/build/site"

	"golang.org/x/net/html"
)

const (
	firstShard = 10_000 // bytes, compressed
	firstDocs  = 20_000 // the first shard of docs, which a small guide has only
	firstFetch = 32_000 // index.js
)

// mostOf is how much a script of the search may weigh.
func mostOf(name string) int {
	switch {
	case strings.HasSuffix(name, "/index.js"):
		return firstFetch
	case strings.HasSuffix(name, "/d0.js"):
		return firstDocs
	}
	return firstShard
}

func TestDump(t *testing.T) {
	if dir := os.Getenv("SEARCH_DUMP"); dir != "" {
		if err := dump(the(t).tree, dir); err != nil {
			t.Error(err)
		}
	}
}

func TestWeight(t *testing.T) {
	g := the(t)
	scripts := 0
	for _, name := range []string{"search-box.js", "search.js"} {
		script, err := g.tree.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		scripts += pack.Weight(script)
	}
	if scripts > firstShard {
		t.Errorf("the scripts have %d bytes compressed", scripts)
	}
	for _, f := range g.tree.Files() {
		if !strings.Contains(f.Name, "/search") {
			continue
		}
		data, _ := g.tree.ReadFile(f.Name)
		n := pack.Weight(data)
		t.Logf("%s: %d, compressed %d", f.Name, f.Size, n)
		if strings.HasSuffix(f.Name, ".js") && n > mostOf(f.Name) {
			t.Errorf("%s has %d bytes compressed", f.Name, n)
		}
	}
}

// The folding that a page's script has gives what Go gives, for every
// character of the content.
func TestTableFolds(t *testing.T) {
	g := the(t)
	for _, lang := range g.Languages {
		x := openIndex(t, g.tree, lang)
		for _, r := range characters(t, g, lang) {
			if got, want := x.fold(string(r)), letters.Fold(string(r)); got != want {
				t.Errorf("%s: %q (U+%04X) becomes %q in the browser, %q in Go", lang.Code, r, r, got, want)
			}
		}
	}
}

// characters returns all that occur in the files of a language.
func characters(t testing.TB, g *guide, lang *site.Language) []rune {
	t.Helper()
	seen := map[rune]bool{}
	err := fs.WalkDir(g.fsys, "content/"+lang.Code, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(g.fsys, name)
		for _, r := range string(data) {
			seen[r] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var list []rune
	for r := range seen {
		list = append(list, r)
	}
	slices.Sort(list)
	return list
}

// Every word of two or more letters that a page shows finds the page: the
// words of its text, its title and its summary.
func TestEveryWordFindsItsPage(t *testing.T) {
	g := the(t)
	for _, lang := range g.Languages {
		t.Run(lang.Code, func(t *testing.T) {
			t.Parallel()
			x := openIndex(t, g.tree, lang)
			known := map[string][]string{}
			words := 0
			for _, f := range g.Families {
				if f.Pages[lang.Index] == nil || f.Kind.Hidden || f.Kind.Layout == site.SearchLayout {
					continue
				}
				for _, w := range pageWords(t, g, f, lang) {
					if len([]rune(w)) < 2 {
						continue
					}
					words++
					if known[w] == nil {
						known[w] = x.all(w + " ")
					}
					if !slices.Contains(known[w], f.Path+".html") {
						t.Errorf("%q does not find %s", w, f.Path)
					}
				}
			}
			t.Logf("%d words on pages, %d different", words, len(known))
		})
	}
}

// pageWords are the words of a page, taken from its source and not from the
// index: letters and what Go calls marks, and pairs of Han.
func pageWords(t testing.TB, g *guide, f *site.Family, lang *site.Language) []string {
	t.Helper()
	page := f.Pages[lang.Index]
	source, err := fs.ReadFile(g.fsys, page.File)
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(strings.TrimPrefix(string(source), "---\n"), "\n---\n")
	text := page.Title + "\n" + page.Summary + "\n" + written(body)
	var words []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	}) {
		if letters := []rune(w); slices.ContainsFunc(letters, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			for i := range len(letters) - 1 {
				if unicode.Is(unicode.Han, letters[i]) && unicode.Is(unicode.Han, letters[i+1]) {
					words = append(words, string(letters[i:i+2]))
				}
			}
			continue
		}
		words = append(words, w)
	}
	return words
}

// notShown is what Markdown does not show: names of blocks, the numbers of
// lists, ids, and addresses below the text.
var notShown = regexp.MustCompile(`(?m)^ *:::+ *[\w-]*|^ *(?:> *)*\d+[.)] |\{#[^}]*\}|^\[[^\]]+\]: .*`)

// inWords are the marks that can stand inside a word: emphasis, and a link
// that begins or ends with the word's other half.
var inWords = regexp.MustCompile(`\]\([^)]*\)|\[|\*`)

// written takes away what Markdown does not show.
func written(body string) string {
	body = notShown.ReplaceAllString(body, " ")
	return html.UnescapeString(inWords.ReplaceAllString(body, ""))
}

// The page lists every page and term once, and weighs no more than others.
func TestPage(t *testing.T) {
	g := the(t)
	for _, lang := range g.Languages {
		data, err := g.tree.ReadFile(lang.Code + "/search.html")
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes compressed", lang.Code, pack.Weight(data))
		if n := pack.Weight(data); n > g.Limits.Page {
			t.Errorf("%s: %d bytes compressed", lang.Code, n)
		}
		text := string(data)
		_, text, _ = strings.Cut(text, `<div id="az"`)
		text, _, _ = strings.Cut(text, "</main>")
		for _, f := range g.Families {
			want := 1
			if f.Kind.Hidden || f.Kind.Layout == site.SearchLayout {
				want = 0
			}
			if n := strings.Count(text, `<a href="`+f.Path+`.html"`); n != want {
				t.Errorf("%s: %s is listed %d times, want %d", lang.Code, f.Path, n, want)
			}
		}
		for _, id := range g.Terms {
			if n := strings.Count(text, `<a href="`+g.Glossary+`.html#`+id+`"`); n != 1 {
				t.Errorf("%s: term %s is listed %d times", lang.Code, id, n)
			}
		}
	}
}
