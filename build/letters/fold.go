package letters

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives text the form in which it is compared: without case, accents,
// tashkeel and tatweel, with one form of alef, with ASCII digits, and with a
// space for everything that is no part of a word. It works character by
// character, so that the browser can do the same from a table.
func Fold(text string) string { return string(AppendFolded(nil, text)) }

// AppendFolded appends the folded text to buf.
func AppendFolded(buf []byte, text string) []byte {
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			buf = append(buf, foldedASCII[c])
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if isHan(r) {
			buf = append(buf, text[i:i+n]...)
		} else {
			buf = append(buf, FoldRune(r)...)
		}
		i += n
	}
	return buf
}

// foldedASCII holds what FoldRune makes of the characters of ASCII, of each one.
var foldedASCII = func() (list [utf8.RuneSelf]byte) {
	for c := range list {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			list[c] = byte(c)
		case 'A' <= c && c <= 'Z':
			list[c] = byte(c) + 'a' - 'A'
		default:
			list[c] = ' '
		}
	}
	return list
}()

// FoldRune folds one character: "" when it leaves no trace, " " when it is no
// part of a word.
func FoldRune(r rune) string {
	if uint32(r) < 0x10000 {
		if block := folded[r>>8].Load(); block != nil {
			return block[r&0xFF]
		}
	}
	return foldFirst(r)
}

// isHan reports whether r is one of the ideographs that stay as they are.
func isHan(r rune) bool { return '\u3400' <= r && r <= '\u9FFF' }

// folded holds the folding of each 256 characters, worked out when they are
// first met.
var folded [256]atomic.Pointer[[256]string]

func foldFirst(r rune) string {
	switch {
	case isHan(r):
		return string(r)
	case uint32(r) >= 0x10000:
		return foldRune(r)
	}
	var block [256]string
	for i := range block {
		block[i] = foldRune(r&^0xFF + rune(i))
	}
	folded[r>>8].Store(&block)
	return block[r&0xFF]
}

// special holds what Unicode does not take apart, and what readers type for
// each other: the letters of Arabic keyboards, œ and ß.
var special = map[rune]string{
	'æ': "ae", 'œ': "oe", 'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'þ': "th",
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ـ': "",
	'ؤ': "ي", 'ئ': "ي", // the seats of hamza, which writers take for each other
}

func foldRune(r rune) string {
	if s, isSpecial := special[r]; isSpecial {
		return s
	}
	var b strings.Builder
	word := false
	for _, c := range cases.Fold().String(norm.NFKD.String(string(r))) {
		s, isSpecial := special[c]
		switch {
		case isSpecial:
			word = word || s != ""
			b.WriteString(s)
		case dropped(c):
		case unicode.IsDigit(c):
			word = true
			b.WriteByte('0' + byte(digit(c)))
		case unicode.IsLetter(c), unicode.IsNumber(c), unicode.IsMark(c):
			word = true
			b.WriteRune(c)
		default:
			b.WriteByte(' ')
		}
	}
	if !word && b.Len() > 0 {
		return " "
	}
	return b.String()
}

// dropped reports whether a character leaves no trace: accents, tashkeel and
// niqqud, and format characters such as direction marks. The vowel signs of
// other scripts are letters.
func dropped(r rune) bool {
	switch {
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return true
	case r == '\u3099', r == '\u309A': // they tell か from が
		return false
	}
	return unicode.Is(unicode.Mn, r) && unicode.In(r, accented...)
}

// accented are the scripts whose marks readers leave out.
var accented = []*unicode.RangeTable{
	unicode.Inherited, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew,
}

// digit returns the value of a decimal digit of any script: their blocks
// begin with zero.
func digit(r rune) int {
	n := 0
	for unicode.IsDigit(r-1) && n < 9 {
		r--
		n++
	}
	return n
}
