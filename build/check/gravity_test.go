package check_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build/check"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
)

// Whatever a site makes less grave, it is built: its pages are made, with all of their bundles. What cannot be made
// without harm is said by checks that are firm.
func TestASiteWithoutItsSoftChecksIsBuilt(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) < 50 {
		t.Fatalf("%d archives: %v", len(archives), err)
	}
	softened := 0
	for _, file := range archives {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fsys := sitetest.Over(string(text))
		settings := fsys["content/site.yaml"]
		if settings == nil || strings.Contains(string(settings.Data), "\nchecks:") {
			continue
		}
		res, _ := sitetest.Build(t, fsys)
		soft := !slices.ContainsFunc(res.Findings, func(f site.Finding) bool {
			c := check.Named(f.Check)
			return f.Level == site.Error && (c == nil || c.Firm != "")
		})
		if !soft || res.Site == nil {
			continue
		}
		softened++
		for _, level := range []string{"warning", "off"} {
			var list []string
			for _, c := range check.All {
				if c.Firm == "" {
					list = append(list, c.Name+": "+level)
				}
			}
			data := string(settings.Data) + "\nchecks: {" + strings.Join(list, ", ") + "}\n"
			fsys["content/site.yaml"] = &fstest.MapFile{Data: []byte(data)}
			res, tree := sitetest.Build(t, fsys)
			if res.Failed() || level == "off" && slices.ContainsFunc(res.Findings, isSoft) {
				t.Errorf("%s with all at %s:\n%s", file, level, sitetest.Findings(res.Findings))
				continue
			}
			for _, f := range res.Site.Families {
				for _, lang := range res.Site.Languages {
					if _, err := tree.ReadFile(f.File(lang)); err != nil {
						t.Errorf("%s with all at %s: %v", file, level, err)
					}
				}
			}
		}
	}
	if softened < 30 {
		t.Errorf("only %d archives tell anything", softened)
	}
}

func isSoft(f site.Finding) bool { return check.Named(f.Check).Firm == "" }

// How grave a finding is made changes no page.
func TestGravityChangesNoPage(t *testing.T) {
	text, err := os.ReadFile("testdata/figures.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := sitetest.Over(string(text))
	_, before := sitetest.Build(t, fsys)
	data := string(fsys["content/site.yaml"].Data) + "\nchecks: {figures: error}\n"
	fsys["content/site.yaml"] = &fstest.MapFile{Data: []byte(data)}
	res, after := sitetest.Build(t, fsys)
	if !res.Failed() {
		t.Error("a warning made an error stops nothing")
	}
	for _, name := range []string{"en/page.html", "fr/page.html", "index.html"} {
		a, _ := before.ReadFile(name)
		b, err := after.ReadFile(name)
		if err != nil || string(a) != string(b) {
			t.Errorf("%s is another: %v", name, err)
		}
	}
}
