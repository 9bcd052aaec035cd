package build_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// testdata/cases.tsv lists faults that were seen in real sites, each with its
// verdict and with what holds it there, a file of the repository and
//
//	x_test.go: TestName         a test
//	x.tsv: kind construct lang  a row of a table of kinds
//	x.txtar: words              what an archive says
//
// A case is right, open, or waits for something that is not made yet.
func TestCases(t *testing.T) {
	data, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) < 3 || seen[cells[0]] {
			t.Errorf("cases.tsv:%d: want a case that stands there once, what it is and a verdict, with tabs between", i+1)
			continue
		}
		seen[cells[0]] = true
		switch verdict, holds := cells[2], cells[3:]; {
		case verdict == "right" && len(holds) == 0:
			t.Errorf("cases.tsv:%d: %s is right, and nothing holds it there", i+1, cells[0])
		case verdict != "right" && verdict != "open" && !strings.HasPrefix(verdict, "waits for "):
			t.Errorf("cases.tsv:%d: %q is no verdict", i+1, verdict)
		default:
			for _, h := range holds {
				if !isHeld(h) {
					t.Errorf("cases.tsv:%d: %s: there is no %s", i+1, cells[0], h)
				}
			}
		}
	}
}

// isHeld reports whether what a case names is there.
func isHeld(by string) bool {
	file, name, _ := strings.Cut(by, ": ")
	data, err := os.ReadFile(filepath.Join("..", file))
	text := string(data)
	switch {
	case err != nil || name == "":
		return false
	case strings.HasSuffix(file, "_test.go"):
		return strings.Contains(text, "\nfunc "+name+"(t *testing.T)")
	case strings.HasSuffix(file, ".tsv"):
		kind, rest, _ := strings.Cut(name, " ")
		at := max(strings.LastIndex(rest, " "), 0)
		return strings.Contains(text, "\n"+kind+"\t"+rest[:at]+"\t"+strings.TrimSpace(rest[at:])+"\t")
	}
	return strings.Contains(text, name)
}
