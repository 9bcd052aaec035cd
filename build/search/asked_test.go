package search_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// asked is a line of testdata/asked.tsv: a query somebody would type, and the
// pages to land on.
type asked struct {
	line             int // of the file, from 1: odd ones are for tuning
	lang, who, query string
	pages            []string
}

// readAsked returns what people ask, in the order of the file.
func readAsked(t testing.TB) []asked {
	t.Helper()
	data, err := os.ReadFile("testdata/asked.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []asked
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			t.Fatalf("asked.tsv:%d: %d columns, want language, who asks, query, pages", i+1, len(cells))
		}
		all = append(all, asked{i + 1, cells[0], cells[1], cells[2], strings.Fields(cells[3])})
	}
	return all
}

// TestAsked shows that each language has as many lines, half of them odd,
// that no query stands twice and that every page it should find exists.
func TestAsked(t *testing.T) {
	const content, each = "../../content", 80
	who := []string{"child", "teen", "parent", "teacher", "professional", "anyone"}
	lines, odd := map[string]int{}, map[string]int{}
	first := map[string]int{}
	for _, q := range readAsked(t) {
		lines[q.lang]++
		odd[q.lang] += q.line % 2
		if !slices.Contains(who, q.who) {
			t.Errorf("asked.tsv:%d: %q asks, want one of %s", q.line, q.who, strings.Join(who, ", "))
		}
		key := q.lang + " " + strings.ToLower(strings.Join(strings.Fields(q.query), " "))
		if was, ok := first[key]; ok {
			t.Errorf("asked.tsv:%d: %q is on line %d already", q.line, q.query, was)
		}
		first[key] = q.line
		if n := len(q.pages); n < 1 || n > 3 {
			t.Errorf("asked.tsv:%d: %d pages, want one to three", q.line, n)
		}
		for i, page := range q.pages {
			if slices.Contains(q.pages[:i], page) {
				t.Errorf("asked.tsv:%d: %s stands twice", q.line, page)
			}
			if _, err := os.Stat(filepath.Join(content, q.lang, page+".md")); err != nil {
				t.Errorf("asked.tsv:%d: there is no page %s in %s", q.line, page, q.lang)
			}
		}
	}
	homes, err := filepath.Glob(content + "/*/index.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, home := range homes {
		lang := filepath.Base(filepath.Dir(home))
		if lines[lang] != each || odd[lang] != each/2 {
			t.Errorf("%s: %d lines, %d of them odd; want %d and %d", lang, lines[lang], odd[lang], each, each/2)
		}
		delete(lines, lang)
	}
	for lang := range lines {
		t.Errorf("asked.tsv: there is no language %s", lang)
	}
}

// Of what people ask, the right page stands among the first three. Of even
// lines only the score is told: see the head of testdata/asked.tsv.
func TestAskedIsFound(t *testing.T) {
	const among = 3
	g := the(t)
	asked := readAsked(t)
	for _, lang := range g.Languages {
		x := openIndex(t, g.tree, lang)
		var found, all [2]int
		missed := ""
		for _, q := range asked {
			if q.lang != lang.Code {
				continue
			}
			var paths []string
			for _, p := range x.find(q.query) {
				paths = append(paths, goldenPath(p))
			}
			all[q.line%2]++
			right := func(p string) bool { page, _, _ := strings.Cut(p, "#"); return slices.Contains(q.pages, page) }
			switch at := slices.IndexFunc(paths, right); {
			case at >= 0 && at < among:
				found[q.line%2]++
			case q.line%2 == 1:
				missed += fmt.Sprintf("\nasked.tsv:%d: %s → %s, found at %d, after %q", q.line, q.query,
					strings.Join(q.pages, " "), at, paths[:min(len(paths), among)])
			}
		}
		t.Logf("%s: %d of %d odd lines, %d of %d even ones%s", lang.Code, found[1], all[1], found[0], all[0], missed)
	}
}
