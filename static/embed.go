// Package static holds the built-in style and drawings. A site's own static/
// lies over them, file by file.
package static

import "embed"

// FS holds style/, drawings/, search.js and icon.png, which Kiwix shows.
//
//go:embed style drawings search.js icon.png
var FS embed.FS
