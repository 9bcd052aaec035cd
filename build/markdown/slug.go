package markdown

import (
	"strings"
	"unicode"

	"fieldguide/build/letters"

	"golang.org/x/text/unicode/norm"
)

// Slug returns the words of text in a-z, 0-9 and hyphens, for the name of a
// file: "nino-y-nina" for "Niño y niña"; "" when it has no Latin letter or
// digit.
func Slug(text string) string { return slug(text, false) }

// Anchor returns the words of text in small letters of any script, digits and
// hyphens, for the name of a place: "где-искать-помощь". Latin letters lose
// their accents, and all lose the marks that may as well be left out, so that
// the name stays when somebody adds a vowel mark.
func Anchor(text string) string { return slug(text, true) }

func slug(text string, anyScript bool) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(text) {
		name := ""
		switch {
		case r == '\'', r == '’', r == 'ʼ', r == '\u00AD', r == '\u200C', r == '\u200D', r == 'ـ', isOptionalMark(r):
			continue
		case unicode.Is(unicode.Latin, r):
			name = letters.FoldRune(r)
		case '0' <= r && r <= '9':
			name = string(r)
		case anyScript && unicode.In(r, unicode.Letter, unicode.Mn, unicode.Mc, unicode.Nd):
			name = string(unicode.ToLower(r))
		}
		if name == "" || name == " " {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(name)
		gap = false
	}
	return b.String()
}

// isOptionalMark reports whether r is a mark that a text of its script can do
// without: what is left of accents in NFC, tashkeel, niqqud. The vowel signs of
// other scripts are letters.
func isOptionalMark(r rune) bool {
	return unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Inherited, unicode.Arabic, unicode.Hebrew) &&
		r != '\u3099' && r != '\u309A' // they tell か from が
}
