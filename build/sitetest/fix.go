package sitetest

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/fix"
	"fieldguide/build/site"

	"golang.org/x/tools/txtar"
)

// Mended fails the test unless mending the site below fsys takes away what it mends, brings nothing new, leaves nothing
// that it could mend a second time, and does the same in files with a byte order mark, CRLF and no end of the last
// line. It returns what was mended.
func Mended(t testing.TB, fsys fs.FS) *build.Fixed {
	t.Helper()
	fixed := mend(t, fsys)
	if len(fixed.Edits) == 0 {
		return fixed
	}
	first, _ := Build(t, fsys)
	mended := laid(fsys, fixed.Edits)
	now, _ := Build(t, mended)
	old, refused := map[site.Finding]int{}, len(fixed.Refused)
	for _, f := range first.Findings {
		old[f.Same()]++
	}
	for _, f := range now.Findings {
		hidden := f.Check == "parity" && f.Level == site.Warning // it says nothing where there is an error
		if old[f.Same()]--; old[f.Same()] < 0 && !hidden {
			t.Errorf("mending brings %s", f)
		}
		if f.Mend != nil {
			if refused--; refused < 0 {
				t.Errorf("mending leaves %s", f)
			}
		}
	}
	if again := mend(t, mended); len(again.Edits) > 0 {
		t.Errorf("mending a second time changes %s", again.Edits.Names())
	}
	for name, text := range mend(t, laid(fsys, crlf(t, fsys))).Edits {
		if want := asCRLF(name, fixed.Edits[name]); string(text) != string(want) {
			t.Errorf("%s with CRLF becomes\n%q\nnot\n%q", name, text, want)
		}
	}
	return fixed
}

// showMended fills in what an archive says of mending.
func showMended(a *txtar.Archive, fixed *build.Fixed) {
	for i, f := range a.Files {
		if name, ok := strings.CutPrefix(f.Name, "mended/"); ok {
			a.Files[i].Data = []byte("this file stays as it is\n")
			if text, ok := fixed.Edits[name]; ok {
				a.Files[i].Data = text
			}
		}
		if f.Name == "refused" {
			a.Files[i].Data = nil
			for _, r := range fixed.Refused {
				a.Files[i].Data = fmt.Appendf(a.Files[i].Data, "%s\n    not mended: %s\n", r.Finding.Place(), r.Why)
			}
		}
	}
}

func mend(t testing.TB, fsys fs.FS) *build.Fixed {
	t.Helper()
	fixed, err := build.Fix(t.Context(), content.Plain(fsys), nil, func(site.Finding) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return fixed
}

// laid returns a site with other bytes in files of its uppermost layer.
func laid(fsys fs.FS, files map[string][]byte) fs.FS {
	layers := content.Layers(fsys)
	own := fix.Over(layers[len(layers)-1], files)
	if len(layers) == 1 {
		return own
	}
	return build.Over(own)
}

// crlf returns the pages of a site as another system writes them.
func crlf(t testing.TB, fsys fs.FS) map[string][]byte {
	t.Helper()
	layers, files := content.Layers(fsys), map[string][]byte{}
	own := layers[len(layers)-1]
	err := fs.WalkDir(own, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		text, err := fs.ReadFile(own, name)
		files[name] = asCRLF(name, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func asCRLF(name string, text []byte) []byte {
	if path.Ext(name) != ".md" || len(text) == 0 {
		return text
	}
	text = bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	return []byte("\uFEFF" + strings.TrimSuffix(strings.ReplaceAll(string(text), "\n", "\r\n"), "\r\n"))
}
