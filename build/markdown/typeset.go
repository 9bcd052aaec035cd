package markdown

import (
	"bytes"
	"html/template"
	"strings"
	"sync"
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
	text, whole := glued(text)
	k.html = append(k.html, `<bdi dir="ltr"`...)
	if whole {
		k.html = append(k.html, ` class="whole"`...)
	}
	k.html = append(k.html, '>')
	k.html = appendEscaped(k.html, string(text))
	k.html = append(k.html, "</bdi>"...)
	k.said = append(append(append(k.said, isolate...), text...), pop...)
}

// takeBack removes what was written last, in both.
func (k *ink) takeBack(text string) {
	k.html = bytes.TrimSuffix(k.html, []byte(text))
	k.said = bytes.TrimSuffix(k.said, []byte(text))
}

// bind makes a no-break space of the space, or line break, that was written last.
func (k *ink) bind() {
	if n := len(k.html); n > 1 && (k.html[n-1] == ' ' || k.html[n-1] == '\n' && k.html[n-2] != '>') {
		k.html = append(k.html[:n-1], noBreakSpace...)
		k.said = append(bytes.TrimSuffix(k.said, []byte(" ")), noBreakSpace...)
	}
}

// typesetter turns plain text of one language into ink: escaped, with the
// quotation marks, spaces and isolation that its readers expect. What it does
// follows from the language's data alone.
type typesetter struct {
	lang    *site.Language
	special *[256]bool // bytes that may need more than copying
	spaced  string     // marks with a narrow space before them
	plain   bool       // nothing is isolated: for attributes and <title>
	open    []byte     // straight quotation marks that are open
	opened  bool       // the last mark of these opened
	feet    bool       // a mark of feet was the last mark
	wide    []bool     // for each open bracket whether it was set full-width
	counts  bool       // the text before ended in a number
	text    []byte     // the text before
	last    rune       // its last character, 0 at the start of a block
	next    rune       // the first character of the text after, 0 for none or unknown
}

const narrowSpace = "\u202F"

func typesetterFor(lang *site.Language) *typesetter {
	of := marks{lang.SpaceBefore, lang.SpaceAfter, lang.Typography.StaysUp, lang.Characters, lang.Dir == "rtl"}
	special, known := specials.Load(of)
	if !known {
		special, _ = specials.LoadOrStore(of, of.special())
	}
	return &typesetter{lang: lang, spaced: lang.SpaceBefore, special: special.(*[256]bool)}
}

// marks are what a language does to signs.
type marks struct {
	spaceBefore, spaceAfter, staysUp string
	characters, rtl                  bool
}

// specials holds what special returns, by marks.
var specials sync.Map

// special returns the bytes that may need more than copying.
func (m marks) special() *[256]bool {
	var special [256]bool
	for _, c := range []byte(`&<>"'\0123456789`) {
		special[c] = true
	}
	for _, mark := range m.spaceBefore + m.spaceAfter + m.staysUp {
		special[string(mark)[0]] = true
	}
	if m.characters {
		special[' '], special['('], special[')'] = true, true, true
	}
	if m.rtl {
		for c := range special {
			special[c] = special[c] || mayBeginRun(byte(c))
		}
	}
	return &special
}

// reset forgets open quotation marks, at the start of a block.
func (t *typesetter) reset() {
	t.open, t.wide = t.open[:0], t.wide[:0]
	t.opened, t.feet, t.counts, t.text, t.last, t.next = false, false, false, nil, 0, 0
}

// append sets src, which may hold backslash escapes and character references
// when it comes from Markdown.
func (t *typesetter) append(k *ink, src []byte, fromMarkdown bool) {
	if fromMarkdown && t.lang.Dir == "rtl" && bytes.ContainsAny(src, `\&`) {
		src, fromMarkdown = unescape(src), false // a run may begin or go on with what they stand for
	}
	start := 0
	if t.counts && len(src) > 0 {
		start = t.unitFirst(k, src)
		t.counts = false
	}
	for i := start; i < len(src); {
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
		t.last, t.text = r, src
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
		return t.quote(k, src, i)
	case t.lang.Dir == "rtl" && mayBeginRun(c) && t.beginsRun(src, i):
		n := runLength(src[i:])
		if n > 0 {
			n += endsQuoted(t.before(src, i), src[i+n:])
		}
		switch {
		case n == 0:
			k.string(string(c))
			return 1
		case t.plain:
			text, _ := glued(src[i : i+n])
			k.copy(text)
		default:
			t.bindBefore(k, src, i)
			k.run(src[i : i+n])
		}
		return n
	case isDigit(c) && t.lang.Dir != "rtl":
		return t.number(k, src, i)
	case t.lang.Characters && c == ' ':
		if !dropsSpace(t.before(src, i), t.after(src, i+1)) {
			k.string(" ")
		}
		return 1
	case t.lang.Characters && (c == '(' || c == ')'):
		return t.bracket(k, src, i)
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
	case strings.ContainsRune(t.lang.Typography.StaysUp, r) && t.before(src, i) == ' ':
		k.bind()
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

// before returns the character before src[i], looking into the text before.
func (t *typesetter) before(src []byte, i int) rune {
	if i == 0 {
		return t.last
	}
	r, _ := utf8.DecodeLastRune(src[:i])
	return r
}

// after returns the character at src[i], looking into the text after.
func (t *typesetter) after(src []byte, i int) rune {
	if i >= len(src) {
		return t.next
	}
	r, _ := utf8.DecodeRune(src[i:])
	return r
}

// textBefore returns the text before src[i], that of the text before at the
// start.
func (t *typesetter) textBefore(src []byte, i int) []byte {
	if len(bytes.TrimLeft(src[:i], " ")) == 0 {
		return t.text
	}
	return src[:i]
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
		r >= '\uFFFD' && r <= '\uFFFF'
}

// unescape returns src with what backslash escapes and character references stand for in their place: itself when it
// has none, as nearly all have.
func unescape(src []byte) []byte {
	if bytes.IndexByte(src, '\\') < 0 && bytes.IndexByte(src, '&') < 0 {
		return src
	}
	var text []byte
	for i := 0; i < len(src); i++ {
		switch {
		case src[i] == '\\' && i+1 < len(src) && util.IsPunct(src[i+1]):
			i++
		case src[i] == '&':
			if decoded, n := entity(src[i:]); n > 0 {
				text = append(text, decoded...)
				i += n - 1
				continue
			}
		}
		text = append(text, src[i])
	}
	return text
}

// HTML sets a line of plain text, such as a title, for the body of a page.
func HTML(lang *site.Language, text string) template.HTML {
	var k ink
	typesetterFor(lang).append(&k, []byte(text), false)
	return template.HTML(k.html)
}

// In sets a line for a reader of lang in the language that it is in, and says which that is where it is another.
func In(lang *site.Language, text string, in *site.Language) template.HTML {
	if in == lang || text == "" {
		return HTML(lang, text)
	}
	return template.HTML(`<span lang="` + in.Code + `" dir="` + in.Dir + `">` + string(HTML(in, text)) + `</span>`)
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
