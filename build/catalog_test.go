package build_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/catalog"
	"fieldguide/build/site"
)

// translators opens the guide of this repository for translators.
func translators(t *testing.T) *build.Translators {
	t.Helper()
	fsys, shut, err := build.Sources("..")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut() })
	tr, err := build.OpenTranslators("..", fsys)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// translated returns the languages that the guide is translated into.
func translated(tr *build.Translators) (list []*site.Language) {
	for _, lang := range tr.Site().Languages {
		if lang != tr.Site().Source {
			list = append(list, lang)
		}
	}
	return list
}

// TestCatalogsOfTheGuideComeBack exports every page in every language and takes it
// in again. As it is, no file and no record changes. With a sign before the words of
// every unit, pages are what they were but for the signs.
func TestCatalogsOfTheGuideComeBack(t *testing.T) {
	tr := translators(t)
	for i, lang := range translated(tr) {
		if i > 0 && testing.Short() {
			break
		}
		t.Run(lang.Code, func(t *testing.T) {
			t.Parallel()
			tr := translators(t)
			lang := tr.Language(lang.Code)
			c, findings, err := tr.Export(tr.Site().Families, lang)
			if err != nil || len(findings) > 0 || len(c.Pages) != len(tr.Site().Families) {
				t.Fatal(len(c.Pages), findings, err)
			}
			units := map[string]bool{}
			for _, p := range c.Pages {
				for _, u := range p.Units {
					if units[u.ID] {
						t.Errorf("%s is there twice", u.ID)
					}
					units[u.ID] = true
				}
			}
			take := func(file string, data []byte) *build.Imported {
				came, findings := build.ReadCatalog(file, data)
				if len(findings) > 0 || len(came.Units) != len(units) || came.Target != lang.Code {
					t.Fatalf("%s: %d units of %d, language %s: %v", file, len(came.Units), len(units), came.Target, findings)
				}
				im, findings, err := tr.Import(build.Import{File: file, Came: came, Language: lang})
				if err != nil || len(findings) > 0 {
					t.Fatal(findings, err)
				}
				return im
			}
			for file, data := range map[string][]byte{"guide.po": c.PO(), "guide.xliff": c.XLIFF()} {
				if im := take(file, data); len(im.Edits) > 0 || len(im.Behind) > 0 {
					t.Errorf("%s changes %v; behind: %v", file, im.Edits.Names(), im.Behind)
				}
			}
			const sign = "⁂"
			signs := 0
			for _, p := range c.Pages {
				for _, u := range p.Units {
					if u.InText() && len(u.Target) > 0 {
						u.Target = append(catalog.Text{{Words: sign}}, u.Target...)
						signs++
					}
				}
			}
			found := 0
			for name, now := range take("signs.po", c.PO()).Edits {
				if path.Ext(name) != ".md" {
					continue
				}
				was, err := os.ReadFile(filepath.Join("..", name))
				if err != nil {
					t.Fatal(err)
				}
				found += strings.Count(string(now), sign)
				if string(was) != strings.ReplaceAll(string(now), sign, "") {
					t.Errorf("%s is\n%s", name, now)
				}
			}
			if found != signs || signs < 1000 {
				t.Errorf("%d signs of %d", found, signs)
			}
		})
	}
}
