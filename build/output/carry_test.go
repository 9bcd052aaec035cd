package output

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var old = time.Date(2020, 2, 2, 2, 2, 2, 0, time.UTC)

func TestForeignFilesAreCarried(t *testing.T) {
	for _, first := range []bool{true, false} {
		dir := filepath.Join(t.TempDir(), "public")
		if !first {
			publish(t, dir, site{"en/old.html": "old", "gone/x": "x", "both/page": "1"})
		}
		mine := site{"robots.txt": "mine", "en/mine.txt": "mine", "empty/in/here/": "", "both/mine": "m", "dangling": "-> no/where",
			"locked/secret": "s", ".git/HEAD": "ref", "odd\\name: é\xff": "odd"}
		create(t, dir, mine)
		must(t, os.Chmod(filepath.Join(dir, "robots.txt"), 0o640))
		must(t, os.Chtimes(filepath.Join(dir, "robots.txt"), old, old))
		must(t, os.Chmod(filepath.Join(dir, "locked"), 0o500))
		t.Cleanup(func() { os.Chmod(filepath.Join(dir, "locked"), 0o700) })
		must(t, os.Chmod(filepath.Join(dir, "both"), 0o750))
		for _, name := range []string{"locked", "empty/in/here", "empty/in", "empty"} {
			must(t, os.Chtimes(filepath.Join(dir, name), old, old))
		}
		before := lstat(t, filepath.Join(dir, "robots.txt"))
		link := lstat(t, filepath.Join(dir, "dangling"))

		now := site{"en/new.html": "new", "index.html": "i"}
		publish(t, dir, now)
		want := now.withSums(t)
		maps.Copy(want, mine)
		wantOnDisk(t, dir, want)

		after := lstat(t, filepath.Join(dir, "robots.txt"))
		if !os.SameFile(before, after) || after.Mode() != 0o640 || !after.ModTime().Equal(old) {
			t.Errorf("robots.txt changed: %v %v", after.Mode(), after.ModTime())
		}
		if after := lstat(t, filepath.Join(dir, "dangling")); !os.SameFile(link, after) {
			t.Error("the link is another one")
		}
		if m := lstat(t, filepath.Join(dir, "both")).Mode().Perm(); m != 0o750 {
			t.Errorf("both has mode %v", m)
		}
		if m := lstat(t, filepath.Join(dir, "locked")).Mode().Perm(); m != 0o500 {
			t.Errorf("locked has mode %v", m)
		}
		for _, name := range []string{"locked", "empty/in/here", "empty/in", "empty"} {
			if at := lstat(t, filepath.Join(dir, name)).ModTime(); !at.Equal(old) {
				t.Errorf("%s has time %v", name, at)
			}
		}
		wantOnly(t, filepath.Dir(dir), "public")
	}
}

func TestForeignFileInTheWay(t *testing.T) {
	for _, c := range []struct {
		there site
		put   string
		path  string
	}{
		{site{"index.html": "mine"}, "index.html", "index.html"},
		{site{"Index.HTML": "mine"}, "index.html", "Index.HTML"},
		{site{"en": "mine"}, "en/index.html", "en"},
		{site{"en": "-> /tmp"}, "en/index.html", "en"},
		{site{"en/mine": "mine"}, "en", "en"},
		{site{"en/": ""}, "en", "en"},
		{site{"SHA256SUMS/x": "mine"}, "en", "SHA256SUMS"},
		{site{"SHA256SUMS": "-> x"}, "en", "SHA256SUMS"},
	} {
		parent := t.TempDir()
		dir := filepath.Join(parent, "public")
		create(t, dir, c.there)
		create(t, dir, site{"other": "mine"})
		before, err := onDisk(dir)
		must(t, err)
		tree := stageTree(t, dir)
		must(t, tree.Put(c.put, []byte("ours")))
		var foreign *ForeignError
		if err := tree.Publish(); !errors.As(err, &foreign) || foreign.Path != filepath.Join(dir, c.path) {
			t.Errorf("%v and %s: %v, want a ForeignError for %s", c.there, c.put, err, c.path)
		} else if !strings.Contains(err.Error(), "move it away") {
			t.Errorf("the message does not help: %v", err)
		}
		must(t, tree.Discard())
		wantOnDisk(t, dir, before)
		wantOnly(t, parent, "public")
	}
}

