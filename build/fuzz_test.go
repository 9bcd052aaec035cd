package build_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build/sitetest"
)

// A site.yaml of any content is built or gives a finding.
func FuzzSite(f *testing.F) {
	f.Add(string(sitetest.Base()["content/site.yaml"].Data))
	if guide, err := os.ReadFile("../content/site.yaml"); err == nil {
		f.Add(string(guide))
	}
	f.Add("source: en\nlanguages: [{code: en, name: English, dir: ltr}]\nkinds: {index: {}, guide: {layout: page}}\n")
	f.Add("source: *a\nlanguages: &a [*a]\n")
	f.Add("source: en\nlanguages: [{code: en, name: e, dir: rtl, quotes: '\"\"\"\"', space-before: ' \\', space-after: '<'}]\nkinds: {index: {}}\n")
	f.Fuzz(func(t *testing.T, settings string) {
		fsys := sitetest.Base()
		fsys["content/site.yaml"] = &fstest.MapFile{Data: []byte(settings)}
		res, tree := sitetest.Build(t, fsys)
		if len(res.Findings) == 0 && len(tree.Files()) == 0 {
			t.Error("nothing was made and nothing was said")
		}
		lines := 1 + strings.Count(settings, "\n") + strings.Count(settings, "\r") + strings.Count(settings, "\u0085") +
			strings.Count(settings, "\u2028") + strings.Count(settings, "\u2029") // what YAML takes for the end of a line
		for _, found := range res.Findings {
			if found.File == "content/site.yaml" && found.Line > lines+1 { // YAML sets an empty value on the line after
				t.Errorf("a finding in line %d of %d: %v", found.Line, lines, found)
			}
		}
	})
}
