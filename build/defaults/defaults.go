// Package defaults holds what any guide can use: a site folder without pages,
// which every site lies over. A site says only what is its own.
//
//	content/site.yaml        kinds of page, blocks, limits
//	content/<lang>/ui.yaml   interface words of six languages
//	layouts/                 HTML templates
//	static/style/            rules for each kind of page; palette.css has the colours
//	static/drawings/         sign.svg, which stands for the site, and the sign of the language menu
//	static/                  the search script; icon.png for Kiwix
//
// Settings and words are merged key by key, the parts of layouts by their
// names and the palette value by value; all else is taken file by file. The
// site's own always come first.
package defaults

import "embed"

// FS is the folder.
//
//go:embed content layouts static
var FS embed.FS
