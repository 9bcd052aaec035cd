// Package layouts holds the built-in HTML templates. A site's own layouts/
// lies over them, file by file.
package layouts

import "embed"

// FS holds the templates.
//
//go:embed *.html
var FS embed.FS
