package check

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestSample reads testdata/sample.tsv: findings on Markdown of published
// packages, judged by hand. Its head says how it was drawn.
func TestSample(t *testing.T) {
	data, err := os.ReadFile("testdata/sample.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows, verdicts := 0, map[string]int{}
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 9 {
			t.Errorf("line %d: %d cells; want 9", i+1, len(cells))
			continue
		}
		rows++
		pkg, name, verdict, why := cells[0], cells[4], cells[7], cells[8]
		verdicts[verdict]++
		if !strings.Contains(pkg, "@") {
			t.Errorf("line %d: package %q has no version", i+1, pkg)
		}
		if !slices.ContainsFunc(All, func(c *Check) bool { return c.Name == name }) {
			t.Errorf("line %d: there is no check %q", i+1, name)
		}
		if !slices.Contains([]string{"true", "false", "worse"}, verdict) || why == "" {
			t.Errorf("line %d: verdict %q, because %q; want true, false or worse, and a reason", i+1, verdict, why)
		}
	}
	if rows != 100 || verdicts["true"] < 95 || verdicts["worse"] > 0 {
		t.Errorf("%d rows, verdicts %v; want 100 rows, at least 95 true and none worse", rows, verdicts)
	}
}
