package render

import (
	"fmt"
	"io/fs"
	"path"
)

// Static returns a file as it is published: as it is, but
// scripts without their comments and with short names. A script that is none
// by the words of ECMAScript stays as it is.
func Static(fsys fs.FS, file string) ([]byte, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	if path.Ext(file) == ".js" {
		if small, err := minifier.Bytes("text/javascript", data); err == nil {
			return small, nil
		}
	}
	return data, nil
}
