// Package render makes pages: *site.Site, parsed texts and layouts in, HTML
// files out.
//
// Layouts place things, this package decides things: a layout receives a View
// whose values are ready, relative addresses and typeset words included.
// layouts/base.html is the frame of every page; each kind of page names a
// layout that fills its "main". static/style/ holds the rules, which are put
// into the page itself so that one request shows it; static/drawings/ holds
// the drawings, which are put in too.
//
//	r, findings, err := render.New(s, fsys)
//	r.Family(worker, texts, emit) // six pages
//	r.Root(emit)                  // language chooser, 404, files of static/
package render

import (
	"bytes"
	"errors"
	"html/template"
	"io/fs"
	"slices"
	"sync"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Renderer renders the pages of one site. It does not change after New and
// serves any number of workers.
type Renderer struct {
	site     *site.Site
	fsys     fs.FS
	layouts  map[string]*template.Template // by layout
	styles   map[styleKey]*style
	drawings map[string]template.HTML // by path below static/, without .svg
	words    []map[string]template.HTML
	data     []map[string]string // HTML of data blocks, by language
	once     sync.Map            // partKey to template.HTML
}

// Worker is the memory that one goroutine renders with. Its zero value is
// ready.
type Worker struct {
	markdown markdown.Writer
	page     bytes.Buffer
}

// Page is a rendered page.
type Page struct {
	Name     string // in the output
	Language *site.Language
	HTML     []byte // valid until the next page is rendered
	Body     *Body  // the text of it; nil where it has several
	Style    int    // bytes of style in it
	Fallback bool   // the words are the source language's
}

// New prepares the layouts, styles and drawings below fsys, in layouts/ and
// static/. Findings name what is wrong with them; the error is the machine's.
func New(s *site.Site, fsys fs.FS) (*Renderer, []site.Finding, error) {
	r := &Renderer{site: s, fsys: fsys, layouts: map[string]*template.Template{}, styles: map[styleKey]*style{}, drawings: map[string]template.HTML{}}
	var findings []site.Finding
	for _, step := range []func() ([]site.Finding, error){r.loadDrawings, r.loadStyles, r.loadLayouts} {
		found, err := step()
		findings = append(findings, found...)
		if err != nil {
			return nil, findings, err
		}
	}
	for _, lang := range s.Languages {
		words := make(map[string]template.HTML, len(lang.Text))
		for key, word := range lang.Text {
			words[key] = markdown.HTML(lang, word)
		}
		r.words = append(r.words, words)
	}
	if slices.ContainsFunc(findings, unusable) {
		return nil, findings, nil
	}
	var bad *LayoutError
	if err := r.renderData(); errors.As(err, &bad) {
		return nil, append(findings, bad.Finding), nil
	}
	return r, findings, nil
}

// unusable reports whether a finding keeps pages from being rendered. A style
// that is too heavy does not: writers see all findings at once.
func unusable(f site.Finding) bool { return f.Level == site.Error && f.Check != "budget" }

// dataLayout is the layout whose parts of their name show data blocks.
const dataLayout = "page"

// renderData renders what data blocks show, once a language.
func (r *Renderer) renderData() error {
	for _, lang := range r.site.Languages {
		data := map[string]string{}
		for _, block := range r.site.Blocks {
			if block.Data == "" {
				continue
			}
			var b bytes.Buffer
			if err := r.layouts[dataLayout].ExecuteTemplate(&b, block.Data, &View{Language: lang, r: r}); err != nil {
				return &LayoutError{layoutFinding("layouts/parts.html", err)}
			}
			data[block.Data] = string(bytes.TrimSpace(b.Bytes()))
		}
		r.data = append(r.data, data)
	}
	return nil
}

// Family renders a page in every language of the site and hands each to emit.
// Languages without a translation show the source page.
func (r *Renderer) Family(w *Worker, t *content.Texts, emit func(Page) error) error {
	var source *Body
	for _, lang := range r.site.Languages {
		_, words := t.In(r.site, lang)
		b := source
		if words != r.site.Source || source == nil {
			var err error
			if b, err = r.body(w, t, words); err != nil {
				return err
			}
		}
		if words == r.site.Source {
			source = b
		}
		page, err := r.Page(w, t.Family, lang, b, Setting{})
		if err == nil {
			err = emit(page)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Setting is where a page will stand.
type Setting struct {
	Copy      bool       // in a copy of one language, to take away
	Downloads []Download // what the page offers to take away
}

// Page renders a page in a language around its text.
func (r *Renderer) Page(w *Worker, f *site.Family, lang *site.Language, b *Body, in Setting) (Page, error) {
	v := r.view(f, lang, b, in)
	if err := r.execute(w, f.Kind.Layout, v); err != nil {
		return Page{}, err
	}
	return Page{Name: f.File(lang), Language: lang, HTML: w.page.Bytes(), Body: b, Style: len(v.Style), Fallback: b.Words != lang}, nil
}

// Body is a page's Markdown as HTML. It is the same in all languages that
// fall back to it, because links within the site are relative.
type Body struct {
	HTML   template.HTML
	Words  *site.Language // that it is written in
	linked map[*site.Family]bool
}

func (r *Renderer) body(w *Worker, t *content.Texts, lang *site.Language) (*Body, error) {
	b := &Body{Words: lang, linked: map[*site.Family]bool{}}
	var cited sources
	html := w.markdown.Page(t.Docs[lang.Index], markdown.Options{
		Language: lang,
		Blocks:   r.site.Blocks,
		IDs:      t.IDs,
		Data:     r.data[lang.Index],
		Link: func(dest string) string {
			target := content.Resolve(r.site, t.Family, dest)
			if target.Family != nil {
				b.linked[target.Family] = true
			}
			cited.add(target)
			return r.address(t.Family, target)
		},
		Drawing: func(dest string) []byte { return []byte(r.drawings[drawingName(dest)]) },
	})
	list, err := r.sources(lang, cited)
	b.HTML = template.HTML(html) + list
	return b, err
}

// address returns what a link of a page in family f to a target is written
// as in HTML, "" when it leads nowhere.
func (r *Renderer) address(f *site.Family, t content.Target) string {
	href := t.URL
	switch {
	case t.Family == f && t.Fragment != "":
		return "#" + t.Fragment
	case t.Family != nil:
		href = content.Relative(f.Path, t.Family.Path) + ".html"
	case t.Static != "":
		href = content.Relative("language/"+f.Path, t.Static)
	}
	if t.Fragment != "" {
		href += "#" + t.Fragment
	}
	return href
}

// LayoutError is a layout that failed while it rendered a page: a finding
// about the site, not a failure of the machine.
type LayoutError struct{ Finding site.Finding }

// Error implements error.
func (e *LayoutError) Error() string { return e.Finding.String() }

func (r *Renderer) execute(w *Worker, layout string, v *View) error {
	w.page.Reset()
	v.layout = r.layouts[layout]
	if v.layout == nil {
		return &LayoutError{missingLayout(layout)}
	}
	if err := v.layout.ExecuteTemplate(&w.page, "base", v); err != nil {
		return &LayoutError{layoutFinding("layouts/"+layout+".html", err)}
	}
	return nil
}
