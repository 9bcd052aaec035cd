package build

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"fieldguide/build/content"
	"fieldguide/build/defaults"
)

// Folders returns where a site is read from: folders of the site folder dir,
// which need not exist.
func Folders(dir string) []string {
	return []string{filepath.Join(dir, "content"), filepath.Join(dir, "layouts"), filepath.Join(dir, "static")}
}

// Sources opens the site folder dir, laid over the built-in defaults. Nothing
// outside the folder can be read through it, whatever symbolic links it holds.
// Close it after use.
func Sources(dir string) (fs.FS, func() error, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the site's folder: %w", err)
	}
	return Over(root.FS()), root.Close, nil
}

// Over lays a site over the built-in defaults.
func Over(site fs.FS) fs.FS { return content.Over(site, defaults.FS) }
