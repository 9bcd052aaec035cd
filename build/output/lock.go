package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrBusy means that another build is writing to the same folder.
var ErrBusy = errors.New("another build into the same folder is running; wait for it to end")

// acquire makes the folder work and locks it. The system lets the lock go when
// the process ends, however it ends.
func acquire(work string) (*os.File, error) {
	name := filepath.Join(work, "lock")
	// The build before us removes folder and lock when it is done; any step here
	// may come just before or just after that.
	for range 100 {
		if err := os.Mkdir(work, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		f, err := openLock(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			os.Remove(work) // if it is empty, so ours
			return nil, err
		}
		if stillThere(f, name) {
			return f, nil
		}
		f.Close()
	}
	return nil, fmt.Errorf("%s cannot be locked", name)
}

func stillThere(f *os.File, name string) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(name)
	return err == nil && os.SameFile(held, there)
}

// unlock lets the lock go and removes the folder unless something is in it.
func unlock(f *os.File, work string) {
	closeLock(f)
	os.Remove(work)
}
