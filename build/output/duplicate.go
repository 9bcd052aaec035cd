package output

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// duplicate gives a file, symlink or pipe a second name: the same inode where
// the file system allows it, else a copy with mode, owner and time.
func duplicate(from, to string) error {
	failed := link(from, to)
	if failed == nil {
		return nil
	}
	info, err := os.Lstat(from)
	if err != nil {
		return err
	}
	switch {
	case info.Mode().IsRegular():
		err = copyFile(from, to)
	case info.Mode()&fs.ModeSymlink != 0:
		err = copyLink(from, to)
	default:
		return failed
	}
	if err != nil {
		return err
	}
	if info.Mode().IsRegular() {
		if err := dress(to, info, 0); err != nil {
			return err
		}
	}
	return setTime(to, info.ModTime())
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

func copyLink(from, to string) error {
	dest, err := os.Readlink(from)
	if err != nil {
		return err
	}
	return os.Symlink(dest, to)
}

// dress gives a file or folder the mode of another, with some bits more, and
// its owner if we may.
func dress(name string, like fs.FileInfo, more fs.FileMode) error {
	chown(name, like)
	const bits = fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky
	return os.Chmod(name, like.Mode()&bits|more)
}

// equal reports whether two files are one, or alike.
func equal(one string, a fs.FileInfo, other string, b fs.FileInfo) bool {
	switch {
	case os.SameFile(a, b):
		return true
	case a.Mode().Type() != b.Mode().Type():
		return false
	case a.Mode()&fs.ModeSymlink != 0:
		x, errX := os.Readlink(one)
		y, errY := os.Readlink(other)
		return errX == nil && errY == nil && x == y
	case !a.Mode().IsRegular() || a.Size() != b.Size():
		return false
	}
	f, err := os.Open(one)
	if err != nil {
		return false
	}
	defer f.Close()
	g, err := os.Open(other)
	if err != nil {
		return false
	}
	defer g.Close()
	return sameBytes(f, g)
}

// remove deletes a folder with everything in it, even when folders inside were
// carried over read-only. One that does not exist is no error.
func remove(dir string) error {
	if os.RemoveAll(dir) == nil {
		return nil
	}
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			os.Chmod(name, 0o700)
		}
		return nil
	})
	return os.RemoveAll(dir)
}
