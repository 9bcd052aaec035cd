package search_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/site"
)

// golden is a line of testdata/<language>.txt: a query and the page that it
// should bring among the first five, named by its path; several where any of
// them is a right answer.
type golden struct {
	query string
	want  []string
	line  int
}

func goldens(t testing.TB, lang *site.Language) []golden {
	t.Helper()
	text, err := os.ReadFile("testdata/" + lang.Code + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []golden
	for i, line := range strings.Split(string(text), "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		query, want, ok := strings.Cut(line, " → ")
		if !ok {
			t.Fatalf("testdata/%s.txt:%d: want: query → path", lang.Code, i+1)
		}
		list = append(list, golden{query, strings.Split(strings.TrimSpace(want), " | "), i + 1})
	}
	return list
}

// Golden queries bring their page among the first five, 95 in 100.
func TestGoldens(t *testing.T) {
	g := the(t)
	for _, lang := range g.Languages {
		x := openIndex(t, g.tree, lang)
		list := goldens(t, lang)
		if len(list) < 55 {
			t.Errorf("%s has %d golden queries, want 55", lang.Code, len(list))
		}
		found, first := 0, 0
		missed := ""
		for _, q := range list {
			var paths []string
			for _, p := range x.find(q.query) {
				paths = append(paths, goldenPath(p))
			}
			at := slices.IndexFunc(paths, func(p string) bool { return slices.Contains(q.want, p) })
			switch {
			case at == 0:
				first++
				fallthrough
			case at > 0 && at < 5:
				found++
			default:
				missed += fmt.Sprintf("\ntestdata/%s.txt:%d: %s → %s, found %q", lang.Code, q.line, q.query, strings.Join(q.want, " | "), paths[:min(len(paths), 6)])
			}
		}
		t.Logf("%s: %d of %d among the first five, %d first%s", lang.Code, found, len(list), first, missed)
		if found*100 < len(list)*95 {
			t.Errorf("%s: only %d of %d%s", lang.Code, found, len(list), missed)
		}
	}
}
