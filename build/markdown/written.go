package markdown

import (
	"bytes"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is what a document became: HTML for a page of its own, what it says,
// and the places that a document of many pages writes otherwise.
type Text struct {
	HTML     template.HTML
	Marks    []Mark   // in order
	Said     string   // the words without markup, as Speech has them
	Headings []string // what the headings and defined terms say
	Parts    []Part
}

// Part is a part of a page: what begins with one of its highest headings.
type Part struct {
	ID   string // of the heading
	Name string // what it says, with isolating characters where HTML isolates
}

// Mark is a place in the HTML of a Text.
type Mark struct {
	At, End int // HTML[At:End]
	Kind    MarkKind
	Text    string
}

// MarkKind says what stands at a Mark.
type MarkKind uint8

// What is marked.
const (
	Link    MarkKind = iota // the tag that opens a link; Text is its destination as written
	LinkEnd                 // the tag that closes it
	Place                   // the id of a place of this page, also where a link leads to it; Text is the id
	Level                   // the digit of a heading's element
	Void                    // between the name and the end of an element without content, where XML wants a slash
	Drawing                 // where an SVG wants its namespace in XML
	Medium                  // before an Image or a Player; Text is the name of its file
	Image                   // a picture in a file; Text is what stands for it in words
	Player                  // what plays a sound; Text is what it is called
	Video                   // after what is said of a video that a link leads to; Text is the name of its file
)

// Form is how a Text is written in a document that holds other pages too, or
// that is XML. The zero Form writes it as it is.
type Form struct {
	Part   string                                   // prefix of ids, "" for none: see PlaceID
	Deeper int                                      // levels that headings go down, to the sixth at most
	XML    bool                                     // as XHTML
	Link   func(dest string) (href string, ok bool) // the address of a link; without one its words stay. nil keeps all
	Words  bool                                     // words stand for pictures and sounds

	// Picture and Sound return the attributes of the element that shows or plays a file, by its name. Without them the
	// words of a picture stand for it, and those around a sound. nil keeps all as they are.
	Picture, Sound func(name string) (attrs string, ok bool)

	Left string // HTML that says of a video that it is left out; "" where it is not
}

// PlaceID returns the id of a place of a page within a document of many; that
// of the page's own part when the place has none.
func PlaceID(part, id string) string {
	switch {
	case part == "":
		return id
	case id == "":
		return part
	}
	return part + "_" + id
}

// elsewhere opens the words of a link that leads out of a document.
const elsewhere = `<span class="elsewhere">`

const svgNamespace = ` xmlns="http://www.w3.org/2000/svg"`

// Append writes the text in a form and returns the longer buffer.
func (t *Text) Append(buf []byte, f Form) []byte {
	at, lost := 0, false // lost: inside a link whose words alone stay
	name := ""           // of the file that comes next
	for _, m := range t.Marks {
		buf = append(buf, t.HTML[at:m.At]...)
		at = m.End
		was := t.HTML[m.At:m.End]
		switch {
		case m.Kind == Link && f.Link != nil:
			href, ok := f.Link(m.Text)
			if lost = !ok; lost {
				buf = append(buf, elsewhere...)
			} else {
				buf = append(appendEscaped(append(buf, `<a href="`...), href), `">`...)
			}
		case m.Kind == LinkEnd && lost:
			buf = append(buf, "</span>"...)
			lost = false
		case m.Kind == Place:
			buf = appendEscaped(buf, PlaceID(f.Part, m.Text))
		case m.Kind == Level:
			buf = append(buf, was[0]+byte(min(f.Deeper, int('6'-was[0]))))
		case m.Kind == Void && f.XML:
			buf = append(buf, '/')
		case m.Kind == Drawing && f.XML:
			buf = append(buf, svgNamespace...)
		case m.Kind == Medium:
			name = m.Text
		case m.Kind == Image && (f.Words || f.Picture != nil):
			buf = f.picture(buf, name, m.Text)
		case m.Kind == Video:
			buf = append(buf, f.Left...)
		case m.Kind == Player && f.Words:
		case m.Kind == Player && f.Sound != nil:
			if attrs, ok := f.Sound(name); ok {
				buf = appendPlayer(buf, attrs, m.Text)
			}
		default:
			buf = append(buf, was...)
		}
	}
	return append(buf, t.HTML[at:]...)
}

// picture writes a picture in a file.
func (f Form) picture(buf []byte, name, words string) []byte {
	if !f.Words {
		if attrs, ok := f.Picture(name); ok {
			buf = appendEscaped(append(append(append(buf, "<img"...), attrs...), ` alt="`...), words)
			if f.XML {
				return append(buf, `"/>`...)
			}
			return append(buf, `">`...)
		}
	}
	return append(appendEscaped(append(buf, "<span>"...), words), "</span>"...)
}

// Has reports whether something of a kind stands in the text.
func (t *Text) Has(kind MarkKind) bool {
	return slices.ContainsFunc(t.Marks, func(m Mark) bool { return m.Kind == kind })
}

// Videos are the names of the files of the videos that the text offers.
func (t *Text) Videos() (names []string) {
	for _, m := range t.Marks {
		if m.Kind == Video {
			names = append(names, m.Text)
		}
	}
	return names
}

// text returns what was written.
func (w *Writer) text() *Text {
	t := &Text{HTML: template.HTML(w.html), Marks: slices.Clone(w.marks)}
	var s Speech
	s.text.Grow(len(w.said) + len(w.said)/8) // with the dots between blocks
	for line := range bytes.SplitSeq(w.said, []byte{stopped}) {
		s.write(line)
		s.Stop()
	}
	t.Said = s.String()
	for _, title := range w.titles {
		t.Headings = append(t.Headings, w.spoken(title))
	}
	for _, p := range w.parts {
		t.Parts = append(t.Parts, Part{p.id, strings.TrimSpace(w.spoken(p.span))})
	}
	return t
}

// spoken returns a part of what was said as Speech has it.
func (w *Writer) spoken(part span) string {
	var s Speech
	s.write(w.said[part.from:part.to])
	return s.text.String()
}

// stopped stands for a stop in what the writer says.
const stopped = '\n'

// Speech is running text as results of a search show it: one space between
// words, a dot between blocks that no mark ends. Its zero value is empty.
type Speech struct{ text strings.Builder }

// Say adds running text.
func (s *Speech) Say(text string) { s.write([]byte(text)) }

func (s *Speech) write(text []byte) {
	from := 0
	for i, c := range text {
		if c > ' ' || c != ' ' && c != '\n' && c != '\t' || c == ' ' && i > from && i+1 < len(text) && text[i+1] > ' ' {
			continue // most are one of these
		}
		s.text.Write(text[from:i])
		s.space()
		from = i + 1
	}
	s.text.Write(text[from:])
}

func (s *Speech) space() {
	if text := s.text.String(); text != "" && text[len(text)-1] != ' ' {
		s.text.WriteByte(' ')
	}
}

// Stop ends a block: with a dot between, when no mark says that a sentence has
// ended.
func (s *Speech) Stop() {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s.text.String(), " "))
	s.space()
	if unicode.IsLetter(last) || unicode.IsDigit(last) || unicode.IsMark(last) || last == ')' {
		s.text.WriteString("· ")
	}
}

// String returns the text.
func (s *Speech) String() string { return strings.TrimRight(s.text.String(), " ·") }
