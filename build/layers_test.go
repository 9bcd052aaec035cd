package build_test

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers are the packages of the engine, lowest first. A package imports only
// those above it in this list; site and serve import none of ours. What makes
// pages and bundles (render … bundle) knows neither check nor search.
var layers = []string{
	"build/heap", "build/fault", "build/defaults", "build/cldr", "build/site", "build/fix", "build/parallel",
	"build/cache", "build/media",
	"build/letters", "build/markdown", "build/translate", "build/pack", "build/release", "build/output", "build/content",
	"build/catalog", "build/render", "build/epub", "build/zim", "build/bundle", "build/check", "build/search", "build",
	"build/desk", "build/serve",
}

// aside are packages for tests, which the engine itself does not import.
var aside = []string{"build/sitetest", "build/bench", "build/judges"}

func TestPackagesImportOnlyThoseAboveThem(t *testing.T) {
	err := filepath.WalkDir(".", func(name string, e os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		pkg := path.Join("build", filepath.ToSlash(filepath.Dir(name)))
		if slices.Contains(aside, pkg) {
			return nil
		}
		place := slices.Index(layers, pkg)
		if place < 0 {
			t.Errorf("%s: the package %s has no place among the layers", name, pkg)
			return nil
		}
		for _, imported := range imports(t, name) {
			if pkg == "build/serve" || !slices.Contains(layers[:place], imported) {
				t.Errorf("%s imports %s, which stands below %s or aside", name, imported, pkg)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Every package says in the first line of its comment what it is for, in one
// sentence.
func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	for _, pkg := range slices.Concat(layers, aside) {
		files, err := filepath.Glob(filepath.Join("..", pkg, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if text := parsed.Doc.Text(); text != "" {
				first, _, _ := strings.Cut(text, "\n")
				said = append(said, first)
			}
		}
		if len(said) != 1 || !strings.HasPrefix(said[0], "Package "+path.Base(pkg)+" ") || !strings.HasSuffix(said[0], ".") {
			t.Errorf("%s says that it is for %q; want one sentence, in the first line of one comment", pkg, said)
		}
	}
}

// imports returns the packages of this module that a file imports.
func imports(t *testing.T, file string) []string {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if ours, ok := strings.CutPrefix(name, "fieldguide/"); ok {
			list = append(list, ours)
		}
	}
	return list
}
