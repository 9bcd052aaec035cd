package letters

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Unwanted says what is wrong with a character that no text should hold between
// two others, 0 for none: what it is called, and what to do instead. Both are ""
// for a character that is in order there.
func Unwanted(before, r, after rune) (name, hint string) {
	for _, u := range unwanted {
		if u.from <= r && r <= u.to {
			if u.fine != nil && u.fine(before, r, after) {
				return "", ""
			}
			if u.hint == "" {
				return u.name, fmt.Sprintf("write %q", norm.NFKC.String(string(r)))
			}
			return u.name, u.hint
		}
	}
	return "", ""
}

// Instead returns what an unwanted character can be written as without anybody looking: nothing where it only hides
// in a text, the ordinary letters where it is another form of these. ok is false where a person must say.
func Instead(r rune) (text string, ok bool) {
	for _, u := range unwanted {
		if u.from <= r && r <= u.to {
			if u.hint == "" {
				return norm.NFKC.String(string(r)), true
			}
			return "", u.hides
		}
	}
	return "", false
}

// MayBeUnwanted reports whether r is among the characters that Unwanted looks
// at. Nearly all texts hold none.
func MayBeUnwanted(r rune) bool {
	return r >= 0x7F && r <= 0xAD && (r <= 0x9F || r == 0xAD) || r == 0x34F || r == 0x61C ||
		r >= 0x200B && r <= 0x206F && (r <= 0x200F || r >= 0x2028) || r >= 0xE000 ||
		r == 0x115F || r == 0x1160 || r == 0x17B4 || r == 0x17B5 || r == 0x180E || r == 0x2800 || r == 0x3164
}

const direction = "remove it: the site isolates numbers and foreign words by itself"

// unwanted are the characters, the first line that fits one. Without a hint the
// same letters are written as ordinary ones.
var unwanted = []struct {
	from, to   rune
	name, hint string
	fine       func(before, r, after rune) bool
	hides      bool // nothing is lost without it, and nothing takes its place
}{
	{0x7F, 0x9F, "a control character", "remove it, or save the file again as UTF-8", nil, false},
	{0xAD, 0xAD, "a soft hyphen", "remove it: browsers divide long words where they must, and search would miss this one", nil, true},
	{0x34F, 0x34F, "an invisible sign", "remove it", nil, true},
	{0x61C, 0x61C, "a direction mark", direction, nil, true},
	{0x115F, 0x1160, "an invisible letter", "remove it", nil, true},
	{0x17B4, 0x17B5, "an invisible letter", "remove it", nil, true},
	{0x180E, 0x180E, "an invisible space", "remove it, or press the space bar", nil, false},
	{0x200B, 0x200B, "a zero-width space", "remove it: search would miss the word", nil, true},
	{0x200C, 0x200D, "a joiner", "remove it: only emoji and scripts that join letters want it", joins, true},
	{0x200E, 0x200F, "a direction mark", direction, nil, true},
	{0x2028, 0x2029, "a line separator", "press Enter instead, twice for a new paragraph", nil, false},
	{0x202A, 0x202E, "a direction control", direction, nil, true},
	{0x202F, 0x202F, "", "", fine, false},
	{0x2060, 0x2060, "a word joiner", "remove it: numbers and what they count stay on one line by themselves", nil, true},
	{0x2061, 0x2064, "an invisible sign", "remove it", nil, true},
	{0x2066, 0x2069, "a direction control", direction, nil, true},
	{0x206A, 0x206F, "a direction control", direction, nil, true},
	{0x2800, 0x2800, "an invisible braille sign", "remove it, or press the space bar", nil, false},
	{0x3164, 0x3164, "an invisible letter", "remove it", nil, true},
	{0xE000, 0xF8FF, "a private sign, which other fonts show as a box", "write - and a space for a bullet, or the sign itself", nil, false},
	{0xFB00, 0xFB06, "a joined letter", "", nil, false},
	{0xFB1D, 0xFB4F, "a presentation form", "", nil, false},
	{0xFB50, 0xFD3D, "a presentation form", "", nil, false},
	{0xFDD0, 0xFDEF, "no character", "remove it", nil, true},
	{0xFD50, 0xFDF1, "a presentation form", "", nil, false},
	{0xFE70, 0xFEFC, "a presentation form", "", nil, false},
	{0xFEFF, 0xFEFF, "a byte order mark within the text", "remove it", nil, true},
	{0xFFA0, 0xFFA0, "an invisible letter", "remove it", nil, true},
	{0xFFF9, 0xFFFB, "a sign of annotation", "remove it", nil, false},
	{0xFFFC, 0xFFFC, "the place of an object that was lost", "remove it, or put the picture there", nil, false},
	{0xFFFD, 0xFFFD, "the sign for a letter that was lost", "write the letter again", nil, false},
	{0xFFFE, 0xFFFF, "no character", "remove it", nil, true},
	{0x1D173, 0x1D17A, "an invisible sign of music", "remove it", nil, true},
	{0xE0000, 0xE007F, "a tag character, which nobody sees", "remove it", flags, true},
	{0xF0000, 0x10FFFD, "a private sign, which other fonts show as a box", "write the sign itself", nil, false},
}

