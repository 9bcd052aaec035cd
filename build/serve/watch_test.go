package serve

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestABurstIsOneRebuild(t *testing.T) {
	dir := t.TempDir()
	s, builds := mirror(t, dir)
	start(t, s)
	before := builds.Load()
	begun, longest := time.Now(), time.Duration(0)
	for i := range 300 {
		started := time.Now()
		write(t, filepath.Join(dir, "page.md"), fmt.Sprint(i))
		longest = max(longest, time.Since(started))
	}
	took := time.Since(begun)
	eventually(t, "the last text shown", func() bool { return serves(s, files{"page.md": "299"}, map[string]bool{"page.md": true}) })
	time.Sleep(3 * settle)
	if longest >= settle {
		t.Skipf("this computer slept %v within the burst, which made it several", longest)
	}
	if n, most := builds.Load()-before, 2+int64(took/patience); n > most {
		t.Errorf("%d rebuilds for one burst of %v, not at most %d", n, took, most)
	}
}

func TestASteadyStreamIsShown(t *testing.T) {
	dir := t.TempDir()
	s, builds := mirror(t, dir)
	start(t, s)
	before, begun := builds.Load(), time.Now()
	eventually(t, "a second rebuild while one writes on", func() bool {
		write(t, filepath.Join(dir, "page.md"), time.Now().String())
		return builds.Load()-before > 1
	})
	if n, most := builds.Load()-before, 2+int64(time.Since(begun)/settle); n > most {
		t.Errorf("%d rebuilds in %v of writing, not at most %d", n, time.Since(begun), most)
	}
}

func TestAChangeDuringARebuild(t *testing.T) {
	dir := t.TempDir()
	s, builds := mirror(t, dir)
	inner := s.Rebuild
	var once sync.Once
	s.Rebuild = func(ctx context.Context) (Preview, error) {
		p, err := inner(ctx)
		once.Do(func() { // the files are read, the build goes on
			write(t, filepath.Join(dir, "late.md"), "late")
			time.Sleep(4 * settle)
		})
		return p, err
	}
	start(t, s)
	eventually(t, "the late file shown", func() bool { return serves(s, files{"late.md": "late"}, map[string]bool{"late.md": true}) })
	if builds.Load() < 2 {
		t.Error("no second rebuild")
	}
}

func TestEditorLitterIsNoChange(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "page.md"), "")
	s, builds := mirror(t, dir)
	start(t, s)
	before := builds.Load()
	for _, name := range []string{".page.md.swp", "page.md~", "#page.md#", ".#page.md", "4913", "page.md.swp", "page.tmp", ".git/index"} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), "x")
	}
	if err := os.Chmod(filepath.Join(dir, "page.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	time.Sleep(4 * settle)
	if n := builds.Load() - before; n != 0 {
		t.Errorf("%d rebuilds for litter", n)
	}
}

func TestSavingByRenaming(t *testing.T) {
	dir := filepath.Join(t.TempDir(), ".drafts~") // a folder one asks for is not litter
	write(t, filepath.Join(dir, "page.md"), "")
	s, _ := mirror(t, dir)
	start(t, s)
	name := filepath.Join(dir, "page.md")
	for i := range 3 {
		write(t, name+".tmp", fmt.Sprint(i))
		if err := os.Rename(name+".tmp", name); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the saved text shown", func() bool {
			return serves(s, files{"page.md": fmt.Sprint(i)}, map[string]bool{"page.md": true})
		})
	}
}

func TestNewAndRenamedFolders(t *testing.T) {
	dir := t.TempDir()
	s, _ := mirror(t, dir)
	start(t, s)
	shows := func(name, text string) {
		t.Helper()
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
		eventually(t, name+" shown", func() bool { return serves(s, files{name: text}, map[string]bool{name: true}) })
	}
	shows("a/b/c/page.md", "1")
	shows("a/b/c/page.md", "2")
	if err := os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "z")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the old name gone", func() bool { return serves(s, files{}, map[string]bool{"a/b/c/page.md": true}) })
	shows("z/b/c/page.md", "3")
	shows("z/b/c/d/page.md", "4")
	shows("z/page.md", "5")
	shows("a/b/c/page.md", "6")
}

