package markdown

import (
	"bytes"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/util"
)

// ink is what a text becomes: HTML, and the same words without markup, as they
// are said. What HTML isolates in an element stands there between isolating
// characters.
type ink struct{ html, said []byte }

// Characters that isolate a run from the direction of the text around it, in
// place of <bdi dir="ltr">.
const isolate, pop = "\u2066", "\u2069"

// copy writes what is the same in both.
func (k *ink) copy(text []byte) {
	k.html = append(k.html, text...)
	k.said = append(k.said, text...)
}

func (k *ink) string(text string) {
	k.html = append(k.html, text...)
	k.said = append(k.said, text...)
}

// escaped writes text that HTML may take for markup.
func (k *ink) escaped(text string) {
	k.html = appendEscaped(k.html, text)
	k.said = append(k.said, text...)
}

// run writes a left-to-right run, isolated.
func (k *ink) run(text []byte) {
	k.html = append(k.html, `<bdi dir="ltr">`...)
	k.html = appendEscaped(k.html, string(text))
	k.html = append(k.html, "</bdi>"...)
	k.said = append(append(append(k.said, isolate...), text...), pop...)
}

// takeBack removes what was written last, in both.
func (k *ink) takeBack(text string) {
	k.html = bytes.TrimSuffix(k.html, []byte(text))
	k.said = bytes.TrimSuffix(k.said, []byte(text))
}

// typesetter turns plain text of one language into ink: escaped, with the
// quotation marks, spaces and isolation that its readers expect. What it does
// follows from the language's data alone.
type typesetter struct {
	lang    *site.Language
	special [256]bool // bytes that may need more than copying
	spaced  string    // marks with a narrow space before them
	plain   bool      // nothing is isolated: for attributes and <title>
	outer   bool      // inside outer quotation marks
	inner   bool      // inside inner ones
	last    rune      // the last character of the text before, 0 at the start of a block
}

const narrowSpace = "\u202F"

