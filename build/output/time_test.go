package output

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldguide/build/pack"
	"fieldguide/build/release"
)

var edition = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func at(data string) time.Time { return pack.Time(edition, sha256.Sum256([]byte(data))) }

func publishDated(t *testing.T, dir string, s site) {
	t.Helper()
	tree := stageTree(t, dir)
	tree.Release(release.Plan{Edition: "2026-11", Day: edition})
	for name, data := range s {
		if path.Ext(name) == ".zip" {
			_, err := tree.Stream(name, func(w io.Writer) error { _, err := io.WriteString(w, data); return err })
			must(t, err)
			continue
		}
		must(t, tree.Put(name, []byte(data)))
	}
	must(t, tree.Publish())
}

// Two fresh folders are the same, times and all.
func TestFreshFoldersHaveTheTimesOfTheirBytes(t *testing.T) {
	s := site{"index.html": "one", "en/a.html": "two", "downloads/x.zip": "three"}
	for range 2 {
		dir := filepath.Join(t.TempDir(), "public")
		publishDated(t, dir, s)
		for name, data := range s.withSums(t) {
			if got := lstat(t, filepath.Join(dir, name)).ModTime(); !got.Equal(at(data)) {
				t.Errorf("%s has the time %v, want %v", name, got, at(data))
			}
		}
	}
}

// Over a former site a time rises when the bytes change, and only then. Two
// builds that begin with the same former site do not give two contents one
// time.
func TestTimesRise(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	changes, same := []string{"page", "page.zip"}, []string{"same", "same.zip"}
	publishCall := func(n int) map[string]fs.FileInfo {
		call := fmt.Sprintf("call %04d", n)
		publishDated(t, dir, site{"same": "same", "same.zip": "same", "page": call, "page.zip": call})
		now := map[string]fs.FileInfo{}
		for _, name := range slices.Concat(changes, same) {
			now[name] = lstat(t, filepath.Join(dir, name))
		}
		return now
	}
	last := publishCall(9999)
	for n := range 20 {
		now := publishCall(n % 3)
		for _, name := range changes {
			if at := now[name].ModTime(); !at.After(last[name].ModTime()) || at.Unix()%2 != 0 {
				t.Errorf("the time of %s went from %v to %v", name, last[name].ModTime(), at)
			}
		}
		for _, name := range same {
			if !os.SameFile(last[name], now[name]) || !now[name].ModTime().Equal(at("same")) {
				t.Errorf("%s did not change, but has the time %v", name, now[name].ModTime())
			}
		}
		last = now
	}
}

// Without an edition there is no day to begin with: a file has the time at
// which it was written.
func TestUndatedFilesHaveTheTimeOfWriting(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, site{"page": "one"})
	if age := time.Since(lstat(t, filepath.Join(dir, "page")).ModTime()); age < -time.Minute || age > time.Minute {
		t.Errorf("the file is %v old", age)
	}
}

// The manifest says of every file what stands on disk: its time, size and bytes.
// A time that somebody else has set is put right, and a fresh folder that is
// built after the same release has the same times.
func TestTimesAreThoseOfTheManifest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	one := site{"same": "s", "page": "1", "x.zip": "z"}
	publishDated(t, dir, one)
	first, err := release.Read(dir)
	must(t, err)
	must(t, os.Chtimes(filepath.Join(dir, "same"), time.Time{}, edition))
	one["page"], one["new"] = "2", "n"
	publishDated(t, dir, one)

	again := filepath.Join(t.TempDir(), "public")
	tree := stageTree(t, again)
	tree.Follow(first)
	tree.Release(release.Plan{Edition: "2026-11", Day: edition})
	one.putInto(t, tree)
	must(t, tree.Publish())

	second, err := release.Read(dir)
	must(t, err)
	if second.Serial != 2 || *second.Previous != first.Sum() {
		t.Errorf("serial %d after %d, previous %x", second.Serial, first.Serial, second.Previous)
	}
	for _, dir := range []string{dir, again} {
		for _, f := range second.Files {
			info := lstat(t, filepath.Join(dir, f.Name))
			if !info.ModTime().Equal(f.Time) || info.Size() != f.Size {
				t.Errorf("%s is of %v, its manifest says %v", f.Name, info.ModTime(), f.Time)
			}
			if was := first.File(f.Name); was != nil && was.SHA256 == f.SHA256 && !was.Time.Equal(f.Time) {
				t.Errorf("the time of %s moved and its bytes did not", f.Name)
			} else if (was == nil || was.SHA256 != f.SHA256) && !f.Time.After(first.Released) {
				t.Errorf("%s is new, and not newer than the release before", f.Name)
			}
		}
	}
	other, err := release.Read(again)
	must(t, err)
	if other.Sum() != second.Sum() {
		t.Error("the same files after the same release make two manifests")
	}
}

// A manifest that nobody can read stops a build, unless it is told what comes before.
func TestDamagedManifest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publishDated(t, dir, site{"page": "1"})
	name := filepath.Join(dir, release.ManifestName)
	data, err := os.ReadFile(name)
	must(t, err)
	must(t, os.WriteFile(name, data[:len(data)-9], 0o666))
	tree := stageTree(t, dir)
	if err := tree.Put("page", []byte("2")); err == nil {
		t.Error("the serial begins again, and nobody was told")
	}
	must(t, tree.Discard())
	tree = stageTree(t, dir)
	tree.Follow(nil)
	must(t, tree.Put("page", []byte("2")))
	must(t, tree.Publish())
}

// A release.json that we have not made is somebody's own.
func TestManifestOfOthers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	create(t, dir, site{release.ManifestName: "mine"})
	tree := stageTree(t, dir)
	must(t, tree.Put("page", []byte("1")))
	var foreign *ForeignError
	if err := tree.Publish(); !errors.As(err, &foreign) {
		t.Errorf("got %v; want to be told whose it is", err)
	}
}
