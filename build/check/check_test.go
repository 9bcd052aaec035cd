package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldguide/build/check"
	"fieldguide/build/sitetest"

	"golang.org/x/tools/txtar"
)

func TestSites(t *testing.T) { sitetest.Run(t, "testdata/*.txtar") }

// What is mended is gone, and nothing new has come.
func TestMending(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archives {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			archive, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sitetest.Mended(t, sitetest.Over(string(archive)))
		})
	}
}

func TestEveryCheckHasAFaultyAndACleanSite(t *testing.T) {
	for _, c := range check.All {
		if c.Doc == "" {
			t.Errorf("check %q has no sentence for writers", c.Name)
		}
		faulty, found := findings(t, "testdata/"+c.Name+".txtar")
		if faulty && !strings.Contains(found, "("+c.Name+")\n") {
			t.Errorf("testdata/%s.txtar shows no finding of the check %q", c.Name, c.Name)
		}
		if _, found := findings(t, "testdata/"+c.Name+".clean.txtar"); found != "" {
			t.Errorf("testdata/%s.clean.txtar is to have no findings:\n%s", c.Name, found)
		}
	}
}

// findings returns what an archive expects to be found.
func findings(t *testing.T, file string) (exists bool, found string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Errorf("%v\n(every check wants a faulty site and a clean one, as text)", err)
		return false, ""
	}
	for _, f := range txtar.Parse(data).Files {
		if f.Name == "findings" {
			found = string(f.Data)
		}
	}
	return true, found
}
