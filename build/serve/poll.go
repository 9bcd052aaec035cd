package serve

import (
	"context"
	"io/fs"
	"maps"
	"time"
)

// A stamp is what polling knows of a file. What it cannot see: two changes of equal size in one tick of the disk's clock,
// with a look between them.
type stamp struct {
	mode fs.FileMode
	size int64
	time time.Time
}

// poll calls wake, and again after each look that finds another set of files, until ctx ends.
func (w *watcher) poll(ctx context.Context) {
	look := time.NewTicker(w.every)
	defer look.Stop()
	was := stamps(w.folders)
	w.wake()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		now := stamps(w.folders)
		if !maps.Equal(was, now) {
			was = now
			w.wake()
		}
	}
}

// stamps looks at all files and folders below the roots. A folder's own size and time say nothing that its files do not.
func stamps(roots []string) map[string]stamp {
	all := map[string]stamp{}
	for name, d := range walk(roots) {
		info, err := d.Info()
		switch {
		case err != nil: // gone since
		case d.IsDir():
			all[name] = stamp{mode: info.Mode()}
		default:
			all[name] = stamp{info.Mode(), info.Size(), info.ModTime()}
		}
	}
	return all
}
