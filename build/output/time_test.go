package output

import (
	"crypto/sha256"
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
)

var edition = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func at(data string) time.Time { return pack.Time(edition, sha256.Sum256([]byte(data))) }

func publishDated(t *testing.T, dir string, s site) {
	t.Helper()
	tree := stageTree(t, dir)
	tree.Date(edition)
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

	former, times := last["page"], map[time.Time]bool{}
	for n := range 100 {
		f := describe("page", fmt.Appendf(nil, "call %04d", n))
		times[(&stage{date: edition.AddDate(-1, 0, 0)}).time(f, former)] = true
	}
	if len(times) < 99 {
		t.Errorf("100 contents that take the place of one have %d times", len(times))
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
