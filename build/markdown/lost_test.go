package markdown_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
)

// Whatever a writer writes, each letter and digit of it is on the page and in
// what search reads, or something says that it is not.
func FuzzLost(f *testing.F) {
	for _, src := range seeds(f) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if !isText(src) {
			return // package content removes what is no text before it parses
		}
		src += "\n" // goldmark drops a last line ```0 without one, which is named
		for _, lang := range []*site.Language{bare("fr"), bare("ar")} {
			if missing := missing(t, src, lang); missing != "" {
				t.Fatalf("in %s: lost and not named: %s\nsource:\n%s", lang.Code, missing, src)
			}
		}
	})
}

// missing returns the letters and digits of src that the page lacks.
func missing(t *testing.T, src string, lang *site.Language) string {
	doc := markdown.Parse("page.md", []byte(src), 0)
	lost := doc.Lost()
	for _, l := range lost {
		if l.Cause == markdown.LostWords {
			t.Fatalf("lost for no known reason: %q\nsource:\n%s", l.Words, src)
		}
	}
	if len(lost) > 0 {
		return ""
	}
	var w markdown.Writer
	addresses := ""
	link := func(dest string) string {
		addresses += dest
		return "x"
	}
	picture := func(dest string) *markdown.Picture { return &markdown.Picture{Attrs: link(dest)} }
	text := w.Page(doc, markdown.Options{Language: lang, Blocks: blocks, IDs: doc.PlaceIDs(blocks),
		Link: link, Picture: picture})
	return sitetest.Missing(src, sitetest.Words(string(text.HTML))+addresses) +
		sitetest.Missing(src, text.Said+addresses)
}

// bare is a language whose own words add nothing to a page.
func bare(code string) *site.Language {
	lang := *languages[code]
	lang.Words = site.Words{}
	return &lang
}

// seeds are the sources of pairs and of the tables of kinds, and those that
// fuzzing found: see testdata/fuzz/README.md.
func seeds(t testing.TB) (list []string) {
	files, _ := filepath.Glob("testdata/*.md")
	tables, _ := filepath.Glob("testdata/kinds*.tsv")
	for _, file := range append(files, tables...) {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(file) == ".md" {
			list = append(list, string(src))
			continue
		}
		for line := range strings.Lines(string(src)) {
			if cells := strings.Split(line, "\t"); len(cells) > 4 {
				list = append(list, lines(cells[3]))
			}
		}
	}
	found, err := os.ReadFile("testdata/fuzz/lost.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(found)) {
		src, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("lost.txt: %s: %v", line, err)
		}
		list = append(list, src)
	}
	return list
}

func BenchmarkLost(b *testing.B) {
	src := []byte(strings.Join(seeds(b)[:40], "\n\n"))
	doc := markdown.Parse("page.md", src, 0)
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		for b.Loop() {
			markdown.Parse("page.md", src, 0)
		}
	})
	b.Run("lost", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		for b.Loop() {
			doc.Lost()
		}
	})
}
