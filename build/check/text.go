package check

import (
	"bytes"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/site"

	"golang.org/x/text/unicode/norm"
)

var text = &Check{Name: "text", Own: true, Doc: "Files are UTF-8 in normal form NFC, without invisible characters " +
	"that change what readers see or search finds.", Page: func(p *Pass) {
	src, last := p.Doc.Src, rune(0)
	checked := 0 // the place up to which the normal form is known
	for at := 0; at < len(src); {
		if src[at] < utf8.RuneSelf {
			last = 0
			at++
			continue
		}
		r, n := utf8.DecodeRune(src[at:])
		if letters.ClassOf(r)&letters.Loose != 0 && at >= checked && (!isVowelMark(r) || isVowelMark(last)) {
			checked = p.lineIsNFC(at)
		}
		last = r
		if r >= '\u200B' && r <= '\u2069' || r == '\uFEFF' || r == '\u00AD' || r == '\u061C' {
			name, isBOM := invisible(r), at == 0 && r == '\uFEFF'
			if name != "" && !isBOM && !(p.Language.Joiners && name == joiner) {
				p.Report(site.Error, at-p.Doc.Body,
					"remove it: the site isolates numbers and foreign words by itself",
					"an invisible character: %s (U+%04X)", name, r)
			}
		}
		at += n
	}
}}

// lineIsNFC checks the normal form of the line around a place and returns
// where the line ends: nothing composes across it.
func (p *Pass) lineIsNFC(at int) (end int) {
	src := p.Doc.Src
	start := bytes.LastIndexByte(src[:at], '\n') + 1
	if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
		end = at + i
	} else {
		end = len(src)
	}
	line := src[start:end]
	if norm.NFC.IsNormal(line) {
		return end
	}
	at = start + norm.NFC.QuickSpan(line)
	r, _ := utf8.DecodeRune(src[at:])
	p.Report(site.Error, at-p.Doc.Body, "save the file in normal form NFC",
		"characters near %q are not in normal form NFC, so search may miss them", r)
	return len(src) // one finding a page: the whole file wants saving
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
