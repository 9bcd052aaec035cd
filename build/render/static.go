package render

import "path"

// Static returns a file of static/ as it is published: as it is, but
// scripts without their comments and with short names. A script that is none
// by the words of ECMAScript stays as it is.
func Static(file string, data []byte) []byte {
	if IsScript(file) {
		if small, err := minifier.Bytes("text/javascript", data); err == nil {
			return small
		}
	}
	return data
}

// IsScript reports whether a file is one that Static works on.
func IsScript(file string) bool { return path.Ext(file) == ".js" }
