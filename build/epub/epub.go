// Package epub writes publications in EPUB 3.3 whose bytes depend on nothing but what is put into them.
//
//	w, err := epub.NewWriter(file, &book)
//	err = w.Add(&chapter) // as often as there are chapters
//	err = w.Close()
//
// Chapters come one by one and are written as they come: of a large book only
// what its contents say of it is in memory.
package epub

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"fieldguide/build/pack"
)

// Book is a publication.
type Book struct {
	ID          string // unique for the publication, the same for all its editions; made a URN of it
	Title       string
	Language    string // BCP 47
	Dir         string // ltr or rtl: of the words, and of turning the pages
	Publisher   string
	Description string
	Rights      string
	Source      string    // where it is published; "" when unknown
	Date        time.Time // of the edition
	Style       []byte    // CSS
	Access      Access
	Contents    string // what readers call the table of contents
	Start       string // what they call its beginning
}

// Access is what the publication says of its accessibility, by the
// vocabulary of schema.org. It claims nothing that nobody has checked.
type Access struct {
	Summary string
	images  bool // some pictures have a meaning, and words that say it
	sounds  bool // some words are spoken too
}

// Chapter is one document of a publication.
type Chapter struct {
	Name    string // path in the publication, without .xhtml
	Title   string
	Level   int // in the table of contents, from 1
	Lang    string
	Dir     string
	Class   string
	Last    bool   // changes often: it lies behind the other chapters, whatever the reading order
	Body    []byte // XHTML that stands in the body
	Drawing bool   // an SVG stands in it
	Images  bool   // an SVG or a picture in it has a meaning, and words that say it
	Sounds  bool   // a sound in it has words that say it
}

// File is a picture or a sound that chapters show.
type File struct {
	Name  string // path in the publication
	Type  string // one of the core media types
	Cover bool   // it is the picture on the cover
}

// Writer writes a publication. Nothing may follow an error.
type Writer struct {
	book     *Book
	zip      *pack.Writer
	chapters []Chapter // without their bodies
	last     []last    // chapters that wait for the others
	files    []File
}

// last is a chapter that changes often.
type last struct {
	name   string
	packed pack.Packed
}

// NewWriter begins an EPUB container. It returns errors of w.
func NewWriter(w io.Writer, b *Book) (*Writer, error) {
	e := &Writer{book: b, zip: pack.NewWriter(w, pack.Edition(b.Date))}
	if err := e.zip.Add("mimetype", pack.Store([]byte("application/epub+zip"))); err != nil {
		return nil, err
	}
	return e, e.zip.Add("META-INF/container.xml", pack.Deflate([]byte(container)))
}

// MarkupError says that a chapter's body is not XML.
type MarkupError struct {
	Chapter string // its name
	Reason  error
}

// Error implements error.
func (e *MarkupError) Error() string {
	return fmt.Sprintf("chapter %s is not well-formed: %v", e.Chapter, e.Reason)
}

// Add writes the next chapter. It returns errors of the writer, and a
// *MarkupError for a body that is not well-formed.
func (w *Writer) Add(c *Chapter) error {
	if reason := wellFormed(c.Body); reason != nil {
		return &MarkupError{c.Name, reason}
	}
	name, text := folder+c.file(), w.book.chapter(c)
	var err error
	if c.Last {
		w.last = append(w.last, last{name, pack.DeflatePieces(text)})
	} else {
		err = w.zip.Add(name, pack.Deflate(text))
	}
	w.book.Access.images = w.book.Access.images || c.Images
	w.book.Access.sounds = w.book.Access.sounds || c.Sounds
	kept := *c
	kept.Body = nil
	w.chapters = append(w.chapters, kept)
	return err
}

// AddFile writes a picture or a sound. It returns errors of the writer.
func (w *Writer) AddFile(f File, data []byte) error {
	w.files = append(w.files, f)
	return w.zip.Add(folder+f.Name, pack.Store(data))
}

