package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives text the form in which it is compared: without case, accents,
// tashkeel and tatweel, with one form of alef, with ASCII digits, and with a
// space for everything that is no part of a word. It works character by
// character, so that the browser can do the same from a table.
func Fold(text string) string { return string(appendFolded(nil, text)) }

func appendFolded(buf []byte, text string) []byte {
	low := folded()
	for _, r := range text {
		if int(r) < len(low) {
			buf = append(buf, low[r]...)
		} else {
			buf = appendRune(buf, r)
		}
	}
	return buf
}

// folded holds the folding of the alphabets, worked out once.
var folded = sync.OnceValue(func() *[0x2100]string {
	var low [0x2100]string
	for r := range low {
		low[r] = foldRune(rune(r))
	}
	return &low
})

// appendRune is appendFolded for characters beyond the alphabets, most of
// which stay as they are.
func appendRune(buf []byte, r rune) []byte {
	if '\u3400' <= r && r <= '\u9FFF' {
		return append(buf, string(r)...)
	}
	return append(buf, foldRune(r)...)
}

// special holds what Unicode does not take apart, and what readers type for
// each other: the letters of Arabic keyboards, œ and ß.
var special = map[rune]string{
	'æ': "ae", 'œ': "oe", 'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'þ': "th",
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ـ': "",
}

func foldRune(r rune) string {
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
	return unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Inherited, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew)
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

// dense are the scripts that write without spaces between words. Their text
// is searched by pairs of characters.
var dense = []struct{ from, to rune }{
	{'\u0E00', '\u0EFF'}, {'\u1000', '\u109F'}, {'\u1780', '\u17FF'}, {'\u3040', '\u30FF'}, {'\u3400', '\u4DBF'}, {'\u4E00', '\u9FFF'},
}

func isDense(r rune) bool {
	if r < dense[0].from {
		return false
	}
	for _, d := range dense {
		if d.from <= r && r <= d.to {
			return true
		}
	}
	return false
}

// leading are the articles and the "and" that Arabic writes together with the
// next word, the longest first. A word is found with and without them.
var leading = []string{"وال", "بال", "كال", "فال", "ولل", "ال", "لل", "و"}

// bare returns a folded word without its leading article, or the word.
func bare(word string) string {
	if len(word) < 6 || word[0] < 0xD8 || word[0] > 0xDB { // not Arabic, or at most two letters
		return word
	}
	for _, l := range leading {
		rest, ok := strings.CutPrefix(word, l)
		least := 2
		if l == "و" {
			least = 3
		}
		if ok && len([]rune(rest)) >= least {
			return rest
		}
	}
	return word
}

// Key returns what an alphabetical list sorts a title by: the title from its
// first letter or digit on; in Arabic folded and without its article, so that
// all forms of alef stand together.
func Key(title string) string {
	title = strings.TrimLeftFunc(title, func(r rune) bool { return strings.TrimSpace(foldRune(r)) == "" })
	if first, _ := utf8.DecodeRuneInString(title); !unicode.Is(unicode.Arabic, first) {
		return title
	}
	title = Fold(title)
	if rest, ok := strings.CutPrefix(title, "ال"); ok && rest != "" && rest[0] != ' ' {
		return rest
	}
	return title
}
