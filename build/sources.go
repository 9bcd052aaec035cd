package build

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fieldguide/build/content"
	"fieldguide/layouts"
	"fieldguide/static"
)

// Folders returns where a site is read from: folders of the site folder dir,
// which need not exist.
func Folders(dir string) []string {
	return []string{filepath.Join(dir, "content"), filepath.Join(dir, "layouts"), filepath.Join(dir, "static")}
}

// Sources opens the site folder dir, laid over the built-in layouts, style
// and drawings. Nothing outside the folder can be read through it, whatever
// symbolic links it holds. Close it after use.
func Sources(dir string) (fs.FS, func() error, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the site's folder: %w", err)
	}
	return Over(root.FS()), root.Close, nil
}

// Over lays a site over the built-in layouts, style and drawings.
func Over(site fs.FS) fs.FS {
	return content.Over(site, mounts{"layouts": layouts.FS, "static": static.FS})
}

// mounts shows each file system as a folder.
type mounts map[string]fs.FS

// Open implements fs.FS.
func (m mounts) Open(name string) (fs.File, error) {
	top, rest, below := strings.Cut(name, "/")
	if !below {
		rest = "."
	}
	if fsys, ok := m[top]; ok {
		return fsys.Open(rest)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
