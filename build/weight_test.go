package build_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/output"
	"fieldguide/build/pack"
)

// TestALongPageIsLight puts 1,300 words of the guide on one page, in each
// language, in the guide's own design: at most 6,000 bytes over the wire.
func TestALongPageIsLight(t *testing.T) {
	const words, most = 1300, 6000
	guide := os.DirFS("..")
	long := fstest.MapFS{"content/en/parents/long.md": {Data: page(t, "../content/en/parents/*.md", words)}}
	tree := output.Memory()
	res, err := build.Build(context.Background(), content.Over(long, build.Over(guide)), tree, build.Options{})
	if err != nil {
		t.Fatal(err)
	}
	html, err := tree.ReadFile("en/parents/long.html")
	if err != nil {
		t.Fatalf("%v: %v", err, res.Findings)
	}
	size := pack.Weight(html)
	t.Logf("%d words: %d bytes, %d compressed", words, len(html), size)
	if size > most {
		t.Errorf("a page of %d words has %d bytes compressed; want at most %d", words, size, most)
	}
}

var (
	front  = regexp.MustCompile(`(?s)^---\n.*?\n---\n`)
	fences = regexp.MustCompile(`(?m)^:::.*$`)
	links  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// page joins the texts of pages to a guide of so many words.
func page(t *testing.T, pattern string, words int) []byte {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages at %s: %v", pattern, err)
	}
	slices.Sort(files)
	var b strings.Builder
	b.WriteString("---\ntitle: A long page\nsummary: As long as a chapter.\nkind: guide\n---\n")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		body := links.ReplaceAllString(fences.ReplaceAllString(front.ReplaceAllString(string(text), ""), ""), "$1")
		for line := range strings.Lines(body) {
			if words -= len(strings.Fields(line)); words < 0 {
				return []byte(b.String())
			}
			b.WriteString(line)
		}
	}
	t.Fatalf("%s has too few words", pattern)
	return nil
}
