package check

import (
	"unicode/utf8"

	"fieldguide/build/site"

	"golang.org/x/text/unicode/norm"
)

var text = &Check{Name: "text", Doc: "Files are UTF-8 in normal form NFC, without invisible characters that change what readers see or search finds.", Page: func(p *Pass) {
	plain := true // holds only characters that no normal form changes
	last := rune(0)
	for at := 0; at < len(p.Doc.Src); {
		if p.Doc.Src[at] < utf8.RuneSelf {
			last = 0
			at++
			continue
		}
		r, n := utf8.DecodeRune(p.Doc.Src[at:])
		plain = plain && (alwaysNFC(r) || isVowelMark(r) && !isVowelMark(last))
		last = r
		if name := invisible(r); name != "" && !(at == 0 && r == '\uFEFF') && !(p.Language.Joiners && name == joiner) {
			p.Report(site.Error, at-p.Doc.Body, "remove it: the site isolates numbers and foreign words by itself", "an invisible character: %s (U+%04X)", name, r)
		}
		at += n
	}
	if plain || norm.NFC.IsNormal(p.Doc.Src) {
		return
	}
	at := norm.NFC.QuickSpan(p.Doc.Src)
	r, _ := utf8.DecodeRune(p.Doc.Src[at:])
	p.Report(site.Error, at-p.Doc.Body, "save the file in normal form NFC", "characters near %q are not in normal form NFC, so search may miss them", r)
}}

// alwaysNFC reports whether r neither combines nor decomposes: the letters
// that most texts are made of, so that few need the slower test.
func alwaysNFC(r rune) bool {
	return r < 0x300 || 0x400 <= r && r <= 0x482 || 0x620 <= r && r <= 0x64A || 0x2010 <= r && r <= 0x2027 ||
		0x3001 <= r && r <= 0x3011 || 0x4E00 <= r && r <= 0x9FFF || 0xFF00 <= r && r <= 0xFF5E
}

// isVowelMark reports whether r is an Arabic vowel mark. Alone on its letter it
// is in order whatever the letter; two of them have an order.
func isVowelMark(r rune) bool { return 0x64B <= r && r <= 0x652 }

const joiner = "joiner"

// invisible returns the name of a character that nobody sees, or "".
func invisible(r rune) string {
	switch {
	case '\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069', r == '\u200E', r == '\u200F', r == '\u061C':
		return "bidi control"
	case r == '\u200B', r == '\u2060', r == '\uFEFF':
		return "zero-width space"
	case r == '\u200C', r == '\u200D':
		return joiner
	case r == '\u00AD':
		return "soft hyphen"
	}
	return ""
}
