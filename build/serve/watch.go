package serve

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	glance   = 10 * time.Millisecond  // the first change is shown at once: an editor that replaces a file is done by then
	settle   = 50 * time.Millisecond  // what follows it is one change: wait for this much rest
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
// When a folder comes, goes or moves, all watches are made anew. That is cheap (11 ms for 300 folders), and
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

// watch calls wake, and again after each settled change, until ctx ends or the set of folders is another. New permissions
// alone are no change: Spotlight and virus scanners set attributes all day.
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
	var quiet, late <-chan time.Time // late is nil while no change waits
	rest, moved := glance, false
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-events.Errors:
			return err
		case e := <-events.Events:
			name := filepath.Clean(e.Name) // "./a" when "." is watched
			if e.Op == fsnotify.Chmod || isLitter(filepath.Base(name)) && !folders[name] {
				continue
			}
			if e.Op&(fsnotify.Create|fsnotify.Remove|fsnotify.Rename) != 0 { // some systems report writes to folders, too
				moved = moved || folders[name] || isFolder(name)
			}
			if quiet = time.After(rest); moved {
				quiet = time.After(settle)
			}
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
			if late == nil { // it was quiet for long enough
				quiet, rest = nil, glance
				continue
			}
		case <-late:
		}
		if moved {
			return nil
		}
		rest = settle
		quiet, late = time.After(rest), nil
		w.wake()
	}
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
		if err != nil && isFolder(name) && !errors.Is(err, fs.ErrPermission) {
			return nil, err
		}
		folders[name] = true
	}
	return folders, nil
}
