package cache

import (
	"fmt"
	"io/fs"
	"syscall"
)

// inode tells a file from another one of its name: by its place on the disk and
// by the time when its place or its bytes changed last, which nobody can set.
// "" where the system does not say.
func inode(info fs.FileInfo) string {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d %d %d", st.Ino, st.Ctim.Sec, st.Ctim.Nsec)
}
