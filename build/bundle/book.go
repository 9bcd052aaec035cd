package bundle

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/epub"
	"fieldguide/build/markdown"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/site"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// chapter is a page of a book as a tree.
type chapter struct {
	family *site.Family
	words  *site.Language
	nodes  []*html.Node
}

// chapters hands what pages say to use, one after the other: trees are large.
// Links between them lead where link says; links to other pages of the site
// become addresses in the published site, or their words alone when it has none.
func (p *press) chapters(
	pages []*site.Family, link func(from, to *site.Family, fragment string) string, use func(*chapter) error,
) error {
	for _, f := range pages {
		_, words := f.In(p.site, p.lang)
		c := &chapter{family: f, words: words}
		var err error
		if c.nodes, err = p.main(f); err != nil {
			return err
		}
		c.relink(func(href string) (string, bool) {
			name, place, _ := strings.Cut(href, "#")
			target := f
			if name != "" {
				name = path.Join(path.Dir(f.File(p.lang)), name)
				below, _ := strings.CutPrefix(strings.TrimSuffix(name, ".html"), p.lang.Code+"/")
				target = p.site.Family(below)
			}
			switch {
			case target != nil && slices.Contains(pages, target):
				return link(f, target, place), true
			case p.site.URL != "":
				return strings.TrimSuffix(p.site.URL+name+"#"+place, "#"), true
			}
			return "", false
		})
		if err := use(c); err != nil {
			return err
		}
	}
	return nil
}

// main returns what a page says, as a tree that the caller may change.
func (p *press) main(f *site.Family) ([]*html.Node, error) {
	text := p.mains[f]
	if text == nil {
		var err error
		if text, err = p.render.Main(&p.w, f, p.lang, p.Body(f, p.lang)); err != nil {
			return nil, err
		}
		p.mains[f] = text
	}
	nodes, err := fragment(text)
	(&chapter{nodes: nodes}).plain()
	return nodes, err
}

func fragment(text []byte) ([]*html.Node, error) {
	return html.ParseFragment(bytes.NewReader(text), &html.Node{Type: html.ElementNode, Data: "main", DataAtom: atom.Main})
}

// each calls do for every element of the chapter.
func (c *chapter) each(do func(*html.Node)) {
	for _, top := range c.nodes {
		var list []*html.Node // do may move nodes
		if top.Type == html.ElementNode {
			list = append(list, top)
		}
		for n := range top.Descendants() {
			if n.Type == html.ElementNode {
				list = append(list, n)
			}
		}
		for _, n := range list {
			do(n)
		}
	}
}

// plain takes the drawings out of lists of pages: in a book they stand on the
// pages themselves. A picture that is a file of its own leaves its words.
func (c *chapter) plain() {
	c.each(func(n *html.Node) {
		if n.DataAtom == atom.Img {
			for _, a := range n.Attr {
				if a.Key == "alt" {
					n.AppendChild(&html.Node{Type: html.TextNode, Data: a.Val})
				}
			}
			n.Data, n.DataAtom, n.Attr = "span", atom.Span, nil
		}
		if n.Data == "svg" && n.Parent != nil && n.Parent.Parent != nil && hasClass(n.Parent.Parent, "entries") {
			n.Parent.RemoveChild(n)
		}
	})
}

func hasClass(n *html.Node, class string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
		return a.Key == "class" && slices.Contains(strings.Fields(a.Val), class)
	})
}

// relink gives the links within the site new addresses. A link that gets none
// leaves its words.
func (c *chapter) relink(to func(href string) (string, bool)) {
	c.each(func(n *html.Node) {
		if n.DataAtom != atom.A {
			return
		}
		for i, a := range n.Attr {
			if a.Key != "href" || isAbsolute(a.Val) {
				continue
			}
			if href, ok := to(a.Val); ok {
				n.Attr[i].Val = href
			} else {
				n.Data, n.DataAtom, n.Attr = "span", atom.Span, []html.Attribute{{Key: "class", Val: "elsewhere"}}
			}
			return
		}
	})
}

// isAbsolute reports whether an address has a scheme. No path of ours has a
// colon.
func isAbsolute(href string) bool { return strings.Contains(href, ":") }

// under makes the chapter a part of a larger document: its headings stand one
// level deeper, its ids begin with its own.
func (c *chapter) under(part string) {
	c.each(func(n *html.Node) {
		if deeper := map[string]string{"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}[n.Data]; deeper != "" {
			n.Data, n.DataAtom = deeper, atom.Lookup([]byte(deeper))
		}
		for i, a := range n.Attr {
			switch a.Key {
			case "id":
				n.Attr[i].Val = placeID(part, a.Val)
			case "aria-labelledby", "aria-describedby":
				n.Attr[i].Val = placeID(part, strings.Join(strings.Fields(a.Val), " "+part+"_"))
			}
		}
	})
}

// partID is the id of a page within a document of many. Names of pages have
// neither points nor underscores, so that no two ids are the same.
func partID(f *site.Family) string { return strings.ReplaceAll(f.Path, "/", ".") }

// placeID is the id of a place on a page within a document of many; that of
// the page when the place has none.
func placeID(part, id string) string {
	if id == "" {
		return part
	}
	return part + "_" + id
}

