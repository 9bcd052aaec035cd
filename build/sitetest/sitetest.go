// Package sitetest tests with whole little sites, written as text.
//
// A case is a txtar archive. What it shows stands at its top, then sources,
// then what is expected:
//
//	A link to a page that does not exist names the nearest one.
//	-- content/en/kite.md --
//	---
//	title: Our kite
//	summary: A story.
//	---
//	[Get help](hlep.md).
//	-- findings --
//	content/en/kite.md:5:1: error: link to "hlep.md" leads nowhere (links)
//	    hint: did you mean help.md?
//
// The sources lie over a small base site, base.txtar beside this file: English
// (the source), French and Arabic, two sets, one with bands, and layouts so
// plain that a change of design changes no expectation. A case is therefore a
// few lines. A source named "content/fr/ui.yaml +" is added to the end of the
// base's file instead of taking its place; one named "static/icon.png base64"
// is no text. What bundles need, bundles.txtar, lies between the two for a case
// whose site.yaml has bundles:; all of them are made.
//
// Expected parts are
//
//	findings                         every finding, as writers see it; empty or absent for none
//	files                            the names of all files made
//	mended/content/en/x.md           one file when all is mended that a machine can mend
//	refused                          what is not mended, and why
//	public/en/x.html                 one file made
//	public/downloads/x.zip           what is in a bundle: names, for a ZIM with their titles
//	public/downloads/x.zip/index.html
//	                                 one file in a bundle
//
// An archive without public/ parts says nothing about pages. To write a case,
// write the sources and the names of the parts you want to see, run
//
//	go test ./... -update
//
// and read what it filled in.
package sitetest

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/content"
	"fieldguide/build/output"
	"fieldguide/build/site"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected parts of tests")

//go:embed base.txtar
var base []byte

//go:embed bundles.txtar
var bundles []byte

// Base returns the base site.
func Base() fstest.MapFS {
	fsys := fstest.MapFS{}
	add(fsys, txtar.Parse(base))
	return fsys
}

// Bundling returns the base site with what bundles need, but no units.
func Bundling() fstest.MapFS {
	fsys := Base()
	add(fsys, txtar.Parse(bundles))
	return fsys
}

// Over returns the base site with the sources of an archive over it.
func Over(archive string) fstest.MapFS { return over(txtar.Parse([]byte(archive))) }

func over(a *txtar.Archive) fstest.MapFS {
	fsys := Base()
	for _, f := range a.Files {
		if strings.HasPrefix(f.Name, "content/site.yaml") && bytes.Contains(f.Data, []byte("bundles:")) {
			fsys = Bundling()
		}
	}
	add(fsys, a)
	return fsys
}

func add(fsys fstest.MapFS, a *txtar.Archive) {
	for _, f := range a.Files {
		if isExpected(f.Name) {
			continue
		}
		name, more := strings.CutSuffix(f.Name, " +")
		name, coded := strings.CutSuffix(name, " base64")
		data := f.Data
		if coded {
			var err error
			if data, err = base64.StdEncoding.DecodeString(strings.TrimSpace(string(data))); err != nil {
				panic(f.Name + ": " + err.Error())
			}
		}
		if more && fsys[name] != nil {
			data = append([]byte(string(fsys[name].Data)), data...)
		}
		fsys[name] = &fstest.MapFile{Data: data}
	}
}

func isExpected(name string) bool {
	return name == "findings" || name == "files" || name == "refused" || strings.HasPrefix(name, "public/") ||
		strings.HasPrefix(name, "mended/")
}

// Alone returns the sources of an archive over the built-in defaults, not over
// the base site.
func Alone(archive string) fs.FS { return alone(txtar.Parse([]byte(archive))) }

func alone(a *txtar.Archive) fs.FS {
	fsys := fstest.MapFS{}
	add(fsys, a)
	return build.Over(fsys)
}

// Run tests each archive that matches the pattern, as a subtest of its name.
func Run(t *testing.T, pattern string) {
	t.Helper()
	run(t, pattern, func(a *txtar.Archive) fs.FS { return over(a) })
}

// RunAlone tests archives with what Alone makes of them.
func RunAlone(t *testing.T, pattern string) {
	t.Helper()
	run(t, pattern, alone)
}

func run(t *testing.T, pattern string, lay func(a *txtar.Archive) fs.FS) {
	t.Helper()
	archives, err := filepath.Glob(pattern)
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archive matches %s: %v", pattern, err)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runFile(t, file, lay)
		})
	}
}

func runFile(t *testing.T, file string, lay func(a *txtar.Archive) fs.FS) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a := txtar.Parse(data)
	fsys := lay(a)
	res, tree := Build(t, fsys)
	got := made(a, res, tree)
	if slices.ContainsFunc(a.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "mended/") }) {
		showMended(got, Mended(t, fsys))
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	// Formatting both gives them the same line at the end.
	Equal(t, file, string(txtar.Format(txtar.Parse(data))), string(txtar.Format(got)))
}

// made returns the archive with the expected parts as they are.
func made(a *txtar.Archive, res *build.Result, tree *output.Tree) *txtar.Archive {
	got := &txtar.Archive{Comment: a.Comment}
	said := false
	for _, f := range a.Files {
		switch name, public := strings.CutPrefix(f.Name, "public/"); {
		case f.Name == "findings":
			f.Data, said = []byte(Findings(res.Findings)), true
		case f.Name == "files":
			f.Data = nil
			for _, made := range tree.Files() {
				f.Data = append(f.Data, made.Name+"\n"...)
			}
		case public:
			f.Data = finished(tree, name)
		}
		got.Files = append(got.Files, f)
	}
	if !said && len(res.Findings) > 0 {
		got.Files = append(got.Files, txtar.File{Name: "findings", Data: []byte(Findings(res.Findings))})
	}
	return got
}

// finished returns a file that was made, or what stands for it in text.
func finished(tree *output.Tree, name string) []byte {
	if data, err := tree.ReadFile(name); err == nil {
		if text, isBundle := Listing(name, data); isBundle {
			return []byte(text)
		}
		return data
	}
	for _, ext := range []string{".zip", ".epub", ".zim"} {
		if bundle, part, ok := strings.Cut(name, ext+"/"); ok {
			if data, err := tree.ReadFile(bundle + ext); err == nil {
				if data, ok := Inside(ext, data)[part]; ok {
					return data
				}
			}
		}
	}
	return []byte("this file was not made\n")
}

// Build builds a site in memory, with all its bundles, and fails the test when
// the machine fails.
func Build(t testing.TB, fsys fs.FS) (*build.Result, *output.Tree) {
	t.Helper()
	tree := output.Memory()
	res, err := build.Build(t.Context(), content.Plain(fsys), tree, build.Options{Bundles: bundle.Steady()})
	if err != nil {
		t.Fatalf("the build stopped: %v\nfindings until then:\n%s", err, Findings(res.Findings))
	}
	return res, tree
}

// Findings returns findings as writers see them.
func Findings(list []site.Finding) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

// Golden compares got with the file, or rewrites it with -update.
func Golden(t testing.TB, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v\n(go test -update writes it)", err)
	}
	Equal(t, file, string(want), got)
}

// Equal fails the test with the lines that differ.
func Equal(t testing.TB, name, want, got string) {
	t.Helper()
	if got != want {
		t.Errorf("%s differs. Lines with - were expected, lines with + are what the sources give now.\n"+
			"If the new ones are right, `go test ./... -update` keeps them.\n\n%s", name, diff.Diff("expected", []byte(want), "now", []byte(got)))
	}
}
