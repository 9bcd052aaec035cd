package output

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/release"
)

// A site is what a test puts into a tree, or finds on disk.
type site map[string]string

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func stageTree(t testing.TB, dir string) *Tree {
	t.Helper()
	tree, err := Stage(dir)
	must(t, err)
	t.Cleanup(func() { tree.Discard() })
	return tree
}

func (s site) putInto(t testing.TB, tree *Tree) {
	t.Helper()
	for name, data := range s {
		must(t, tree.Put(name, []byte(data)))
	}
}

func publish(t testing.TB, dir string, s site) {
	t.Helper()
	tree := stageTree(t, dir)
	s.putInto(t, tree)
	must(t, tree.Publish())
}

// sums returns what SHA256SUMS must hold for the site.
func (s site) sums(t testing.TB) string {
	t.Helper()
	m := Memory()
	s.putInto(t, m)
	must(t, m.Publish())
	sums, err := m.ReadFile(recordName)
	must(t, err)
	return string(sums)
}

// withSums returns the site as it looks when published, without its folders.
func (s site) withSums(t testing.TB) site {
	s = maps.Clone(s)
	s[recordName] = s.sums(t)
	return s
}

// onDisk reads a folder: files by content, links as "-> x", empty folders as "x/".
// A manifest that names every file SHA256SUMS does, and that, is left out.
func onDisk(dir string) (site, error) {
	s := site{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case d.IsDir():
			if entries, err := os.ReadDir(name); err != nil || len(entries) > 0 || rel == "." {
				return err
			}
			s[rel+"/"] = ""
		case d.Type() == fs.ModeSymlink:
			dest, err := os.Readlink(name)
			s[rel] = "-> " + dest
			return err
		case d.Type().IsRegular():
			data, err := os.ReadFile(name)
			s[rel] = string(data)
			return err
		default:
			s[rel] = d.Type().String()
		}
		return nil
	})
	if m, bad := release.Parse([]byte(s[release.ManifestName])); bad == nil && s.tells(m) {
		delete(s, release.ManifestName)
	}
	return s, err
}

// tells reports whether a manifest is that of the site.
func (s site) tells(m *release.Manifest) bool {
	for _, f := range m.Files {
		if data := s[f.Name]; sha256.Sum256([]byte(data)) != f.SHA256 || f.Size != int64(len(data)) {
			return false
		}
	}
	return m.File(recordName) != nil && len(m.Files) == 1+strings.Count(s[recordName], "\n")
}

func (s site) diff(want site) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if _, ok := want[name]; !ok {
			fmt.Fprintf(&b, "\n  %s should not be there", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got, ok := s[name]; !ok {
			fmt.Fprintf(&b, "\n  %s is missing", name)
		} else if got != want[name] {
			fmt.Fprintf(&b, "\n  %s holds %.60q, want %.60q", name, got, want[name])
		}
	}
	return b.String()
}

func wantOnDisk(t testing.TB, dir string, want site) {
	t.Helper()
	got, err := onDisk(dir)
	must(t, err)
	if d := got.diff(want); d != "" {
		t.Errorf("%s is not as expected:%s", dir, d)
	}
}

// wantOnly checks that nothing but the named entries is in dir.
func wantOnly(t testing.TB, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, names) {
		t.Errorf("%s holds %q, want %q", dir, got, names)
	}
}

func create(t testing.TB, dir string, s site) {
	t.Helper()
	for name, data := range s {
		file := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(file), 0o777))
		switch {
		case strings.HasSuffix(name, "/"):
			must(t, os.MkdirAll(file, 0o777))
		case strings.HasPrefix(data, "-> "):
			must(t, os.Symlink(data[3:], file))
		default:
			must(t, os.WriteFile(file, []byte(data), 0o666))
		}
	}
}

func lstat(t testing.TB, name string) fs.FileInfo {
	t.Helper()
	info, err := os.Lstat(name)
	must(t, err)
	return info
}
