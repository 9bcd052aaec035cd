// Package static holds the built-in style and drawings. A site's own static/
// lies over them, file by file.
package static

import "embed"

// FS holds style/ and drawings/.
//
//go:embed style drawings
var FS embed.FS
