package letters

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Typed gives text in lower case, with the apostrophe and the space that
// keyboards have and without what Fold leaves no trace of: in NFC, that is
// vowel marks and tatweel, but not accents.
func Typed(text string) string { return strings.Map(typed, norm.NFC.String(text)) }

// typed is Typed for a character of a text in NFC, -1 for none.
func typed(r rune) rune {
	switch {
	case r == '’', r == 'ʼ':
		return '\''
	case unicode.IsSpace(r):
		return ' '
	case FoldRune(r) == "":
		return -1
	}
	return unicode.ToLower(r)
}
