package markdown

import (
	"strconv"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/util"
)

// Options say how one page is written.
type Options struct {
	Language *site.Language
	Blocks   map[string]*site.Block
	IDs      []string                   // of the headings and blocks, as PlaceIDs or CarryIDs has them
	Link     func(dest string) string   // address for a link destination as written; "" when it leads nowhere
	Drawing  func(dest string) []byte   // an SVG to stand for an image; nil when it is no drawing
	Picture  func(dest string) *Picture // that an image shows; nil when there is none
	Clip     func(dest string) *Clip    // that a block of sound or of video offers; nil when there is none
	Data     map[string]Data            // shown at the end of a block, by Block.Data
	Behind   *Behind                    // what has changed since the page was translated; nil for nothing to show
}

// Data are rows of data that a block shows: as HTML, and as they are said.
type Data struct{ HTML, Said string }

// Writer writes pages as HTML. Its zero value is ready; one Writer serves one
// goroutine and reuses its memory from page to page.
type Writer struct {
	Options
	ink
	set      *typesetter
	places   int       // headings and blocks written so far
	pictures int       // written so far
	marks    []Mark    // of the page
	titles   []span    // of headings, in said
	parts    []opening // of parts of the page
	under    string    // id of the last heading
}

// opening is a heading that begins a part of the page, and what it says.
type opening struct {
	id string
	span
}

// span is a part of what is said.
type span struct{ from, to int }

// Page writes a document. It accepts any document.
func (w *Writer) Page(d *Doc, o Options) *Text {
	w.Options, w.places, w.pictures, w.marks, w.titles = o, 0, 0, w.marks[:0], w.titles[:0]
	w.parts, w.under = w.parts[:0], ""
	w.html, w.said = w.html[:0], w.said[:0]
	w.set = typesetterFor(o.Language)
	w.set.reset()
	if o.Behind != nil {
		w.passages(d, o.Behind)
	} else {
		w.node(d, d.Root)
	}
	return w.text()
}

// Writer is the util.BufWriter that goldmark renders into, so that node
// renderers find the page's options behind it.
var _ util.BufWriter = (*Writer)(nil)

// Available implements util.BufWriter.
func (w *Writer) Available() int { return cap(w.html) - len(w.html) }

// Buffered implements util.BufWriter.
func (w *Writer) Buffered() int { return len(w.html) }

// Flush implements util.BufWriter.
func (w *Writer) Flush() error { return nil }

// Write implements io.Writer.
func (w *Writer) Write(p []byte) (int, error) {
	w.html = append(w.html, p...)
	return len(p), nil
}

// WriteByte implements io.ByteWriter.
func (w *Writer) WriteByte(c byte) error {
	w.html = append(w.html, c)
	return nil
}

// WriteRune implements util.BufWriter.
func (w *Writer) WriteRune(r rune) (int, error) {
	before := len(w.html)
	w.html = utf8.AppendRune(w.html, r)
	return len(w.html) - before, nil
}

// WriteString implements io.StringWriter.
func (w *Writer) WriteString(s string) (int, error) {
	w.html = append(w.html, s...)
	return len(s), nil
}

// raw writes markup, which nobody says.
func (w *Writer) raw(parts ...string) {
	for _, s := range parts {
		w.html = append(w.html, s...)
	}
}

// say adds words that stand in no text of the page, such as those for a picture.
func (w *Writer) say(words string) { w.said = append(w.said, words...) }

// word writes an interface word.
func (w *Writer) word(group, key string) {
	word, in := w.Language.Say(group, key)
	if in == w.Language {
		w.set.reset()
		w.set.append(&w.ink, []byte(word), false)
		return
	}
	w.raw(string(In(w.Language, word, in)))
	w.say(Said(in, word))
}

// stop ends what is said in one breath: a block of text.
func (w *Writer) stop() { w.said = append(w.said, stopped) }

// code writes text as it is, typeset in no language's way.
func (w *Writer) code(text []byte) {
	w.html = appendEscaped(w.html, string(text))
	from := len(w.said)
	w.said = append(w.said, text...)
	for i := from; i < len(w.said); i++ {
		if w.said[i] == stopped {
			w.said[i] = ' '
		}
	}
}

// heads begins what a heading says, when there is one, and headed ends it.
func (w *Writer) heads(is bool) {
	if is {
		w.titles = append(w.titles, span{from: len(w.said)})
	}
}

func (w *Writer) headed(is bool) {
	if is {
		w.titles[len(w.titles)-1].to = len(w.said)
	}
}

// marked writes something that other documents write otherwise.
func (w *Writer) marked(kind MarkKind, text string, write func()) {
	from := len(w.html)
	write()
	w.marks = append(w.marks, Mark{At: from, End: len(w.html), Kind: kind, Text: text})
}

// begins notes what a heading of a level begins, or nothing when that is 0, and
// begun the end of the heading.
func (w *Writer) begins(level int, id string) {
	if level > 0 {
		w.under = id
	}
	if level == partLevel && id != "" {
		w.parts = append(w.parts, opening{id, span{from: len(w.said)}})
	}
}

func (w *Writer) begun(level int) {
	if level == partLevel && w.under != "" {
		w.parts[len(w.parts)-1].to = len(w.said)
	}
}

// partLevel is the level of the headings that make the parts of a page.
const partLevel = 2

// headingOr writes the name of a heading of a level or, when that is 0, of
// another element.
func (w *Writer) headingOr(element string, level int) {
	if level == 0 {
		w.raw(element)
	} else {
		w.level(level)
	}
}

// level writes the name of a heading.
func (w *Writer) level(level int) {
	w.raw("h")
	w.marked(Level, "", func() { w.raw(strconv.Itoa(level)) })
}

// nextID returns the id of the next heading or block, "" for none.
func (w *Writer) nextID() string {
	w.places++
	return w.lastID()
}

// lastID returns the id that nextID returned.
func (w *Writer) lastID() string {
	if w.places > len(w.IDs) {
		return ""
	}
	return w.IDs[w.places-1]
}

// id writes the attribute that names a place of the page; "" writes nothing.
func (w *Writer) id(id string) {
	if id == "" {
		return
	}
	w.raw(` id="`)
	w.marked(Place, id, func() { w.html = appendEscaped(w.html, id) })
	w.raw(`"`)
}

// within writes the attribute that leads to a place of the same page.
func (w *Writer) within(id string) {
	w.raw(` href="#`)
	w.marked(Place, id, func() { w.html = appendEscaped(w.html, id) })
	w.raw(`"`)
}

// void writes the tag of an element that has no content.
func (w *Writer) void(tag string) {
	w.raw(tag)
	w.marked(Void, "", func() {})
	w.raw(">")
}

// drawing writes an SVG.
func (w *Writer) drawing(svg []byte) {
	const open = "<svg"
	w.raw(open)
	w.marked(Drawing, "", func() {})
	w.html = append(w.html, svg[min(len(open), len(svg)):]...)
}

// attr writes name="value", escaped.
func (w *Writer) attr(name, value string) {
	w.raw(" ", name, `="`)
	w.html = appendEscaped(w.html, value)
	w.raw(`"`)
}

func appendEscaped(buf []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			buf = append(buf, "&amp;"...)
		case '<':
			buf = append(buf, "&lt;"...)
		case '>':
			buf = append(buf, "&gt;"...)
		case '"':
			buf = append(buf, "&quot;"...)
		default:
			buf = append(buf, c)
		}
	}
	return buf
}
