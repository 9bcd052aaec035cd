package cache

import (
	"io/fs"
	"syscall"
)

// inode tells a file from another one of its name: by its place on the disk and
// by the time when its place or its bytes changed last, which nobody can set. It
// is false where the system does not say.
func inode(info fs.FileInfo) (number, changed int64, told bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, false
	}
	return int64(st.Ino), st.Ctim.Nano(), true
}
