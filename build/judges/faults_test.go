package judges

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// fault is a page with one thing changed, and what each engine's judge says of
// it, or how that begins: testdata/faults.yaml.
type fault struct {
	Fault   string
	Page    string // its kind
	Replace string // a regular expression
	With    string
	Says    map[string]string // by engine
}

// refuses wants the judge of an engine to complain of each of its faults.
func refuses(t *testing.T, engine string, judge func(c *complaints, list []variant)) {
	t.Helper()
	data, err := os.ReadFile("testdata/faults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var faults []fault
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&faults); err != nil {
		t.Fatal(err)
	}
	faults = slices.DeleteFunc(faults, func(f fault) bool { return f.Says[engine] == "" })
	if len(faults) == 0 {
		t.Fatalf("testdata/faults.yaml has no fault for %s", engine)
	}
	g := the(t)
	pages := g.sample(g.Source.Code)
	judged(t, len(faults), "fault")
	for _, f := range faults {
		t.Run(f.Fault, func(t *testing.T) {
			i := slices.IndexFunc(pages, func(p *page) bool { return p.kind() == f.Page })
			c := &complaints{byRule: map[string]map[string][]string{}}
			judge(c, []variant{broken(t, pages[i], f.Replace, f.With)})
			found := false
			for rule := range c.byRule {
				t.Log(c.show(rule))
				found = found || strings.HasPrefix(rule, f.Says[engine])
			}
			if !found {
				t.Errorf("nobody says %q", f.Says[engine])
			}
		})
	}
}

// broken returns a page with one thing changed. That nothing could be changed
// is a failure: the sample would be a good one.
func broken(t *testing.T, p *page, from, to string) variant {
	t.Helper()
	data := regexp.MustCompile(from).ReplaceAll(p.data, []byte(to))
	if bytes.Equal(data, p.data) {
		t.Fatalf("%s: there is no %s to break", p.name, from)
	}
	file := filepath.Join(t.TempDir(), "broken.html")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return variant{p, file}
}
