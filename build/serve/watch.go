package serve

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	settle   = 50 * time.Millisecond  // a burst of events is one change: wait for this much rest
	patience = 500 * time.Millisecond // but no longer than this, if events never rest
)

// A watcher calls wake once at the start and again after each change below the folders. At every call it is already
// watching: what happens later will make another call. So a build that begins after the last wake is up to date.
type watcher struct {
	folders []string
	every   time.Duration
	open    func() (*fsnotify.Watcher, error)
	wake    func()
	log     func(format string, args ...any)
}

// watcher makes the server's watcher. If the builder has not yet seen the last wake, one more would say nothing new.
func (s *Server) watcher(wake chan<- struct{}) *watcher {
	w := &watcher{folders: s.Folders, every: s.Poll, open: s.open, log: s.log}
	w.wake = func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
	if w.every <= 0 {
		w.every = time.Second
	}
	if w.open == nil {
		w.open = fsnotify.NewWatcher
	}
	return w
}

// run watches until ctx ends. Where the system cannot tell about changes, or not about all, run looks for them itself.
//
// When a folder comes, goes or moves, all watches are made anew. That is cheap (a few microseconds a folder), and
// keeping them in step is not: after a rename fsnotify reports old names for the folders below, and may drop the watch
// of the renamed one just after it was added again.
func (w *watcher) run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := w.watch(ctx); err != nil {
			w.log("the system cannot tell about all changes (%v); looking at the sources every %v instead", err, w.every)
			w.poll(ctx)
		}
	}
}

// watch calls wake, and again after each settled change, until ctx ends or the set of folders is another.
func (w *watcher) watch(ctx context.Context) error {
	events, err := w.open()
	if err != nil {
		return err
	}
	defer events.Close()
	roots := statAll(w.folders)
	folders, err := addFolders(events, w.folders)
	if err != nil {
		return err
	}
	w.wake()

	look := time.NewTicker(w.every)
	defer look.Stop()
	var quiet, late <-chan time.Time
	moved := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-events.Errors:
			return err
		case e := <-events.Events:
			if !matters(e, folders) {
				continue
			}
			moved = moved || folders[e.Name] || isFolder(e.Name)
			quiet = time.After(settle)
			if late == nil {
				late = time.After(patience)
			}
			continue
		case <-look.C:
			if !slices.EqualFunc(roots, statAll(w.folders), sameFolder) {
				return nil
			}
			continue
		case <-quiet:
		case <-late:
		}
		if moved {
			return nil
		}
		quiet, late = nil, nil
		w.wake()
	}
}

// matters reports whether an event can mean another site. New permissions alone do not: Spotlight and virus scanners
// set attributes all day.
func matters(e fsnotify.Event, folders map[string]bool) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	return folders[e.Name] || !isLitter(filepath.Base(e.Name))
}

// addFolders watches the roots and all folders below them and gives their names. Each is watched before it is read, so
// that no folder can come unseen. One that is gone by now, or closed to us, is for the build to speak of.
func addFolders(events *fsnotify.Watcher, roots []string) (map[string]bool, error) {
	folders := map[string]bool{}
	for name, d := range walk(roots) {
		if !d.IsDir() {
			continue
		}
		err := events.Add(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return nil, err
		}
		folders[name] = true
	}
	return folders, nil
}

// walk gives all files and folders below the roots, a folder before what is in it. It follows no symbolic links but those
// in the roots' own names, and leaves out litter and what cannot be read.
func walk(roots []string) func(yield func(name string, d fs.DirEntry) bool) {
	return func(yield func(string, fs.DirEntry) bool) {
		for _, root := range roots {
			real, err := filepath.EvalSymlinks(root)
			if err != nil {
				continue
			}
			err = filepath.WalkDir(real, func(name string, d fs.DirEntry, err error) error {
				switch {
				case err != nil:
					return nil
				case name != real && isLitter(d.Name()) && d.IsDir():
					return fs.SkipDir
				case name != real && isLitter(d.Name()):
					return nil
				case !yield(name, d):
					return fs.SkipAll
				}
				return nil
			})
			if err != nil {
				return
			}
		}
	}
}

// isLitter reports whether a name is one that editors leave for a moment, or hide.
func isLitter(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".tmp") || name == "4913" // Vim tries whether it may write
}

func isFolder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}

// statAll looks at each folder; one that is missing gives nil. Watching it does not tell that it came.
func statAll(folders []string) []fs.FileInfo {
	infos := make([]fs.FileInfo, len(folders))
	for i, name := range folders {
		infos[i], _ = os.Stat(name)
	}
	return infos
}

func sameFolder(a, b fs.FileInfo) bool {
	return a == nil && b == nil || a != nil && b != nil && os.SameFile(a, b)
}