func TestMaliciousRecord(t *testing.T) {
	zeros := strings.Repeat("0", 64)
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	create(t, parent, site{"secret": "s", "outside/page": "ours"})
	mine := site{"mine": "mine", "a/mine": "mine", "way": "-> ../outside"}
	create(t, dir, mine)
	lines := []string{zeros + "  ../secret", zeros + "  " + filepath.Join(parent, "secret"), zeros + "  a/../mine", "nonsense  mine",
		zeros[1:] + "  mine", "", zeros, strings.Repeat("g", 64) + "  mine", zeros + " \\mine", zeros + "  .", zeros + "  way/page", "\x00\xff",
		zeros + "  ours\r"}
	create(t, dir, site{recordName: strings.Join(lines, "\n"), "ours": "o"})
	publish(t, dir, site{"index.html": "i"})
	want := site{"index.html": "i"}.withSums(t)
	maps.Copy(want, mine)
	wantOnDisk(t, dir, want)
	wantOnDisk(t, filepath.Join(parent, "outside"), site{"page": "ours"})
	wantOnly(t, parent, "outside", "public", "secret")

	// A listed path through a link is not read either.
	create(t, dir, site{recordName: zeros + "  way/page\n"})
	tree := stageTree(t, dir)
	must(t, tree.Put("way/page", []byte("ours")))
	if tree.kept != 0 {
		t.Error("a file outside the target was linked into the stage")
	}
	var foreign *ForeignError
	if err := tree.Publish(); !errors.As(err, &foreign) {
		t.Errorf("a link in the way: %v", err)
	}
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte(strings.Repeat("0", 64) + "  ../x\n"))
	f.Add([]byte(strings.Repeat("a", 64) + " *a/b\r\n" + strings.Repeat("0", 64) + "  /etc/passwd"))
	f.Fuzz(func(t *testing.T, sums []byte) {
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, recordName), sums, 0o666))
		r, err := readRecord(dir)
		must(t, err)
		for name := range r.files {
			if !fs.ValidPath(name) {
				t.Errorf("%q leads outside", name)
			}
		}
	})
}

// Copies are made where the file system has no hard links.
func TestCopiesKeepModeAndTime(t *testing.T) {
	dir := t.TempDir()
	create(t, dir, site{"file": "data", "link": "-> file"})
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	must(t, os.Chmod(file, 0o604))
	must(t, os.Chtimes(file, old, old))
	must(t, copyFile(file, file+"2"))
	must(t, dress(file+"2", lstat(t, file), 0))
	must(t, setTime(file+"2", lstat(t, file).ModTime()))
	must(t, copyLink(link, link+"2"))
	must(t, setTime(link+"2", old))
	got := lstat(t, file+"2")
	if got.Mode() != 0o604 || !got.ModTime().Equal(old) || os.SameFile(got, lstat(t, file)) {
		t.Errorf("the copy has mode %v and time %v", got.Mode(), got.ModTime())
	}
	if !lstat(t, link+"2").ModTime().Equal(old) {
		t.Error("the copied link has another time")
	}
	wantOnDisk(t, dir, site{"file": "data", "file2": "data", "link": "-> file", "link2": "-> file"})
	if !equal(file, lstat(t, file), file+"2", got) || !equal(link, lstat(t, link), link+"2", lstat(t, link+"2")) || equal(file, lstat(t, file), link, lstat(t, link)) {
		t.Error("equal is wrong")
	}
}

// A file that somebody adds while the trees change places is not lost.
func TestLateForeignFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, site{"a/page": "1", "b/page": "1"})
	create(t, dir, site{"edited": "before"})
	tree := stageTree(t, dir)
	must(t, tree.Put("a/page", []byte("2")))
	must(t, tree.Put("new", []byte("2")))
	tree.stage.exchange = func(one, other string) error {
		must(t, os.Remove(filepath.Join(dir, "edited")))
		create(t, dir, site{"late": "l", "b/late": "l", "folder/late": "l", "new": "theirs", "edited": "after"})
		return exchange(one, other)
	}
	must(t, tree.Publish())
	want := site{"a/page": "2", "new": "2"}.withSums(t)
	maps.Copy(want, site{"late": "l", "b/late": "l", "folder/late": "l", "new.kept1": "theirs", "edited": "before", "edited.kept1": "after"})
	wantOnDisk(t, dir, want)
	wantOnly(t, filepath.Dir(dir), "public")
}