// Close writes what is known only now: the table of contents and the list of
// all documents. It returns errors of the writer.
func (w *Writer) Close() error {
	b := w.book
	err := errors.Join(
		w.zip.Add(folder+"nav.xhtml", pack.Deflate(b.nav(w.chapters))),
		w.zip.Add(folder+"style.css", pack.Deflate(b.Style)))
	if err != nil {
		return err
	}
	for _, c := range w.last { // beside the package document, which changes with them
		if err := w.zip.Add(c.name, c.packed); err != nil {
			return err
		}
	}
	// The id and this time name a release of a publication, so it moves with
	// every byte, those of the package document too.
	sum := w.zip.Sum()
	modified := pack.Time(b.Date, sha256.Sum256(append(sum[:], b.opf(w.chapters, w.files, b.Date)...)))
	if err := w.zip.Add(folder+"package.opf", pack.DeflatePieces(b.opf(w.chapters, w.files, modified))); err != nil {
		return err
	}
	return w.zip.Close()
}

const (
	folder    = "EPUB/"
	container = `<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`
)

// escaped is a path as an address wants it.
func escaped(name string) string { return (&url.URL{Path: name}).EscapedPath() }

func (c *Chapter) file() string { return c.Name + ".xhtml" }

// opf is the package document of a publication that was changed at a time.
func (b *Book) opf(chapters []Chapter, files []File, modified time.Time) []byte {
	x := &writer{}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n")
	x.open("package", "xmlns", "http://www.idpf.org/2007/opf", "version", "3.0", "unique-identifier", "id", "xml:lang", b.Language, "dir", b.Dir)
	x.open("metadata", "xmlns:dc", "http://purl.org/dc/elements/1.1/")
	x.meta("dcterms:modified", modified.Format("2006-01-02T15:04:05Z"))
	x.raw("\n") // the piece ends that changes with each byte of the book
	x.element("dc:identifier", urn(b.ID), "id", "id")
	x.element("dc:title", b.Title)
	x.element("dc:language", b.Language)
	x.optional("dc:publisher", b.Publisher)
	x.optional("dc:creator", b.Publisher)
	x.optional("dc:description", b.Description)
	x.optional("dc:rights", b.Rights)
	x.optional("dc:source", b.Source)
	x.element("dc:date", b.Date.Format(time.DateOnly))
	for _, m := range b.Access.statements() {
		x.meta(m[0], m[1])
	}
	x.shut("metadata")
	x.open("manifest")
	x.void("item", "id", "nav", "href", "nav.xhtml", "media-type", "application/xhtml+xml", "properties", "nav")
	x.void("item", "id", "style", "href", "style.css", "media-type", "text/css")
	for i := range chapters {
		attrs := []string{"id", fmt.Sprintf("c%d", i+1), "href", chapters[i].file(), "media-type", "application/xhtml+xml"}
		if chapters[i].Drawing {
			attrs = append(attrs, "properties", "svg")
		}
		x.void("item", attrs...)
	}
	for i, f := range files {
		attrs := []string{"id", fmt.Sprintf("f%d", i+1), "href", escaped(f.Name), "media-type", f.Type}
		if f.Cover {
			attrs = append(attrs, "properties", "cover-image")
		}
		x.void("item", attrs...)
	}
	x.shut("manifest")
	x.open("spine", "page-progression-direction", b.Dir)
	for i := range chapters {
		x.void("itemref", "idref", fmt.Sprintf("c%d", i+1))
		if i == 0 {
			x.void("itemref", "idref", "nav")
		}
	}
	x.shut("spine")
	x.shut("package")
	return x.Bytes()
}

// statements are the metadata of EPUB Accessibility 1.1. The texts are real
// text in reading order with one structure of headings; no conformance is
// claimed, because a claim wants a person who has checked the publication.
func (a Access) statements() [][2]string {
	list := [][2]string{{"schema:accessMode", "textual"}}
	if a.images {
		list = append(list, [2]string{"schema:accessMode", "visual"})
	}
	if a.sounds {
		list = append(list, [2]string{"schema:accessMode", "auditory"})
	}
	list = append(list, [2]string{"schema:accessModeSufficient", "textual"})
	for _, feature := range []string{"structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"} {
		list = append(list, [2]string{"schema:accessibilityFeature", feature})
	}
	if a.images {
		list = append(list, [2]string{"schema:accessibilityFeature", "alternativeText"})
	}
	if a.sounds {
		list = append(list, [2]string{"schema:accessibilityFeature", "transcript"})
	}
	return append(list, [2]string{"schema:accessibilityHazard", "none"}, [2]string{"schema:accessibilitySummary", a.Summary})
}

