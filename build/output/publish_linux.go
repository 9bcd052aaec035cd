package output

import (
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step.
func exchange(one, other string) error {
	return unix.Renameat2(unix.AT_FDCWD, one, unix.AT_FDCWD, other, unix.RENAME_EXCHANGE)
}

// flush waits until everything written to the file system of f is on the disk,
// and reports what could not be written since f was opened. One call is far
// cheaper than one per file.
func flush(f *os.File) error { return unix.Syncfs(int(f.Fd())) }
