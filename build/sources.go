package build

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"fieldguide/build/content"
	"fieldguide/build/defaults"
)

// Folders returns where a site is read from: folders of the site folder dir,
// which need not exist.
func Folders(dir string) []string {
	return []string{filepath.Join(dir, "content"), filepath.Join(dir, "layouts"), filepath.Join(dir, "static")}
}

// Sources opens the site folder dir, laid over the built-in defaults. Nothing
// outside the folder can be read through it, whatever symbolic links it holds,
// and nothing that is no plain file (see content.Plain). Close it after use.
func Sources(dir string) (fs.FS, func() error, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the site's folder: %w", err)
	}
	return Over(folder{root.FS(), root}), root.Close, nil
}

// Over lays a site over the built-in defaults.
func Over(site fs.FS) fs.FS { return content.Over(content.Plain(site), defaults.FS) }

// folder is a folder on disk in which opening never waits, as it would for somebody to write into a named pipe.
type folder struct {
	fs.FS
	root *os.Root
}

// Open implements fs.FS.
func (f folder) Open(name string) (fs.File, error) {
	local, err := filepath.Localize(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := f.root.OpenFile(local, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// Stat implements fs.StatFS.
func (f folder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.FS, name) }

// Lstat and ReadLink implement fs.ReadLinkFS.
func (f folder) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.FS, name) }
func (f folder) ReadLink(name string) (string, error)   { return fs.ReadLink(f.FS, name) }
