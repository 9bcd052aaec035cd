package markdown

import (
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/util"
)

// Options say how one page is written.
type Options struct {
	Language *site.Language
	Blocks   map[string]*site.Block
	IDs      []string                 // ids of the headings, in order
	Link     func(dest string) string // address for a link destination as written; "" when it leads nowhere
	Drawing  func(dest string) []byte // an SVG to stand for an image; nil when it is no drawing
	Data     map[string]string        // HTML shown at the end of a block, by Block.Data
}

// Writer writes pages as HTML. Its zero value is ready; one Writer serves one
// goroutine and reuses its memory from page to page.
type Writer struct {
	Options
	buf     []byte
	set     *typesetter
	heading int // headings written so far
}

// Page returns the HTML of a document. The bytes are valid until the next
// call. It accepts any document.
func (w *Writer) Page(d *Doc, o Options) []byte {
	w.Options, w.buf, w.heading = o, w.buf[:0], 0
	w.set = typesetterFor(o.Language)
	w.set.reset()
	if err := engine.Renderer().Render(w, d.Text(), d.Root); err != nil {
		panic("markdown: " + err.Error()) // Writer does not fail, nor do our renderers
	}
	return w.buf
}

// Writer is the util.BufWriter that goldmark renders into, so that node
// renderers find the page's options behind it.
var _ util.BufWriter = (*Writer)(nil)

// Available implements util.BufWriter.
func (w *Writer) Available() int { return cap(w.buf) - len(w.buf) }

// Buffered implements util.BufWriter.
func (w *Writer) Buffered() int { return len(w.buf) }

// Flush implements util.BufWriter.
func (w *Writer) Flush() error { return nil }

// Write implements io.Writer.
func (w *Writer) Write(p []byte) (int, error) {
	w.buf = append(w.buf, p...)
	return len(p), nil
}

// WriteByte implements io.ByteWriter.
func (w *Writer) WriteByte(c byte) error {
	w.buf = append(w.buf, c)
	return nil
}

// WriteRune implements util.BufWriter.
func (w *Writer) WriteRune(r rune) (int, error) {
	before := len(w.buf)
	w.buf = utf8.AppendRune(w.buf, r)
	return len(w.buf) - before, nil
}

// WriteString implements io.StringWriter.
func (w *Writer) WriteString(s string) (int, error) {
	w.buf = append(w.buf, s...)
	return len(s), nil
}

func (w *Writer) raw(parts ...string) {
	for _, s := range parts {
		w.buf = append(w.buf, s...)
	}
}

// attr writes name="value", escaped.
func (w *Writer) attr(name, value string) {
	w.raw(" ", name, `="`)
	w.buf = appendEscaped(w.buf, value)
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
