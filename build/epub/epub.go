// Package epub writes publications in EPUB 3.3 that depend on nothing but
// what is put into them.
//
// Texts come as trees of HTML and leave as XHTML through one serialiser, so
// that no publication is put together from pieces of markup.
package epub

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"fieldguide/build/output"
	"fieldguide/build/zipfile"
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
	Chapters    []Chapter
}

// Access is what the publication says of its accessibility, by the
// vocabulary of schema.org. It claims nothing that nobody has checked.
type Access struct {
	Summary string
	Images  bool // some drawings have a meaning, and words that say it
}

// Chapter is one document of a publication.
type Chapter struct {
	Name  string // path in the publication, without .xhtml
	Title string
	Level int // in the table of contents, from 1
	Lang  string
	Dir   string
	Class string
	Body  Text
}

// Write writes the publication as an EPUB container. It returns errors of w.
func Write(w io.Writer, b *Book) error {
	files := []zipfile.File{
		{Name: "mimetype", Packed: zipfile.Store([]byte("application/epub+zip"))},
		{Name: "META-INF/container.xml", Packed: zipfile.Deflate([]byte(container))},
		{Name: folder + "package.opf", Packed: zipfile.Store(b.opf(b.Date))},
		{Name: folder + "nav.xhtml", Packed: zipfile.Deflate(b.nav())},
		{Name: folder + "style.css", Packed: zipfile.Deflate(b.Style)},
	}
	for i := range b.Chapters {
		files = append(files, zipfile.File{Name: folder + b.Chapters[i].file(), Packed: zipfile.Deflate(b.chapter(&b.Chapters[i]))})
	}
	// Its id and this time name a release of a publication, so this must move with the bytes too.
	modified := output.Time(b.Date, zipfile.Sum(files))
	files[2].Packed = zipfile.Deflate(b.opf(modified))
	return zipfile.Write(w, b.Date, files)
}

const (
	folder    = "EPUB/"
	container = `<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`
)

func (c *Chapter) file() string { return c.Name + ".xhtml" }

// opf is the package document of a publication that was changed at a time.
func (b *Book) opf(modified time.Time) []byte {
	x := &writer{}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n")
	x.open("package", "xmlns", "http://www.idpf.org/2007/opf", "version", "3.0", "unique-identifier", "id", "xml:lang", b.Language, "dir", b.Dir)
	x.open("metadata", "xmlns:dc", "http://purl.org/dc/elements/1.1/")
	x.element("dc:identifier", urn(b.ID), "id", "id")
	x.element("dc:title", b.Title)
	x.element("dc:language", b.Language)
	x.optional("dc:publisher", b.Publisher)
	x.optional("dc:creator", b.Publisher)
	x.optional("dc:description", b.Description)
	x.optional("dc:rights", b.Rights)
	x.optional("dc:source", b.Source)
	x.element("dc:date", b.Date.Format(time.DateOnly))
	x.meta("dcterms:modified", modified.Format("2006-01-02T15:04:05Z"))
	for _, m := range b.Access.statements() {
		x.meta(m[0], m[1])
	}
	x.shut("metadata")
	x.open("manifest")
	x.void("item", "id", "nav", "href", "nav.xhtml", "media-type", "application/xhtml+xml", "properties", "nav")
	x.void("item", "id", "style", "href", "style.css", "media-type", "text/css")
	for i := range b.Chapters {
		attrs := []string{"id", fmt.Sprintf("c%d", i+1), "href", b.Chapters[i].file(), "media-type", "application/xhtml+xml"}
		if b.Chapters[i].Body.drawing {
			attrs = append(attrs, "properties", "svg")
		}
		x.void("item", attrs...)
	}
	x.shut("manifest")
	x.open("spine", "page-progression-direction", b.Dir)
	for i := range b.Chapters {
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
	if a.Images {
		list = append(list, [2]string{"schema:accessMode", "visual"})
	}
	list = append(list, [2]string{"schema:accessModeSufficient", "textual"})
	for _, feature := range []string{"structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"} {
		list = append(list, [2]string{"schema:accessibilityFeature", feature})
	}
	if a.Images {
		list = append(list, [2]string{"schema:accessibilityFeature", "alternativeText"})
	}
	return append(list, [2]string{"schema:accessibilityHazard", "none"}, [2]string{"schema:accessibilitySummary", a.Summary})
}

// nav is the navigation document: the table of contents and the landmarks.
func (b *Book) nav() []byte {
	x := b.document(b.Contents, b.Language, b.Dir, "nav", "")
	x.open("nav", "epub:type", "toc", "id", "toc", "role", "doc-toc")
	x.element("h1", b.Contents)
	level := 0
	for _, c := range b.Chapters {
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
	x.element("a", b.Start, "epub:type", "bodymatter", "href", b.Chapters[0].file())
	x.raw("</li>\n")
	x.shut("ol")
	x.shut("nav")
	return x.end()
}

// chapter is one document of the text.
func (b *Book) chapter(c *Chapter) []byte {
	x := b.document(c.Title, c.Lang, c.Dir, c.Class, strings.Repeat("../", strings.Count(c.Name, "/")))
	x.Write(c.Body.xhtml)
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
