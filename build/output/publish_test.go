package output

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var noExchange = func(one, other string) error { return errors.ErrUnsupported }

func TestPublishReplaces(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	publish(t, dir, site{"index.html": "one", "old/gone/page.html": "x", "en/stay.html": "s"})
	publish(t, dir, site{"index.html": "two", "en/stay.html": "s", "old": "now a file"})
	wantOnDisk(t, dir, site{"index.html": "two", "en/stay.html": "s", "old": "now a file"}.withSums(t))
	publish(t, dir, site{})
	wantOnDisk(t, dir, site{}.withSums(t))
	wantOnly(t, parent, "public")
}

func TestUnchangedKeepsInodeAndTime(t *testing.T) {
	for name, exchange := range map[string]func(string, string) error{"exchange": exchange, "two renames": noExchange} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			s := site{"a/same": "same", "b": "one", "c": "size", "empty": "", "big": strings.Repeat("x", 3*chunk)}
			publish(t, dir, s)
			before := map[string]fs.FileInfo{}
			for name := range s {
				before[name] = lstat(t, filepath.Join(dir, name))
			}
			s["b"], s["c"] = "longer", "ezis"
			tree := stageTree(t, dir)
			tree.stage.exchange = exchange
			s.putInto(t, tree)
			must(t, tree.Publish())
			wantOnDisk(t, dir, s.withSums(t))
			for name, old := range before {
				now := lstat(t, filepath.Join(dir, name))
				kept := os.SameFile(old, now) && now.ModTime().Equal(old.ModTime())
				if changed := name == "b" || name == "c"; kept == changed {
					t.Errorf("%s: changed %v, kept %v", name, changed, kept)
				}
			}
		})
	}
}

func TestNothingChangedTouchesNothing(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	s := site{"a/b": "1", "c": "2"}
	publish(t, dir, s)
	create(t, dir, site{"mine.txt": "foreign"})
	before, sums := lstat(t, dir), lstat(t, filepath.Join(dir, recordName))
	publish(t, dir, s)
	if after := lstat(t, dir); !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("the target was exchanged although nothing changed")
	}
	if !os.SameFile(sums, lstat(t, filepath.Join(dir, recordName))) {
		t.Error("the sums were written again")
	}
	wantOnly(t, parent, "public")
}

// The sums may lie about a file that somebody changed; bytes count.
func TestDamageIsRepaired(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	s := site{"a/b": "right", "a/c": "right", "d": "right"}
	publish(t, dir, s)
	create(t, dir, site{"a/b": "wrong"})
	must(t, os.Remove(filepath.Join(dir, "a/c")))
	must(t, os.Remove(filepath.Join(dir, "d")))
	must(t, os.Symlink("a/b", filepath.Join(dir, "d")))
	publish(t, dir, s)
	wantOnDisk(t, dir, s.withSums(t))
}

func TestSumsSuitCoreutils(t *testing.T) {
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("sha256sum is not installed")
	}
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, dir, site{"b/index.html": "1", "a b.html": "2", "é/中.html": "3", "a": ""})
	cmd := exec.Command(tool, "--strict", "-c", recordName)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil || strings.Count(string(out), ": OK") != 4 {
		t.Errorf("sha256sum: %v\n%s", err, out)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	tree := stageTree(t, dir)
	must(t, tree.Put("a/b", []byte("1")))
	must(t, tree.Discard())
	must(t, tree.Discard())
	wantOnly(t, parent)
	if tree.Put("c", nil) == nil || tree.Publish() == nil {
		t.Error("a discarded tree was used")
	}
}

func TestBusy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	first := stageTree(t, dir)
	must(t, first.Put("a", []byte("1")))
	if _, err := Stage(dir); !errors.Is(err, ErrBusy) {
		t.Fatalf("two builds into one folder: %v", err)
	}
	must(t, first.Publish())
	publish(t, dir, site{"a": "2"})
	wantOnDisk(t, dir, site{"a": "2"}.withSums(t))
}

