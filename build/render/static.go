package render

import (
	"fmt"
	"io/fs"
	"path"
)

// Static returns the file name of static/ as it is published: as it is, but
// scripts without their comments and with short names. A script that is none
// by the words of ECMAScript stays as it is.
func Static(fsys fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(fsys, "static/"+name)
	if err != nil {
		return nil, fmt.Errorf("reading static/%s: %w", name, err)
	}
	if path.Ext(name) == ".js" {
		if small, err := minifier.Bytes("text/javascript", data); err == nil {
			return small, nil
		}
	}
	return data, nil
}
