package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/site"
)

const noBreakSpace = "\u00A0"

// number sets the number that begins at src[i], in a language that runs from
// left to right, and returns how many bytes it took. What belongs to it stays on
// its line: the sign before it (№ 25, art. 5), its own groups (10 000,
// (+999) 234 567-8901) and what it counts (50 %, 10 000 €).
func (t *typesetter) number(k *ink, src []byte, i int) int {
	before := t.before(src, i)
	if unicode.IsLetter(before) { // H2O, B2
		return t.digits(k, src, i)
	}
	from := i
	for from > 0 && (src[from-1] == '+' || src[from-1] == '(') {
		from--
	}
	if bytes.HasSuffix(k.html, src[from:i]) {
		k.takeBack(string(src[from:i]))
		t.bindBefore(k, src, from)
	} else {
		from = i // a backslash stands between
	}
	n, whole := groupLength(src[from:])
	if closed := bytes.Count(src[from:from+n], []byte(")")); n > 0 && closed <= len(t.wide) {
		t.wide = t.wide[:len(t.wide)-closed]
	}
	switch {
	case n == 0 || from+n <= i:
		k.copy(src[from:i])
		return t.digits(k, src, i)
	case whole && !t.plain:
		k.html = append(k.html, `<bdi class="whole">`...)
		k.copy(bound(src[from : from+n]))
		k.html = append(k.html, "</bdi>"...)
	default:
		k.copy(bound(src[from : from+n]))
	}
	return n - (i - from) + t.bindAfter(k, src, from+n)
}

// digits sets plain digits.
func (t *typesetter) digits(k *ink, src []byte, i int) int {
	n := digitsAt(src[i:])
	k.copy(src[i : i+n])
	return n + t.bindAfter(k, src, i+n)
}

