//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly || windows)

package output

import "os"

// openLock cannot keep two builds apart on this system.
func openLock(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
}

func closeLock(f *os.File) {
	os.Remove(f.Name())
	f.Close()
}
