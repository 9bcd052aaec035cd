package render

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"sync"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Renderer renders the pages of one site. It does not change after New and
// serves any number of workers.
type Renderer struct {
	site     *site.Site
	fsys     fs.FS
	layouts  map[string]*template.Template // by layout
	dress    map[wearer][]string           // names of their files, without those that all wear
	rules    map[string][]byte             // by file
	elements map[string][]string           // by file: elements that others of its name are for
	ruled    [256][]string                 // by first letter: those elements
	styles   sync.Map                      // by styleKey
	paid     []Paid
	nosy     bool
	drawings map[string]drawing // by path below static/, without .svg
	words    []map[string]template.HTML
	data     []map[string]markdown.Data // what data blocks show, by language
	once     sync.Map                   // sectionKey to section
	quick    sync.Map                   // layout to *quick
	parts    sync.Map                   // layoutPart that is drawn once to *quick
	root     []rootFile                 // what belongs to no language, once made
}

// Worker is the memory that one goroutine renders with. Its zero value is
// ready.
type Worker struct {
	markdown markdown.Writer
	page     paper
}

// paper is what pages are drawn on.
type paper []byte

// Write implements io.Writer.
func (p *paper) Write(text []byte) (int, error) {
	*p = append(*p, text...)
	return len(text), nil
}

// Page is a rendered page.
type Page struct {
	Name     string // in the output
	Language *site.Language
	HTML     []byte // valid until the worker renders another page
	Body     *Body  // the text of it
	Refs     Refs   // of the whole page, its text's included
	Style    *Style // in it
	Fallback bool   // the words are the source language's
}

// New prepares the layouts, styles and drawings below fsys, in layouts/ and
// static/. Findings name what is wrong with them; the error is the machine's.
func New(s *site.Site, fsys fs.FS) (*Renderer, []site.Finding, error) {
	r := &Renderer{site: s, fsys: fsys, layouts: map[string]*template.Template{}, rules: map[string][]byte{},
		elements: map[string][]string{}, dress: map[wearer][]string{}, drawings: map[string]drawing{}}
	var findings []site.Finding
	for _, step := range []func() ([]site.Finding, error){r.loadDrawings, r.loadStyles, r.loadLayouts} {
		found, err := step()
		findings = append(findings, found...)
		if err != nil {
			return nil, findings, err
		}
	}
	for _, lang := range s.Languages {
		words := make(map[string]template.HTML, len(s.Source.Text))
		for _, has := range []*site.Language{s.Source, lang} {
			for key := range has.Text {
				word, in := lang.Say("words", key)
				words[key] = markdown.In(lang, word, in)
			}
		}
		r.words = append(r.words, words)
	}
	if site.HasErrors(findings) {
		return nil, findings, nil
	}
	r.fsys = nil // all is read
	var bad *LayoutError
	if err := r.renderData(); errors.As(err, &bad) {
		return nil, append(findings, bad.Finding), nil
	}
	return r, findings, nil
}

// dataLayout is the layout whose parts of their name show data blocks.
const dataLayout = "page"

// renderData renders what data blocks show, once a language.
func (r *Renderer) renderData() error {
	for _, lang := range r.site.Languages {
		data := map[string]markdown.Data{}
		for _, block := range r.site.Blocks {
			if block.Data == "" {
				continue
			}
			var b bytes.Buffer
			v := &View{Frame: Frame{Language: lang, r: r, refs: &Refs{}}}
			if err := r.layouts[dataLayout].ExecuteTemplate(&b, block.Data, v); err != nil {
				return &LayoutError{layoutFinding("layouts/parts.html", err)}
			}
			data[block.Data] = markdown.Data{HTML: string(bytes.TrimSpace(b.Bytes())), Said: v.said(block.Data)}
		}
		r.data = append(r.data, data)
	}
	return nil
}

// Page renders a page in a language around its text.
func (r *Renderer) Page(w *Worker, f *site.Family, lang *site.Language, b *Body, in Setting) (Page, error) {
	v, err := r.view(f, lang, b, in)
	if err == nil {
		err = r.execute(w, f.Kind.Layout, v)
	}
	if err != nil {
		return Page{}, err
	}
	return Page{Name: f.File(lang), Language: lang, HTML: w.page, Body: b, Refs: *v.refs,
		Style: v.style, Fallback: b.Words != lang}, nil
}

// LayoutError is a layout that failed while it rendered a page: a finding
// about the site, not a failure of the machine.
type LayoutError struct{ Finding site.Finding }

// Error implements error.
func (e *LayoutError) Error() string { return e.Finding.String() }

// execute draws a page. html/template draws the first one of each layout.
func (r *Renderer) execute(w *Worker, layout string, v *View) error {
	w.page = w.page[:0]
	if q, seen := r.quick.Load(layout); seen {
		v.layout = r.layouts[layout]
		if q.(*quick).draw((*[]byte)(&w.page), "base", v) {
			return nil
		}
		w.page = w.page[:0]
	}
	err := r.write(&w.page, layout, "base", v)
	if err == nil {
		r.quick.LoadOrStore(layout, &quick{layout: v.layout})
	}
	return err
}

// write writes a part of a layout.
func (r *Renderer) write(to io.Writer, layout, part string, v *View) error {
	v.layout = r.layouts[layout]
	if v.layout == nil {
		return &LayoutError{missingLayout(layout)}
	}
	out := &tellingWriter{to: to}
	err := v.layout.ExecuteTemplate(out, part, v)
	switch {
	case out.err != nil:
		return out.err
	case err != nil:
		return &LayoutError{layoutFinding("layouts/"+layout+".html", err)}
	}
	return nil
}

// tellingWriter remembers that writing failed: not the layout, then, but the
// machine.
type tellingWriter struct {
	to  io.Writer
	err error
}

// Write implements io.Writer.
func (w *tellingWriter) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	if err != nil {
		w.err = err
	}
	return n, err
}