// digitsAt returns the length of the number at the start of text: its digits and
// the points between them.
func digitsAt(text []byte) int {
	n := 0
	for n < len(text) && (isDigit(text[n]) ||
		n > 0 && (text[n] == '.' || text[n] == ',') && n+1 < len(text) && isDigit(text[n+1])) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// groupLength returns the length of a number in several groups at the start of
// text, 0 when there is none: thousands with spaces, or what is dialled. whole
// says that a line could break elsewhere than at its spaces.
func groupLength(text []byte) (n int, whole bool) {
	digits, thousands, groups := 0, true, 0
	end := 0
	for at := 0; at < len(text); {
		d := 0
		for at+d < len(text) && isDigit(text[at+d]) {
			d++
		}
		if d > 0 {
			thousands = thousands && (groups == 0 && d <= 3 || groups > 0 && d == 3)
			digits, groups, at, end = digits+d, groups+1, at+d, at+d
			continue
		}
		r, size := utf8.DecodeRune(text[at:])
		if !strings.ContainsRune("+() -./\u00A0\u202F\u2011", r) || r == ' ' && at > 0 && text[at-1] == ' ' {
			break
		}
		if r == ')' && at == end && bytes.Count(text[:at], []byte("(")) > bytes.Count(text[:at], []byte(")")) {
			end = at + size
		}
		thousands = thousands && (r == ' ' || r == '\u00A0' || r == '\u202F')
		at += size
	}
	number := bytes.TrimRight(text[:end], "( ")
	opened, closed := bytes.Count(number, []byte("(")), bytes.Count(number, []byte(")"))
	if groups < 2 || opened != closed || !thousands && (digits < 7 || digits > 15) || digits > 15 {
		return 0, false
	}
	return len(number), bytes.ContainsAny(number, "-/")
}

// bound returns a number with no-break spaces.
func bound(number []byte) []byte { return bytes.ReplaceAll(number, []byte(" "), []byte(noBreakSpace)) }

// bindBefore binds the number at src[i] to a sign or a short word before it.
func (t *typesetter) bindBefore(k *ink, src []byte, i int) {
	if t.before(src, i) != ' ' {
		return
	}
	text := bytes.TrimRight(t.textBefore(src, i), " \n")
	if sign, _ := utf8.DecodeLastRune(text); unicode.Is(unicode.Sc, sign) || names(t.lang, text) {
		k.bind()
	}
}

// names reports whether text ends in a sign or a word that names what a number
// stands for: №, art.
func names(lang *site.Language, text []byte) bool {
	if sign, _ := utf8.DecodeLastRune(text); sign == '№' || sign == '§' {
		return true
	}
	return slices.ContainsFunc(lang.Typography.BeforeNumber, func(word string) bool { return endsInWord(text, word) })
}

// BindsNumber reports whether a number after text is a name: № 25, art. 5.
func BindsNumber(lang *site.Language, text string) bool {
	return names(lang, bytes.TrimRight([]byte(text), " \u00A0\u202F\n"))
}

// WithoutDialled returns text with a hyphen for each byte of its telephone
// numbers and of what looks like one: (+999) 234 567-8901.
func WithoutDialled(text string) string {
	out := []byte(text)
	for i := 0; i < len(out); i++ {
		if c := out[i]; !isDigit(c) && c != '+' && c != '(' {
			continue
		}
		n, _ := groupLength(out[i:])
		if n == 0 || isThousands(out[i:i+n]) {
			if n == 0 && out[i] == '+' && i+1 < len(out) && isDigit(out[i+1]) {
				n = 1 + digitsAt(out[i+1:])
			} else {
				i += max(0, max(n, digitsAt(out[i:]))-1)
				continue
			}
		}
		copy(out[i:], bytes.Repeat([]byte("-"), n))
		i += n - 1
	}
	return string(out)
}

// isThousands reports whether a number in groups is one to count with: 10 000.
func isThousands(number []byte) bool {
	groups := strings.FieldsFunc(string(number), func(r rune) bool { return r == ' ' || r == '\u00A0' || r == '\u202F' })
	for i, group := range groups {
		if len(group) > 3 || i > 0 && len(group) != 3 || strings.Trim(group, "0123456789") != "" ||
			i == 0 && group[0] == '0' {
			return false
		}
	}
	return true
}

// endsInWord reports whether text ends in a word, which begins there; Han
// words stand beside others.
func endsInWord(text []byte, word string) bool {
	if len(text) < len(word) || !strings.EqualFold(string(text[len(text)-len(word):]), word) {
		return false
	}
	before, _ := utf8.DecodeLastRune(text[:len(text)-len(word)])
	return !unicode.IsLetter(before) || unicode.Is(unicode.Han, before)
}

// bindAfter binds what the number counts that ends before src[i], and returns
// how many bytes that took. At the end of a text the next one is asked.
func (t *typesetter) bindAfter(k *ink, src []byte, i int) int {
	t.counts = i == len(src)
	if i < len(src) && src[i] == ' ' && t.isUnit(src[i+1:]) {
		k.string(noBreakSpace)
		return 1
	}
	return 0
}

// unitFirst binds the unit at the start of src to a number that ended the text
// before, as in **50** %.
func (t *typesetter) unitFirst(k *ink, src []byte) int {
	switch {
	case len(src) > 0 && src[0] == ' ' && t.isUnit(src[1:]):
		k.string(noBreakSpace)
		return 1
	case t.last == ' ' && t.isUnit(src):
		k.bind()
	}
	return 0
}

// isUnit reports whether text begins with what numbers count: a sign of money,
// percent or degrees, or a word that the language names.
func (t *typesetter) isUnit(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	if strings.ContainsRune("%‰°℃℉٪％", r) || unicode.Is(unicode.Sc, r) {
		next, _ := utf8.DecodeRune(text[utf8.RuneLen(r):])
		return !unicode.IsDigit(next) // $5 begins a number of its own
	}
	for _, word := range t.lang.Typography.AfterNumber {
		if bytes.HasPrefix(text, []byte(word)) {
			if next, _ := utf8.DecodeRune(text[len(word):]); !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				return true
			}
		}
	}
	return false
}
