package render

import (
	"bytes"
	"html/template"
	"io"
	"iter"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Pages to take away: what bundles are made of, beside the pages themselves.

// Cover is what the first page of a bundle says.
type Cover struct {
	Title    string // what the bundle holds
	Contents []Content
	Parts    iter.Seq[Part] // the pages themselves, in a bundle of one file
	Paper    bool           // to be printed on A4 and thrown away: without a policy
	Exit     template.URL   // where its link to leave leads; "" for no link
}

// Covers reports whether the link to leave a bundle of one file leads to a
// place in it, which covers the rest.
func (c *Cover) Covers() bool { return strings.HasPrefix(string(c.Exit), "#") }

// Content is a line of a table of contents, with those below it.
type Content struct {
	Link
	Under []Content
}

// Part is one page among others in one file.
type Part struct {
	ID    string
	Class string
	Code  string         // by which readers name it, "" for the page that one leaves to
	Lang  *site.Language // set when the words are not in the language of the file
	Body  template.HTML
}

// Kinds of page that no content file has: their layouts, and their styles.
const (
	coverKind = "cover" // the first page of a bundle
	awayKind  = "away"  // stands for a page that a bundle does not hold
	bookKind  = "book"  // all pages of a bundle in one file
)

// Cover renders the first page of a bundle, to stand at path below the root.
func (r *Renderer) Cover(w *Worker, lang *site.Language, path string, c *Cover) ([]byte, error) {
	v := r.lone(&site.Family{Path: path}, lang, coverKind, markdown.Plain(lang, c.Title))
	v.Name, v.Cover = markdown.HTML(lang, c.Title), c
	err := r.execute(w, coverKind, v)
	return w.page, err
}

// OneFile writes a whole bundle as one page, as its parts come.
func (r *Renderer) OneFile(to io.Writer, lang *site.Language, c *Cover) error {
	v := r.lone(&site.Family{Path: "index"}, lang, bookKind, markdown.Plain(lang, c.Title))
	v.Name, v.Cover = markdown.HTML(lang, c.Title), c
	if c.Paper {
		v.policy = ""
		v.Style += "<style>@page{size:A4}</style>"
	}
	return r.write(to, bookKind, "base", v)
}

// Away renders what a bundle shows in place of a page that it does not hold.
func (r *Renderer) Away(w *Worker, f *site.Family, lang *site.Language) ([]byte, error) {
	p, words := f.In(r.site, lang)
	v := r.lone(f, lang, awayKind, markdown.Plain(words, p.Title))
	v.Words, v.Name = words, markdown.HTML(words, p.Title)
	err := r.execute(w, awayKind, v)
	return w.page, err
}

func (r *Renderer) lone(f *site.Family, lang *site.Language, kind, title string) *View {
	s := r.styleOf(wearer{kind: kind}, lang, nil)
	return &View{Frame: Frame{Language: lang, Setting: Setting{Copy: true}, r: r, from: f.Path, refs: &Refs{}}, Words: lang, Family: f,
		Title: title, Style: s.Element, policy: policy(s, nil, Setting{})}
}

// Main is what a page says in a book.
type Main struct {
	HTML    []byte // valid until the worker renders another page
	Drawing bool   // an SVG stands in it
	Images  bool   // one that has a meaning, or a picture, and words that say it
	Sounds  bool   // a sound, and words that say it
}

// statePart says where the words of a page come from, when that must be said.
// Layouts may do without it.
const statePart = "state"

// Main renders what a page says in a book, without the frame around it: the
// same words as Page in a copy.
func (r *Renderer) Main(w *Worker, f *site.Family, lang *site.Language, b *Body, book *Book) (Main, error) {
	v, err := r.view(f, lang, b, Setting{Copy: true, Book: book})
	if err != nil {
		return Main{}, err
	}
	w.page = w.page[:0]
	if l := r.layouts[f.Kind.Layout]; l != nil && l.Lookup(statePart) != nil {
		if err = r.write(&w.page, f.Kind.Layout, statePart, v); err != nil {
			return Main{}, err
		}
	}
	err = r.write(&w.page, f.Kind.Layout, "main", v)
	drawn := b.Has(markdown.Drawing)
	return Main{HTML: w.page, Drawing: drawn || v.refs.drawing,
		Images: drawn || book.Picture != nil && b.Has(markdown.Image),
		Sounds: book.Sound != nil && b.Has(markdown.Player)}, err
}

// Colophon renders what every bundle says of itself: its edition, its date,
// where there may be a newer one, and under which terms it may be passed on.
func (r *Renderer) Colophon(w *Worker, lang *site.Language, c *Cover) ([]byte, error) {
	v := r.lone(&site.Family{Path: "index"}, lang, coverKind, "")
	v.Cover, v.Book = c, &Book{XML: true}
	w.page = w.page[:0]
	err := r.write(&w.page, dataLayout, "taken", v)
	return bytes.Clone(w.page), err
}

// BookStyle returns the style of a book for e-readers in a language.
func (r *Renderer) BookStyle(lang *site.Language) []byte {
	return r.styleOf(wearer{kind: epubStyle}, lang, nil).CSS
}

// Entry returns the line of a table of contents for a page, as the page at
// path shows it.
func (r *Renderer) Entry(path string, f *site.Family, lang *site.Language) Link {
	l := (&Frame{Language: lang, r: r, refs: &Refs{}}).link(f, true)
	l.Href = template.URL(content.Relative(path, lang.Code+"/"+f.Path) + ".html")
	return l
}

// Newer returns the address where a newer edition may be found, "" for none.
func (v *View) Newer() template.URL { return template.URL(v.r.site.URL) }

// Online returns the address of the page in the published site, "" for none.
func (v *View) Online() template.URL {
	if v.r.site.URL == "" {
		return ""
	}
	return template.URL(v.r.site.URL + v.Family.File(v.Language))
}

// Begin returns the address of the first page of a bundle, seen from this one.
func (v *View) Begin() template.URL {
	return v.file("index.html")
}
