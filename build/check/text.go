package check

import (
	"unicode/utf8"

	"fieldguide/build/site"

	"golang.org/x/text/unicode/norm"
)

var text = &Check{Name: "text", Doc: "Files are UTF-8 in normal form NFC, without invisible characters that change what readers see or search finds.", Page: func(p *Pass) {
	for at, r := range string(p.Doc.Src) {
		if r < 0x300 && r != 0xAD {
			continue
		}
		if name := invisible(r); name != "" && !(at == 0 && r == '\uFEFF') && !(p.Language.Joiners && (r == '\u200C' || r == '\u200D')) {
			p.Report(site.Error, at-p.Doc.Body, "remove it: the site isolates numbers and foreign words by itself", "an invisible character: %s (U+%04X)", name, r)
		}
	}
	if at := norm.NFC.QuickSpan(p.Doc.Src); at < len(p.Doc.Src) && !norm.NFC.IsNormal(p.Doc.Src) {
		r, _ := utf8.DecodeRune(p.Doc.Src[at:])
		p.Report(site.Error, at-p.Doc.Body, "save the file in normal form NFC", "characters near %q are not in normal form NFC, so search may miss them", r)
	}
}}

// invisible returns the name of a character that nobody sees, or "".
func invisible(r rune) string {
	switch {
	case '\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069', r == '\u200E', r == '\u200F', r == '\u061C':
		return "bidi control"
	case r == '\u200B', r == '\u2060', r == '\uFEFF':
		return "zero-width space"
	case r == '\u200C', r == '\u200D':
		return "joiner"
	case r == '\u00AD':
		return "soft hyphen"
	}
	return ""
}
