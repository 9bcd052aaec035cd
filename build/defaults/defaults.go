// Package defaults holds what any guide can use, as a site folder without pages that every site lies over.
//
//	content/site.yaml        kinds of page, blocks, limits
//	content/<lang>/ui.yaml   interface words of six languages
//	layouts/                 HTML templates
//	static/style/            rules for each kind of page; palette.css has the colours
//	static/drawings/         sign.svg, which stands for the site, and the signs of the language menu and of search
//	static/                  the search script; icon.png for Kiwix
//
// Settings and words are merged key by key, the parts of layouts by their
// names and the palette value by value; all else is taken file by file. The
// site's own always come first, so a site says only what is its own.
package defaults

import "embed"

// FS is the folder.
//
//go:embed content layouts static
var FS embed.FS