// html makes a unit one file, to send by phone or to print.
func (p *press) html(u *site.Unit) ([]byte, error) {
	within := func(_, to *site.Family, place string) string {
		return "#" + placeID(partID(to), place)
	}
	pages := p.pages(u)
	cover := p.cover(u, pages, "index")
	cover.Contents = p.contents(tree(pages), func(f *site.Family) render.Link {
		l := p.render.Entry("index", f, p.lang)
		l.Href = template.URL("#" + partID(f))
		return l
	})
	pages, cover.Exit = p.exit(pages)
	err := p.chapters(pages, within, func(c *chapter) error {
		c.under(partID(c.family))
		part := render.Part{ID: partID(c.family), Class: c.family.Kind.ID}
		if p.site.IsExit(c.family) {
			part.Class = "left"
		}
		if c.words != p.lang {
			part.Lang = c.words
		}
		var b bytes.Buffer
		for _, n := range c.nodes {
			if err := html.Render(&b, n); err != nil {
				return err
			}
		}
		// HTML needs no slash in its void elements, and text has no bare ">".
		part.Body = template.HTML(bytes.ReplaceAll(b.Bytes(), []byte("/>"), []byte(">")))
		cover.Parts = append(cover.Parts, part)
		return nil
	})
	if err != nil {
		return nil, err
	}
	data, err := p.render.Cover(&p.w, p.lang, "index", cover)
	if err != nil {
		return nil, err
	}
	p.weigh(u, data)
	return bytes.Clone(data), nil
}

// exit returns where the link to leave a bundle of one file leads, "" when none
// of its pages has one, and its pages with the one that covers them then: the
// file may lie where there is no other page to go to.
func (p *press) exit(pages []*site.Family) ([]*site.Family, template.URL) {
	page := p.site.Family(p.site.Exit.Page)
	switch {
	case !slices.ContainsFunc(pages, p.site.HasExit):
		return pages, ""
	case p.site.Exit.URL != "":
		return pages, template.URL(p.site.Exit.URL)
	case page == nil:
		return pages, ""
	case !slices.Contains(pages, page):
		pages = append(pages, page)
	}
	return pages, template.URL("#" + partID(page))
}

// weigh says so when a bundle of one file is too heavy to be sent.
func (b *Binder) weigh(u *site.Unit, data []byte) {
	for _, w := range []struct {
		what        string
		size, limit int
	}{{"file", len(data), b.site.Limits.File}, {"file-zipped", output.DeflatedSize(data), b.site.Limits.FileZipped}} {
		if w.limit > 0 && w.size > w.limit {
			b.mu.Lock()
			b.found = append(b.found, site.Finding{File: "content/site.yaml", Line: u.Line, Level: site.Error, Check: "bundles",
				Message: fmt.Sprintf("unit %q in one file has %d bytes, %d more than limits.%s", u.ID, w.size, w.size-w.limit, w.what), Hint: "make two units of it, or shorten its pages"})
			b.mu.Unlock()
		}
	}
}

// epub makes a unit a book for e-readers.
func (p *press) epub(u *site.Unit) ([]byte, error) {
	within := func(from, to *site.Family, place string) string {
		if from == to && place != "" {
			return "#" + place
		}
		return strings.TrimSuffix(content.Relative(from.Path, to.Path)+".xhtml#"+place, "#")
	}
	cover := p.cover(u, p.pages(u), "index")
	name := markdown.Plain(p.lang, cover.Title)
	first, err := p.render.Colophon(&p.w, p.lang, cover)
	if err != nil {
		return nil, err
	}
	b := &epub.Book{
		ID: p.site.Bundles.Name + "/" + p.lang.Code + "/" + u.ID, Title: name, Language: p.lang.Code, Dir: p.lang.Dir,
		Publisher: p.lang.Words.Title, Description: p.lang.Tagline, Rights: p.site.Licence.Name, Source: p.site.URL, Date: p.day,
		Style: p.render.BookStyle(p.lang), Contents: p.lang.Word("contents"), Start: p.lang.Word("begin"),
		Access: epub.Access{Summary: p.lang.Word("access-summary")},
	}
	colophon, err := fragment(first)
	if err != nil {
		return nil, err
	}
	title := &html.Node{Type: html.ElementNode, Data: "h1", DataAtom: atom.H1}
	title.AppendChild(&html.Node{Type: html.TextNode, Data: name})
	b.Chapters = append(b.Chapters, epub.Chapter{Name: "cover", Title: name, Level: 1, Lang: p.lang.Code, Dir: p.lang.Dir, Class: "cover",
		Body: epub.XHTML(append([]*html.Node{title}, colophon...))})
	levels := map[*site.Family]int{}
	var walk func([]*entry, int)
	walk = func(list []*entry, level int) {
		for _, e := range list {
			levels[e.family] = level
			walk(e.under, level+1)
		}
	}
	walk(tree(p.pages(u)), 1)
	err = p.chapters(p.pages(u), within, func(c *chapter) error {
		page, _ := c.family.In(p.site, p.lang)
		c.each(func(n *html.Node) {
			if n.Data == "span" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "role" && a.Val == "img" }) && n.FirstChild != nil && n.FirstChild.Data == "svg" {
				b.Access.Images = true
			}
		})
		b.Chapters = append(b.Chapters, epub.Chapter{Name: "text/" + c.family.Path, Title: markdown.Plain(c.words, page.Title), Level: levels[c.family], Lang: c.words.Code, Dir: c.words.Dir, Class: c.family.Kind.ID, Body: epub.XHTML(c.nodes)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = epub.Write(&out, b)
	return out.Bytes(), err
}
