package build

import (
	"io/fs"

	"fieldguide/build/check"
	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/search"
	"fieldguide/build/site"
)

// Product is what one family comes to: a value, which pushes nothing anywhere.
type Product struct {
	Text
	Frame

	stray bool // its texts are not those of the files that were looked at
}

// Text is a family's own part. It depends on its texts, and on the settings
// that bear on them.
type Text struct {
	Bodies   []*render.Body  // what it says, by language; nil where it has no page
	Docs     [][]*search.Doc // what it puts into the index, by language
	Facts    *check.Facts    // its links and places, for check.Links
	Findings []site.Finding

	states []Translation // how its translations stand, by language
}

// Frame is what stands around a text: finished pages, which show words of
// other families too.
type Frame struct {
	Pages    []render.Page // one a language
	Findings []site.Finding

	html  [][]byte      // memory of the pages
	files []output.File // the pages, where they are kept
	bring bringFunc     // brings the bytes of the pages that are kept
}

// maker makes products. It belongs to one goroutine.
type maker struct {
	fsys   fs.FS
	kept   *kept
	want   wants // of kept texts
	site   *site.Site
	render *render.Renderer
	index  *search.Index
	media  *gallery
	memory render.Worker
	check  *check.Checker
	has    func(output.File) bool    // the target has a page already
	whole  func(f *site.Family) bool // the pages of a family are wanted even so
}

// product works out what a family comes to. Errors are the machine's.
func (m *maker) product(f *site.Family, p *Product) (err error) {
	key := m.kept.textKey(f)
	framed := m.kept.frame(key, f, &p.Frame, m.has, m.whole(f))
	want := m.want
	want.bodies = want.bodies || !framed
	var known bool
	p.stray = false
	if p.Text, known = m.kept.text(key, want); !known {
		var looked bool
		if p.Text, looked, err = m.text(f); err != nil {
			return err
		}
		if p.stray = !looked; looked {
			m.kept.keepText(key, &p.Text)
		}
	}
	if framed {
		return nil
	}
	if err = m.frame(f, &p.Text, &p.Frame); err == nil && !p.stray && len(p.Pages) == len(m.site.Languages) {
		m.kept.keepFrame(key, &p.Frame)
	}
	return err
}

// text reads, checks and writes what the family itself says, and reports whether
// it is that of the files that were looked at: nobody changed them meanwhile.
func (m *maker) text(f *site.Family) (t Text, looked bool, err error) {
	texts, findings, err := content.Read(m.fsys, m.site, f)
	if err != nil {
		return t, false, err
	}
	looked = m.kept.store == nil || m.kept.looked(f, texts)
	texts.Media = m.media.media
	n := len(m.site.Languages)
	t = Text{Findings: findings, Bodies: make([]*render.Body, n), Docs: make([][]*search.Doc, n)}
	if m.check == nil {
		m.check = check.New(m.site)
	}
	found, facts := m.check.Family(texts)
	t.states = statesOf(m.site, texts)
	t.Facts, t.Findings = facts, append(t.Findings, found...)
	for i, lang := range m.site.Languages {
		if texts.Docs[i] == nil {
			t.Docs[i] = m.index.Docs(f, lang, nil)
			continue
		}
		t.Bodies[i] = m.render.Body(&m.memory, texts, lang)
		t.Docs[i] = m.index.Docs(f, lang, t.Bodies[i].Text)
	}
	return t, looked && !m.media.strayed(), m.media.failed()
}

// frame renders the family's pages in every language of the site. Those
// without a text of their own show the source page's.
func (m *maker) frame(f *site.Family, t *Text, to *Frame) error {
	if to.html == nil {
		to.html = make([][]byte, len(m.site.Languages))
	}
	to.Pages, to.Findings, to.files = to.Pages[:0], nil, to.files[:0]
	for i, lang := range m.site.Languages {
		body := t.Bodies[i]
		if body == nil {
			body = t.Bodies[m.site.Source.Index]
		}
		page, err := m.render.Page(&m.memory, f, lang, body, render.Setting{})
		if err != nil {
			found, err := layoutFindings(err)
			to.Findings = append(to.Findings, found...)
			return err
		}
		to.html[i] = append(to.html[i][:0], page.HTML...)
		page.HTML = to.html[i]
		to.Pages = append(to.Pages, page)
		to.Findings = append(to.Findings, finished(m.site, f, page)...)
	}
	return nil
}

// finished checks a finished page in its own language's words.
func finished(s *site.Site, f *site.Family, p render.Page) []site.Finding {
	if p.Fallback {
		return nil
	}
	page := check.Page{Source: f.Pages[p.Language.Index].File, Name: p.Name, HTML: p.HTML, Text: len(p.Body.HTML), Style: []byte(p.Style.Element),
		Links: len(p.Refs.Families)+len(p.Refs.Static) > 0 || p.Body.Has(markdown.Link)}
	return append(check.Budget(s, page), check.Exit(s, f, page)...)
}