// nav is the navigation document: the table of contents and the landmarks.
func (b *Book) nav(chapters []Chapter) []byte {
	x := b.document(b.Contents, b.Language, b.Dir, "nav", "")
	x.open("nav", "epub:type", "toc", "id", "toc", "role", "doc-toc")
	x.element("h1", b.Contents)
	level := 0
	for _, c := range chapters {
		switch at := min(max(c.Level, 1), level+1); {
		case at > level:
			x.open("ol")
		default:
			x.shut("li")
			for ; level > at; level-- {
				x.shut("ol")
				x.shut("li")
			}
			level = at - 1
		}
		level++
		x.open("li")
		attrs := []string{"href", c.file()}
		if c.Lang != b.Language {
			attrs = append(attrs, "lang", c.Lang, "xml:lang", c.Lang, "dir", c.Dir)
		}
		x.element("a", c.Title, attrs...)
	}
	for ; level > 0; level-- {
		x.shut("li")
		x.shut("ol")
	}
	x.shut("nav")
	x.open("nav", "epub:type", "landmarks", "hidden", "")
	x.element("h2", b.Start)
	x.open("ol")
	x.raw("<li>")
	x.element("a", b.Contents, "epub:type", "toc", "href", "nav.xhtml#toc")
	x.raw("</li>\n<li>")
	x.element("a", b.Start, "epub:type", "bodymatter", "href", chapters[0].file())
	x.raw("</li>\n")
	x.shut("ol")
	x.shut("nav")
	return x.end()
}

// chapter is one document of the text.
func (b *Book) chapter(c *Chapter) []byte {
	x := b.document(c.Title, c.Lang, c.Dir, c.Class, strings.Repeat("../", strings.Count(c.Name, "/")))
	x.Write(c.Body)
	return x.end()
}

// document begins an XHTML document, up to its body. up leads from it to the
// folder of the publication.
func (b *Book) document(title, lang, dir, class, up string) *writer {
	x := &writer{}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n<!DOCTYPE html>\n")
	x.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "xmlns:epub", "http://www.idpf.org/2007/ops", "lang", lang, "xml:lang", lang, "dir", dir)
	x.open("head")
	x.element("title", title)
	x.void("link", "rel", "stylesheet", "type", "text/css", "href", up+"style.css")
	x.shut("head")
	x.open("body", "class", class)
	return x
}

// end closes a document and returns it.
func (x *writer) end() []byte {
	x.raw("\n</body>\n</html>\n")
	return x.Bytes()
}

// writer writes XML.
type writer struct{ bytes.Buffer }

func (x *writer) raw(parts ...string) {
	for _, s := range parts {
		x.WriteString(s)
	}
}

func (x *writer) open(name string, attrs ...string) { x.tag(name, ">\n", attrs) }

func (x *writer) void(name string, attrs ...string) { x.tag(name, "/>\n", attrs) }

func (x *writer) shut(name string) { x.raw("</", name, ">\n") }

func (x *writer) element(name, text string, attrs ...string) {
	x.tag(name, ">", attrs)
	x.escape(text)
	x.raw("</", name, ">\n")
}

func (x *writer) optional(name, text string) {
	if text != "" {
		x.element(name, text)
	}
}

func (x *writer) meta(property, text string) { x.element("meta", text, "property", property) }

func (x *writer) tag(name, end string, attrs []string) {
	x.raw("<", name)
	for i := 0; i+1 < len(attrs); i += 2 {
		x.attr(attrs[i], attrs[i+1])
	}
	x.raw(end)
}

func (x *writer) attr(name, value string) {
	x.raw(" ", name, `="`)
	x.escape(value)
	x.raw(`"`)
}
