//go:build linux

package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// wantRefused builds over a good site, expects the error, and checks that the
// good site is whole and alone.
func wantRefused(t *testing.T, parent string, s site, want error, readOnly func()) {
	t.Helper()
	dir := filepath.Join(parent, "public")
	good := site{"index.html": "good", "a/b": "good"}
	publish(t, dir, good)
	create(t, dir, site{"mine": "mine"})
	if readOnly != nil {
		readOnly()
	}
	err := build(dir, s)
	if !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
	expect := good.withSums(t)
	expect["mine"] = "mine"
	wantOnDisk(t, dir, expect)
	wantOnly(t, parent, "public")
}

func build(dir string, s site) error {
	tree, err := Stage(dir)
	if err != nil {
		return err
	}
	defer tree.Discard()
	failed := false
	for name, data := range s {
		failed = tree.Put(name, []byte(data)) != nil || failed
	}
	err = tree.Publish()
	if failed && err == nil {
		return errors.New("an incomplete tree was published")
	}
	return err
}

var large = site{"index.html": strings.Repeat("x", 600<<10), "a/b": strings.Repeat("y", 600<<10), "a/c": "small"}

func tmpfs(t *testing.T, options string) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("mounting a small tmpfs needs root")
	}
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("a small tmpfs cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

func TestFullDisk(t *testing.T) {
	wantRefused(t, tmpfs(t, "size=1m"), large, unix.ENOSPC, nil)
}

func TestNoMoreInodes(t *testing.T) {
	many := site{}
	for i := range 100 {
		many["many/"+strings.Repeat("x", i+1)] = ""
	}
	wantRefused(t, tmpfs(t, "size=1m,nr_inodes=50"), many, unix.ENOSPC, nil)
}

// At every size of disk a build works or leaves the old site; the smallest
// cannot even hold the lock.
func TestAlmostFullDisk(t *testing.T) {
	parent := tmpfs(t, "size=1m,nr_inodes=200")
	dir := filepath.Join(parent, "public")
	good, next := site{"index.html": "good", "a/b": "good"}, site{"index.html": "next", "a/b": "good", "c/d": "next"}
	publish(t, dir, good)
	create(t, dir, site{"mine/x": "mine"})
	must(t, os.Mkdir(filepath.Join(parent, "ballast"), 0o777))
	worked := 0
	for free := range 20 {
		ballast := filepath.Join(parent, "ballast", "x")
		fill := []string{}
		for i := 0; ; i++ {
			name := ballast + strings.Repeat("y", i)
			if os.Mkdir(name, 0o777) != nil {
				break
			}
			fill = append(fill, name)
		}
		for _, name := range fill[max(0, len(fill)-free):] {
			must(t, os.Remove(name))
		}
		want := good
		if err := build(dir, next); err == nil {
			want = next
			worked++
		} else if !errors.Is(err, unix.ENOSPC) {
			t.Errorf("%d free: %v", free, err)
		}
		want = want.withSums(t)
		want["mine/x"] = "mine"
		wantOnDisk(t, dir, want)
		wantOnly(t, parent, "ballast", "public")
		must(t, os.RemoveAll(filepath.Join(parent, "ballast")))
		must(t, os.Mkdir(filepath.Join(parent, "ballast"), 0o777))
		publish(t, dir, good)
	}
	if worked == 0 || worked == 20 {
		t.Errorf("%d of 20 builds worked; the edge was not tested", worked)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	parent := tmpfs(t, "size=1m")
	wantRefused(t, parent, large, unix.EROFS, func() {
		must(t, unix.Mount("", parent, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""))
	})
}

func TestMountPoint(t *testing.T) {
	dir := tmpfs(t, "size=1m")
	if err := build(dir, site{"a": "1"}); err == nil || !strings.Contains(err.Error(), "mount point") {
		t.Errorf("a mount point as target: %v", err)
	}
	wantOnDisk(t, dir, site{})
}

// The limit is for a whole process, so a child takes it upon itself.
func TestFileTooLarge(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	good := site{"index.html": "good"}
	publish(t, dir, good)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir, childMode+"=small files")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	wantOnDisk(t, dir, good.withSums(t))
	wantOnly(t, parent, "public")
}

func buildSmallFiles(dir, _ string) error {
	signal.Ignore(unix.SIGXFSZ)
	if err := syscall.Setrlimit(unix.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}); err != nil {
		return err
	}
	if err := build(dir, large); !errors.Is(err, unix.EFBIG) {
		return fmt.Errorf("%v, want %w", err, unix.EFBIG)
	}
	return nil
}