func typesetterFor(lang *site.Language) *typesetter {
	t := &typesetter{lang: lang, spaced: lang.SpaceBefore}
	for _, c := range []byte(`&<>"'\`) {
		t.special[c] = true
	}
	for _, mark := range lang.SpaceBefore + lang.SpaceAfter {
		t.special[string(mark)[0]] = true
	}
	if lang.Dir == "rtl" {
		for c := range 128 {
			t.special[c] = t.special[c] || beginsRun(byte(c))
		}
	}
	return t
}

// reset forgets open quotation marks, at the start of a block.
func (t *typesetter) reset() { t.outer, t.inner, t.last = false, false, 0 }

// append sets src, which may hold backslash escapes and character references
// when it comes from Markdown.
func (t *typesetter) append(k *ink, src []byte, fromMarkdown bool) {
	if fromMarkdown && t.lang.Dir == "rtl" && bytes.ContainsAny(src, `\&`) {
		src, fromMarkdown = unescape(src), false // a run may begin or go on with what they stand for
	}
	start := 0
	for i := 0; i < len(src); {
		if !t.special[src[i]] {
			i++
			continue
		}
		k.copy(src[start:i])
		i += t.sign(k, src, i, fromMarkdown)
		start = i
	}
	k.copy(src[start:])
	if r, size := utf8.DecodeLastRune(src); size > 0 {
		t.last = r
	}
}

// sign sets what begins at src[i] and returns how many bytes it took.
func (t *typesetter) sign(k *ink, src []byte, i int, fromMarkdown bool) int {
	switch c := src[i]; {
	case c == '\\':
		if fromMarkdown && i+1 < len(src) && util.IsPunct(src[i+1]) {
			k.escaped(string(src[i+1]))
			return 2
		}
		k.string(`\`)
		return 1
	case c == '&':
		if fromMarkdown {
			if text, n := entity(src[i:]); n > 0 {
				k.escaped(text)
				return n
			}
		}
		k.escaped("&")
		return 1
	case c == '<' || c == '>':
		k.escaped(string(c))
		return 1
	case c == '"' || c == '\'':
		t.quote(k, src, i)
		return 1
	case t.lang.Dir == "rtl" && beginsRun(c):
		n := runLength(src[i:])
		switch {
		case n == 0:
			k.string(string(c))
			return 1
		case t.plain:
			k.copy(src[i : i+n])
		default:
			k.run(src[i : i+n])
		}
		return n
	}
	r, n := utf8.DecodeRune(src[i:])
	next, _ := utf8.DecodeRune(src[i+n:])
	switch {
	case strings.ContainsRune(t.lang.SpaceAfter, r):
		k.copy(src[i : i+n])
		k.string(narrowSpace)
		if next == ' ' || next == '\u00A0' {
			n += utf8.RuneLen(next)
		}
		return n
	case strings.ContainsRune(t.lang.SpaceBefore, r) && endsWord(src[i+n:], next):
		t.spaceBefore(k, t.before(src, i), r)
	}
	k.string(string(r))
	return n
}

// spaceBefore sets a narrow space before mark, in place of the plain one that
// may be there; not at the start, after a bracket or inside "?!".
func (t *typesetter) spaceBefore(k *ink, before, mark rune) {
	switch {
	case before == ' ' || before == '\u00A0':
		k.takeBack(string(before))
	case before == 0, unicode.IsSpace(before), strings.ContainsRune("([/", before),
		strings.ContainsRune(";:!?", before) && strings.ContainsRune(";:!?", mark):
		return
	}
	k.string(narrowSpace)
}

// quote sets a straight quotation mark or apostrophe.
func (t *typesetter) quote(k *ink, src []byte, i int) {
	before := t.before(src, i)
	after, _ := utf8.DecodeRune(src[i+1:])
	q := &t.lang.Quotes
	switch {
	case src[i] == '"':
		t.outer = !t.outer
		t.mark(k, q[0], q[1], t.outer)
	case unicode.IsLetter(before) && unicode.IsLetter(after) && !joins(before) && !joins(after):
		k.string("’")
	case t.inner:
		t.inner = false
		t.mark(k, q[2], q[3], false)
	case (before == 0 || unicode.IsSpace(before) || unicode.IsPunct(before) || joins(before)) && unicode.IsLetter(after):
		t.inner = true
		t.mark(k, q[2], q[3], true)
	default:
		k.string("’")
	}
}

// mark sets an opening or closing quotation mark with its narrow space.
func (t *typesetter) mark(k *ink, open, shut string, opens bool) {
	if opens {
		k.string(open)
		if strings.Contains(t.lang.SpaceAfter, open) {
			k.string(narrowSpace)
		}
		return
	}
	if strings.Contains(t.lang.SpaceBefore, shut) {
		k.string(narrowSpace)
	}
	k.string(shut)
}

// before returns the character before src[i], looking into the text before.
func (t *typesetter) before(src []byte, i int) rune {
	if i == 0 {
		return t.last
	}
	r, _ := utf8.DecodeLastRune(src[:i])
	return r
}

// endsWord reports whether nothing that belongs to the same word follows, so
// that 10:30 and https: stay together.
func endsWord(rest []byte, next rune) bool {
	return len(rest) == 0 || unicode.IsSpace(next) || !(unicode.IsLetter(next) || unicode.IsDigit(next) || next == '/')
}

// unseen reports whether a character reference stands for what no text may
// hold: control characters, those of direction among them. It stays as it is
// written, for all to see.
func unseen(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Cf, r) && r != '\u200C' && r != '\u200D' ||
		r == '\uFFFE' || r == '\uFFFF'
}

// unescape replaces backslash escapes and character references by what they
// stand for.
func unescape(src []byte) []byte {
	var text []byte
	for i := 0; i < len(src); i++ {
		if src[i] == '\\' && i+1 < len(src) && util.IsPunct(src[i+1]) {
			i++
		} else if decoded, n := entity(src[i:]); src[i] == '&' && n > 0 {
			text = append(text, decoded...)
			i += n - 1
			continue
		}
		text = append(text, src[i])
	}
	return text
}

// beginsRun reports whether c may begin a left-to-right run: a letter or a
// digit, or a sign as in +41 and *100#.
func beginsRun(c byte) bool { return isRunByte(c) || c == '+' || c == '*' || c == '#' }

// isRunByte reports whether c is an ASCII letter or digit.
func isRunByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// runLength returns the length of the left-to-right run at the start of text:
// Latin words, numbers, phone numbers, addresses, with the signs and single
// spaces between them.
func runLength(text []byte) int {
	end := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r < 128 && isRunByte(byte(r)), unicode.Is(unicode.Latin, r), end == i && end > 0 && strings.ContainsRune("%+#", r):
			i += n
			end = i
		case strings.ContainsRune("-–./:@_+*()&#?=%~’'", r), r == ',' && i+1 < len(text) && '0' <= text[i+1] && text[i+1] <= '9',
			r == ' ' && end == i:
			i += n
		default:
			return closeBrackets(text, end)
		}
	}
	return closeBrackets(text, end)
}

// closeBrackets takes a closing bracket into a run that holds its opening one.
func closeBrackets(text []byte, end int) int {
	run := text[:end]
	if bytes.Count(run, []byte("(")) > bytes.Count(run, []byte(")")) {
		if end < len(text) && text[end] == ')' {
			return end + 1
		}
		return bytes.LastIndexByte(bytes.TrimRight(run, " "), '(')
	}
	return end
}

// HTML sets a line of plain text, such as a title, for the body of a page.
func HTML(lang *site.Language, text string) template.HTML {
	var k ink
	typesetterFor(lang).append(&k, []byte(text), false)
	return template.HTML(k.html)
}

// Said sets a line of plain text as it is said: as Text.Said has it.
func Said(lang *site.Language, text string) string {
	var k ink
	typesetterFor(lang).append(&k, []byte(text), false)
	return string(k.said)
}

// Plain sets a line of plain text for places that take no tags, such as
// <title>. It is not escaped.
func Plain(lang *site.Language, text string) string {
	var k ink
	t := typesetterFor(lang)
	t.plain = true
	t.append(&k, []byte(text), false)
	return string(k.said)
}