func fine(rune, rune, rune) bool { return true }

// joins reports whether a joiner is right: in an emoji of several, and between
// letters of a script that joins them.
func joins(before, r, after rune) bool {
	if isPictograph(before) && isPictograph(after) && r == 0x200D {
		return true
	}
	return unicode.In(before, joining...) && unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.M}, before) &&
		(r == 0x200D || after == 0 || unicode.In(after, joining...) || !unicode.IsLetter(after))
}

// joining are the scripts whose letters take other shapes with a joiner.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Mandaic, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi,
	unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer,
	unicode.Myanmar, unicode.Tibetan, unicode.Balinese, unicode.Javanese, unicode.Inherited,
}

// isPictograph reports whether r may stand beside the joiner of an emoji: a
// picture, its shade of skin, or the mark that makes a sign a picture.
func isPictograph(r rune) bool {
	return r == 0xFE0F || r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2190 && r <= 0x2BFF ||
		r == 0x3030 || r == 0x303D || r == 0x20E3
}

// flags reports whether a tag stands in the flag of a part of a country.
func flags(before, _, _ rune) bool {
	return before == 0x1F3F4 || before >= 0xE0020 && before <= 0xE007E
}

// NextUnwanted returns where, from at on, the next character of text stands that may be one of those that Unwanted
// looks at; the length of text where none does, as in nearly all. The text is UTF-8.
func NextUnwanted(text []byte, at int) int {
	for ; at < len(text); at++ { // also over bytes that begin no character, which is quicker than to ask
		second := unwanting[text[at]]
		if second == 0 || at+1 < len(text) && !second.has(text[at+1]) {
			continue
		}
		if r, _ := utf8.DecodeRune(text[at:]); MayBeUnwanted(r) {
			return at
		}
	}
	return len(text)
}

// unwanting holds, by the first byte of a character, the second ones with which it may be unwanted.
var unwanting = func() (may [256]followers) {
	may[0x7F] = ^followers(0) // anything follows it
	for _, u := range unwanted {
		for r := max(u.from, utf8.RuneSelf); r <= u.to; r++ {
			text := string(r)
			may[text[0]].add(text[1])
			r = lastAlike(r)
		}
	}
	return may
}()

// IsNFC reports whether text, which is UTF-8, is in the normal form that search and ids compare.
func IsNFC(text []byte) bool {
	marked := -1 // where the last vowel mark ends
	for at := 0; at < len(text); at++ {
		second := unsureNFC[text[at]]
		if second == 0 || at+1 < len(text) && !second.has(text[at+1]) {
			continue
		}
		r, n := utf8.DecodeRune(text[at:])
		if isVowelMark(r) && at != marked {
			marked = at + n
		} else if !alwaysNFC(r) {
			return norm.NFC.IsNormal(text)
		}
	}
	return true
}

// followers is a set of the bytes that follow the first one of a character in UTF-8.
type followers uint64

func (s followers) has(c byte) bool { return s>>(c&0x3F)&1 != 0 }

func (s *followers) add(c byte) { *s |= 1 << (c & 0x3F) }

// unsureNFC holds, by the first byte of a character, the second ones with which it may be one that is not alwaysNFC.
var unsureNFC = func() (unsure [256]followers) {
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		if !alwaysNFC(r) {
			text := string(r)
			unsure[text[0]].add(text[1])
			r = lastAlike(r)
		}
	}
	return unsure
}()

// lastAlike returns the last character whose first two bytes in UTF-8 are those of r, which is none of ASCII.
func lastAlike(r rune) rune {
	switch {
	case r < 0x800:
		return r
	case r < 0x10000:
		return r | 0x3F
	}
	return r | 0xFFF
}

// alwaysNFC reports whether r neither combines nor decomposes: the letters
// that most texts are made of, so that few need the slower test.
func alwaysNFC(r rune) bool {
	return r < 0x300 || 0x400 <= r && r <= 0x482 || r == 0x60C || r == 0x61B || r == 0x61F ||
		0x620 <= r && r <= 0x64A || 0x2010 <= r && r <= 0x2027 ||
		r == 0x202F || r == 0x2116 || 0x3001 <= r && r <= 0x3011 || 0x4E00 <= r && r <= 0x9FFF || 0xFF00 <= r && r <= 0xFF5E
}

// isVowelMark reports whether r is an Arabic vowel mark. Alone on its letter it
// is in order whatever the letter; two of them have an order.
func isVowelMark(r rune) bool { return 0x64B <= r && r <= 0x652 }