func TestNoPermission(t *testing.T) {
	parent := t.TempDir()
	wantRefused(t, parent, large, fs.ErrPermission, func() {
		if os.Getuid() == 0 {
			asNobody(t, parent)
		} else {
			must(t, os.Chmod(parent, 0o555))
			t.Cleanup(func() { os.Chmod(parent, 0o777) })
		}
	})
}

// asNobody lets this test's thread touch files as user nobody does.
func asNobody(t *testing.T, parent string) {
	runtime.LockOSThread() // and never unlock: the thread ends with the test
	must(t, os.Chmod(filepath.Dir(parent), 0o755))
	must(t, unix.Setfsuid(65534))
	t.Cleanup(func() { unix.Setfsuid(0) })
	if os.WriteFile(filepath.Join(parent, "probe"), nil, 0o666) == nil {
		t.Skip("this system lets everybody write")
	}
}

// Somebody else's files may be neither linked nor owned; they are carried all the same.
func TestForeignOwner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("giving files to another user needs root")
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	create(t, dir, site{"theirs": "theirs", "sub/theirs": "theirs"})
	for _, name := range []string{"theirs", "sub/theirs", "sub"} {
		must(t, os.Chown(filepath.Join(dir, name), 65534, 65534))
	}
	publish(t, dir, site{"a": "1"})
	for _, name := range []string{"theirs", "sub/theirs", "sub"} {
		if st := lstat(t, filepath.Join(dir, name)).Sys().(*syscall.Stat_t); st.Uid != 65534 || st.Gid != 65534 {
			t.Errorf("%s belongs to %d:%d now", name, st.Uid, st.Gid)
		}
	}
}

func TestModesFollowUmask(t *testing.T) {
	for _, mask := range []int{0o022, 0o077, 0o002} {
		was := unix.Umask(mask)
		dir := filepath.Join(t.TempDir(), "public")
		err := build(dir, site{"a/b": "1"})
		unix.Umask(was)
		must(t, err)
		for name, want := range map[string]fs.FileMode{"": 0o777, "a": 0o777, "a/b": 0o666, recordName: 0o666} {
			if got := lstat(t, filepath.Join(dir, name)).Mode().Perm(); got != want&^fs.FileMode(mask) {
				t.Errorf("umask %o: %q has mode %o", mask, name, got)
			}
		}
	}
}

// The kernel does not let us link what others own, as if the file system had
// no links at all: copies must do, with the same times.
func TestWithoutHardLinks(t *testing.T) {
	if on, _ := os.ReadFile("/proc/sys/fs/protected_hardlinks"); os.Getuid() != 0 || string(on) != "1\n" {
		t.Skip("needs root and fs.protected_hardlinks")
	}
	top := t.TempDir()
	parent := filepath.Join(top, "here")
	dir := filepath.Join(parent, "public")
	s := site{"a/same": "same", "changed": "1"}
	publish(t, dir, s)
	create(t, dir, site{"b/mine": "mine", "link": "-> b/mine"})
	for _, name := range []string{"", "a", "b"} {
		must(t, os.Chown(filepath.Join(dir, name), 65534, -1))
	}
	must(t, os.Chown(parent, 65534, -1))
	kept := []string{"b/mine", "link", "b"}
	for _, name := range kept {
		must(t, setTime(filepath.Join(dir, name), old))
	}
	was := lstat(t, filepath.Join(dir, "a/same"))
	asNobody(t, top)
	for range 2 {
		publish(t, dir, s) // nothing changed, though nothing can be linked
	}
	if !os.SameFile(was, lstat(t, filepath.Join(dir, "a/same"))) {
		t.Error("the target was exchanged although nothing changed")
	}
	s["changed"] = "2"
	publish(t, dir, s)
	want := s.withSums(t)
	want["b/mine"], want["link"] = "mine", "-> b/mine"
	wantOnDisk(t, dir, want)
	for _, name := range kept {
		if at := lstat(t, filepath.Join(dir, name)).ModTime(); !at.Equal(old) {
			t.Errorf("%s has time %v", name, at)
		}
	}
	now := lstat(t, filepath.Join(dir, "a/same"))
	if os.SameFile(was, now) {
		t.Error("the file was linked; this test tested nothing")
	}
	if !now.ModTime().Equal(was.ModTime()) {
		t.Errorf("the file has time %v", now.ModTime())
	}
	wantOnly(t, parent, "public")
}