func TestMissingFolders(t *testing.T) {
	for _, how := range []string{"watching", "polling"} {
		t.Run(how, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "not", "yet")
			s, _ := mirror(t, dir)
			s.Poll = 20 * time.Millisecond
			if how == "polling" {
				s.open = cannotWatch(syscall.ENOSPC)
			}
			start(t, s)
			names := map[string]bool{"a/page.md": true}
			for i := range 3 {
				text := strings.Repeat("x", i+1)
				write(t, filepath.Join(dir, "a", "page.md"), text)
				eventually(t, "the folder shown", func() bool { return serves(s, files{"a/page.md": text}, names) })
				if err := os.RemoveAll(filepath.Dir(dir)); err != nil {
					t.Fatal(err)
				}
				eventually(t, "the folder gone", func() bool { return serves(s, files{}, names) })
			}
		})
	}
}

func TestRelativeAndLinkedFolders(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, "real/one/page.md", "0")
	if err := os.Symlink("real", "link"); err != nil {
		t.Skip("no symbolic links: ", err)
	}
	for _, folder := range []string{".", "real", "./link"} {
		s, _ := mirror(t, dir)
		s.Folders = []string{folder}
		start(t, s)
		for i, name := range []string{"real/one/page.md", "real/" + fmt.Sprint(len(folder)) + "/page.md"} {
			for j := range 2 {
				text := fmt.Sprint(folder, i, j)
				write(t, filepath.FromSlash(name), text)
				eventually(t, name+" shown by "+folder, func() bool { return serves(s, files{name: text}, map[string]bool{name: true}) })
			}
		}
	}
}

func TestFallsBackToPolling(t *testing.T) {
	full := func(err error) func() (*fsnotify.Watcher, error) {
		return func() (*fsnotify.Watcher, error) {
			w, open := fsnotify.NewWatcher()
			if open == nil {
				go func() { w.Errors <- err }()
			}
			return w, open
		}
	}
	for what, open := range map[string]func() (*fsnotify.Watcher, error){
		"no watches": cannotWatch(syscall.ENOSPC),
		"no files":   cannotWatch(os.NewSyscallError("inotify_init1", syscall.EMFILE)),
		"overflow":   full(fsnotify.ErrEventOverflow),
	} {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			s, builds := mirror(t, dir)
			s.open, s.Poll = open, 20*time.Millisecond
			var said atomic.Int64
			s.Log = func(format string, args ...any) {
				if strings.Contains(format, "instead") {
					said.Add(1)
				}
				t.Logf(format, args...)
			}
			start(t, s)
			names := map[string]bool{"a/page.md": true}
			for i := range 4 {
				text := strings.Repeat("x", i+1)
				write(t, filepath.Join(dir, "a", "page.md"), text)
				eventually(t, "the text shown", func() bool { return serves(s, files{"a/page.md": text}, names) })
			}
			n := builds.Load()
			write(t, filepath.Join(dir, ".page.md.swp"), "litter")
			time.Sleep(5 * s.Poll)
			if builds.Load() != n {
				t.Error("polling rebuilds without a change")
			}
			if said.Load() != 1 {
				t.Errorf("said %d times, want once", said.Load())
			}
		})
	}
}

func BenchmarkWatchAnew(b *testing.B) {
	dir := b.TempDir()
	for i := range 300 {
		if err := os.MkdirAll(filepath.Join(dir, fmt.Sprint(i%10), fmt.Sprint(i)), 0o777); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		events, err := fsnotify.NewWatcher()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := addFolders(events, []string{dir}); err != nil {
			b.Fatal(err)
		}
		events.Close()
	}
}
