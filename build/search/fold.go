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
	for _, r := range text {
		switch {
		case '\u3400' <= r && r <= '\u9FFF': // Han stays as it is
			buf = utf8.AppendRune(buf, r)
		case r < 0x10000:
			buf = append(buf, folded[r>>8]()[r&0xFF]...)
		default:
			buf = append(buf, foldRune(r)...)
		}
	}
	return buf
}

// folded holds the folding of each 256 characters, worked out when they are
// first met.
var folded = func() (blocks [256]func() *[256]string) {
	for i := range blocks {
		blocks[i] = sync.OnceValue(func() *[256]string {
			var block [256]string
			for j := range block {
				block[j] = foldRune(rune(i<<8 + j))
			}
			return &block
		})
	}
	return blocks
}()

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
func bare(word string) string { return string(bareBytes([]byte(word))) }

func bareBytes(word []byte) []byte {
	if len(word) < 6 || word[0] < 0xD8 || word[0] > 0xDB { // not Arabic, or at most two letters
		return word
	}
	for _, l := range leading {
		if len(word) < len(l) || string(word[:len(l)]) != l {
			continue
		}
		least := 2
		if l == "و" {
			least = 3
		}
		if rest := word[len(l):]; utf8.RuneCount(rest) >= least {
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
