// Package static holds the built-in style and drawings. A site's own static/
// lies over them, file by file.
package static

import "embed"

// FS holds style/, drawings/ and search.js.
//
//go:embed style drawings search.js
var FS embed.FS
