package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// In a language that runs from right to left, what runs from left to right is
// isolated, whole: Latin words, numbers with their signs, phone numbers with
// their brackets, names like @kite, times, ranges, addresses.

// mayBeginRun reports whether a character that begins with the byte c may begin
// a run.
func mayBeginRun(c byte) bool {
	return isRunByte(c) || strings.IndexByte("+*#@$-(~", c) >= 0 || 0xC2 <= c && c <= 0xC9 || c == 0xE1 || c == 0xE2
}

// isRunByte reports whether c is an ASCII letter or digit.
func isRunByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// beginsRun reports whether a run begins at src[i].
func (t *typesetter) beginsRun(src []byte, i int) bool {
	r, n := utf8.DecodeRune(src[i:])
	rest := src[i+n:]
	next := byte(0)
	if len(rest) > 0 {
		next = rest[0]
	}
	switch {
	case r < utf8.RuneSelf && isRunByte(byte(r)), unicode.Is(unicode.Latin, r):
		return true
	case r == '+' || r == '*' || r == '#':
		return true // runLength says whether anything follows
	case r == '@':
		return isRunByte(next)
	case r == '(':
		return codeLength(src[i:]) > 0
	case unicode.Is(unicode.Sc, r), strings.ContainsRune("~±≈", r):
		return isDigit(next)
	case r == '-' || r == '−' || r == '–':
		signed, _ := utf8.DecodeRune(rest)
		return (isDigit(next) || unicode.Is(unicode.Sc, signed)) && t.mayOpen(t.before(src, i))
	}
	return false
}

// codeLength returns the length of a dialling code in brackets at the start of
// text, (+999) or (022), when a number follows; 0 for none.
func codeLength(text []byte) int {
	end := bytes.IndexByte(text, ')')
	if end < 2 || end > 8 || text[1] != '+' && text[1] != '0' || len(bytes.Trim(text[2:end], "0123456789 ")) > 0 {
		return 0
	}
	after := bytes.TrimLeft(text[end+1:], " -\u00A0\u202F")
	if len(after) == 0 || !isDigit(after[0]) {
		return 0
	}
	return end + 1
}

// runLength returns the length of the left-to-right run at the start of text,
// with the signs and single spaces between its words.
func runLength(text []byte) int {
	first, n := utf8.DecodeRune(text)
	i, end := 0, 0
	switch {
	case first == '(':
		i = codeLength(text)
	case strings.ContainsRune("@-−–~±≈", first) || unicode.Is(unicode.Sc, first):
		i = n
	}
	for i < len(text) {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r < utf8.RuneSelf && isRunByte(byte(r)), unicode.Is(unicode.Latin, r),
			end > 0 && end == i && (strings.ContainsRune("%+#‰°℃℉′″", r) || unicode.Is(unicode.Sc, r)):
			i += n
			end = i
		case end > 0 && end == i && r == ' ' && bindsSign(text[:i], text[i+1:]):
			_, n := utf8.DecodeRune(text[i+1:])
			i += 1 + n
			end = i
		case end > 0 && end == i && r == ' ' && rangeLength(text[:i], text[i:]) > 0:
			i += rangeLength(text[:i], text[i:])
		case end > 0 && end == i && saysMore(text[:i], text[i:]):
			i += n + len(" ")
		case strings.ContainsRune("-–./:@_+*()&#?=%~’'\u2011−×÷<>≤≥±", r), unicode.Is(unicode.Sc, r),
			r == ',' && i+1 < len(text) && isDigit(text[i+1]),
			(r == ' ' || r == '\u00A0' || r == '\u202F') && (end == i || i > 0 && text[i-1] == ')'):
			i += n
		default:
			return closeBrackets(text, end)
		}
	}
	return closeBrackets(text, end)
}

// bindsSign reports whether a sign of percent, degrees or money follows a number
// after a space.
func bindsSign(number, rest []byte) bool {
	r, n := utf8.DecodeRune(rest)
	if !isDigit(number[len(number)-1]) || !strings.ContainsRune("%‰°℃℉", r) && !unicode.Is(unicode.Sc, r) {
		return false
	}
	next, _ := utf8.DecodeRune(rest[n:])
	return !unicode.IsDigit(next)
}

// saysMore reports whether a sentence of Latin words goes on after a sign between
// two of them: "Hello, world".
func saysMore(words, rest []byte) bool {
	if strings.IndexByte(",;:.!?", rest[0]) < 0 || len(rest) < 3 || rest[1] != ' ' {
		return false
	}
	last, _ := utf8.DecodeLastRune(words)
	first, _ := utf8.DecodeRune(rest[2:])
	return unicode.Is(unicode.Latin, last) && unicode.Is(unicode.Latin, first)
}

// endsQuoted returns the length of the sign that ends a quotation of Latin words
// alone, "Stop!", which stands after before: 0 for none.
func endsQuoted(before rune, rest []byte) int {
	r, n := utf8.DecodeRune(rest)
	after, _ := utf8.DecodeRune(rest[n:])
	if strings.ContainsRune(`"'«“‘`, before) && strings.ContainsRune(".!?…", r) && strings.ContainsRune(`"'»”’`, after) {
		return n
	}
	return 0
}

// rangeLength returns the length of a dash or a sign of arithmetic between two
// numbers with spaces around it, 0 for none.
func rangeLength(number, rest []byte) int {
	for _, dash := range []string{" - ", " – ", " × ", " + ", " = ", " < ", " > "} {
		if n := len(dash); bytes.HasPrefix(rest, []byte(dash)) && n < len(rest) &&
			isDigit(rest[n]) && isDigit(number[len(number)-1]) {
			return n
		}
	}
	return 0
}

// closeBrackets takes a closing bracket into a run that holds its opening one.
func closeBrackets(text []byte, end int) int {
	run := text[:end]
	if bytes.Count(run, []byte("(")) > bytes.Count(run, []byte(")")) {
		if end < len(text) && text[end] == ')' {
			return end + 1
		}
		return max(0, bytes.LastIndexByte(bytes.TrimRight(run, " "), '('))
	}
	return end
}

// glued returns a run with no-break spaces in its numbers and before their
// signs. whole says that it is one number, which no line may break.
func glued(run []byte) (text []byte, whole bool) {
	for i := 0; i < len(run); {
		c := run[i]
		if isDigit(c) || c == '+' || c == '(' {
			if n, breaks := groupLength(run[i:]); n > 0 {
				text, whole = append(text, bound(run[i:i+n])...), whole || breaks && n == len(run)
				i += n
				continue
			}
			for i < len(run) && isDigit(run[i]) {
				text = append(text, run[i])
				i++
			}
			if i < len(run) && run[i] == ' ' && bindsSign(run[:i], run[i+1:]) {
				text = append(text, noBreakSpace...)
				i++
			} else if !isDigit(c) {
				text = append(text, c)
				i++
			}
			continue
		}
		text = append(text, c)
		i++
	}
	return text, whole
}