// Builds that begin and end at the same time never hold the lock together.
func TestLockRace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	inside := make(chan bool, 1)
	done := make(chan bool)
	for range 8 {
		go func() {
			defer func() { done <- true }()
			for i := 0; i < 100; {
				tree, err := Stage(dir)
				if errors.Is(err, ErrBusy) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				select {
				case inside <- true:
				default:
					t.Error("two builds hold the lock")
				}
				<-inside
				tree.Discard()
				i++
			}
		}()
	}
	for range 8 {
		<-done
	}
	wantOnly(t, filepath.Dir(dir))
}

func TestTargets(t *testing.T) {
	top, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	create(t, top, site{"work/here/x": "1", "file": "1", "real/mine": "foreign", "link": "-> real", "dangling": "-> nowhere"})
	t.Chdir(filepath.Join(top, "work", "here"))
	for dir, want := range map[string]string{
		"": "no folder", "/": "root", ".": "current folder", "..": "current folder", "../..": "current folder",
		"../../file": "is a file", "../../file/x": "file", "../../dangling": "leads nowhere",
	} {
		if tree, err := Stage(dir); err == nil {
			tree.Discard()
			t.Errorf("%q was taken as target", dir)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want a word about %q", dir, err, want)
		}
	}
	publish(t, "../../link", site{"a": "1"})
	if lstat(t, filepath.Join(top, "link")).Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	wantOnDisk(t, filepath.Join(top, "real"), site{"a": "1", recordName: site{"a": "1"}.sums(t), "mine": "foreign"})
	publish(t, "deep/down/public", site{"a": "1"})
	wantOnDisk(t, "deep/down/public", site{"a": "1"}.withSums(t))
	wantOnly(t, top, "dangling", "file", "link", "real", "work")
}

// No target lies in what the site is made from, or holds it, however it is named.
func TestTargetsApartFromSources(t *testing.T) {
	top, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	create(t, top, site{"guide/content/site.yaml": "s", "guide/content/en/": "", "guide/public": "-> content/en",
		"guide/texts/fr/x": "x", "guide/layouts": "-> texts", "guide/here/": "", "link": "-> guide", "content/": ""})
	t.Chdir(filepath.Join(top, "guide", "here"))
	sources := []string{"../content", "../layouts", "../static"}
	before, err := onDisk(top)
	must(t, err)
	for _, dir := range []string{
		"../content", "../content/", "../content/new/deep", "../content/en", "../here/../content",
		top + "/guide/content/x", "../../link/content", "../../link/content/new", "../public", "../public/x",
		"../layouts", "../texts", "../texts/fr/new", "../static", "../static/x", "../Static", "../../link/static",
		"..", "../../guide", "../..", "../../link", top, "/",
	} {
		tree, err := Stage(dir, sources...)
		var target *TargetError
		if !errors.As(err, &target) || !strings.Contains(err.Error(), "the site is made from") {
			t.Errorf("%q: %v, want a word about the sources", dir, err)
		}
		if err == nil {
			tree.Discard()
		}
	}
	wantOnDisk(t, top, before)
	for _, dir := range []string{"../contents", "../../content", "../new/public", "public", "../../link/site"} {
		tree, err := Stage(dir, sources...)
		must(t, err)
		must(t, tree.Discard())
	}
}

// Random sites over random sites, with foreign files between: the result
// depends on the last one only.
func TestHistoryLeavesNoTrace(t *testing.T) {
	for seed := range uint64(30) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			parent := t.TempDir()
			dir := filepath.Join(parent, "public")
			mine := site{"a/mine.txt": "1", "z/deep/mine": "2", "z/empty/": "", "a/link": "-> mine.txt"}
			create(t, dir, mine)
			var last site
			for range 4 {
				last = randomSite(r, r.IntN(40))
				tree := stageTree(t, dir)
				if r.IntN(2) == 0 {
					tree.stage.exchange = noExchange
				}
				last.putInto(t, tree)
				if r.IntN(4) == 0 {
					must(t, tree.Discard())
					publish(t, dir, last)
					continue
				}
				must(t, tree.Publish())
			}
			want := last.withSums(t)
			for name, data := range mine {
				want[name] = data
			}
			wantOnDisk(t, dir, want)
			wantOnly(t, parent, "public")
		})
	}
}
