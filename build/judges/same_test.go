package judges

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/bundle"
	"fieldguide/build/site"
	"fieldguide/build/zim"

	"golang.org/x/net/html"
)

// By design a page in the site says more than where it was taken away: that it
// is not yet translated, what there is to take away, itself as one file too, and
// and what a book says once or has no room for: ages, pages for adults, letters to
// jump to. There a part ends with the way back.
var onSite = []string{"fallback", "downloads", "find", "adults", "ages", "letters", "back"}

// Every page says the same in the site, in ZIP, one-file HTML, EPUB and ZIM,
// and every bundle has all pages that it promises.
func TestSameText(t *testing.T) {
	g, c := the(t), collect(t)
	texts := map[string]string{}
	for _, p := range g.pages {
		texts[p.name] = said(find(p.root, "main"))
	}
	compared := map[string]int{}
	for _, m := range g.bundles {
		pages, err := g.open(m)
		if err != nil {
			t.Errorf("%s: %v", m.File, err)
			continue
		}
		k := &taken{Made: m, unit: g.unit(m)}
		for _, lang := range g.Languages {
			for _, f := range g.Families {
				if (m.Language == nil || m.Language == lang) && k.holds(f) && pages[f.File(lang)] == nil {
					c.add(m.File, "a page is missing", f.File(lang))
				}
			}
		}
		for file, root := range pages {
			text, want := said(root), texts[file]
			if text != want {
				c.add(m.File, "a page says something else than in the site", file+": "+difference(want, text))
			}
			compared[m.Format]++
		}
	}
	t.Logf("pages compared: %v", compared)
	for _, format := range bundle.Steady() {
		if compared[format.Name] < len(g.Families) {
			t.Errorf("%s: only %s compared: this test is blind", format.Name, plural(compared[format.Name], "page"))
		}
	}
}

// Another word, an open answer that is gone, a drawing with other words: each
// is seen.
func TestSameTextSees(t *testing.T) {
	const page = `<main><p class="fallback">In English</p><h1>Ask</h1><p>Say <b>no</b></p><svg role="img" aria-label="a kite"></svg></main>`
	parse := func(s string) string {
		root, err := html.Parse(strings.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		return said(find(root, "main"))
	}
	if got, want := parse(page), "AskSay no [a kite]"; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
	for _, change := range [][2]string{{"no", "not"}, {"<p>Say <b>no</b></p>", ""}, {"a kite", "a goat"}} {
		if parse(strings.Replace(page, change[0], change[1], 1)) == parse(page) {
			t.Errorf("nothing is said of %q in place of %q", change[1], change[0])
		}
	}
}

// said returns what a part of a document says: its text, and in brackets what
// stands for drawings.
func said(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n == nil || n.Type == html.ElementNode && slices.Contains(onSite, attr(n, "class")) {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode {
			if attr(n, "role") == "img" || n.Data == "img" {
				fmt.Fprintf(&b, " [%s%s] ", attr(n, "alt"), attr(n, "aria-label"))
			}
		}
		for child := range n.ChildNodes() {
			walk(child)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// difference shows where a text begins to differ from another.
func difference(want, got string) string {
	i := 0
	a, b := []rune(want), []rune(got)
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-20)
	return fmt.Sprintf("%q instead of %q", string(b[from:min(len(b), i+60)]), string(a[from:min(len(a), i+60)]))
}

// open returns what the pages in a bundle say, each by its name in the site.
func (g *guide) open(m bundle.Made) (map[string]*html.Node, error) {
	switch m.Format {
	case "zip":
		return g.openZIP(m)
	case "zim":
		return g.openZIM(m)
	case "html":
		return g.openHTML(m)
	case "epub":
		return g.openEPUB(m)
	}
	return nil, fmt.Errorf("nobody reads this format")
}

func (g *guide) openZIP(m bundle.Made) (map[string]*html.Node, error) {
	archive, err := zip.OpenReader(g.on(m))
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	pages := map[string]*html.Node{}
	for _, f := range archive.File {
		data, err := fs.ReadFile(archive, f.Name)
		if err == nil {
			err = g.take(pages, f.Name, string(data), "main")
		}
		if err != nil {
			return nil, err
		}
	}
	return pages, nil
}

func (g *guide) openZIM(m bundle.Made) (map[string]*html.Node, error) {
	data, err := os.ReadFile(g.on(m))
	if err != nil {
		return nil, err
	}
	_, entries, err := zim.Read(data)
	pages := map[string]*html.Node{}
	for _, e := range entries {
		if err == nil && e.Redirect == "" {
			err = g.take(pages, e.Path, string(e.Content), "main")
		}
	}
	return pages, err
}

func (g *guide) openEPUB(m bundle.Made) (map[string]*html.Node, error) {
	archive, err := zip.OpenReader(g.on(m))
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	pages := map[string]*html.Node{}
	for _, f := range archive.File {
		below, isText := strings.CutSuffix(strings.TrimPrefix(f.Name, "EPUB/text/"), ".xhtml")
		if !isText {
			continue
		}
		data, err := fs.ReadFile(archive, f.Name)
		if err == nil {
			err = g.take(pages, m.Language.Code+"/"+below+".html", string(data), "body")
		}
		if err != nil {
			return nil, err
		}
	}
	return pages, nil
}

func (g *guide) openHTML(m bundle.Made) (map[string]*html.Node, error) {
	data, err := os.ReadFile(g.on(m))
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(string(data)))
	if err != nil {
		return nil, err
	}
	pages := map[string]*html.Node{}
	for _, article := range elements(root, "article") {
		f := g.part(m, attr(article, "id"))
		if f == nil {
			return nil, fmt.Errorf("no page has the id %q", attr(article, "id"))
		}
		pages[f.File(m.Language)] = article
	}
	return pages, nil
}

// part returns the page with an id in a bundle of many: the end of its path, which no
// other page there has. Those that the unit holds come first, then help and what it
// holds besides.
func (g *guide) part(m bundle.Made, id string) *site.Family {
	unit := g.Bundles.Units[slices.IndexFunc(g.Bundles.Units, func(u site.Unit) bool { return u.ID == m.Unit })]
	beside := func(f *site.Family) bool {
		return slices.Contains(unit.With, f.Path) || slices.ContainsFunc(g.Families, func(o *site.Family) bool {
			return unit.Holds(o) && g.HelpFor(o) == f.Path
		})
	}
	for _, among := range []func(*site.Family) bool{unit.Holds, beside, func(*site.Family) bool { return true }} {
		i := slices.IndexFunc(g.Families, func(f *site.Family) bool {
			return strings.HasSuffix("."+strings.ReplaceAll(f.Path, "/", "."), "."+id) && among(f)
		})
		if i >= 0 {
			return g.Families[i]
		}
	}
	return nil
}

// take adds a document that is a copy of a page of the site. Covers, and what
// stands for pages that are not there, are none.
func (g *guide) take(pages map[string]*html.Node, name, text, element string) error {
	p := g.page(name)
	if p == nil || path.Ext(name) != ".html" {
		return nil
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return err
	}
	if !isCover(root) {
		pages[name] = find(root, element)
	}
	return nil
}
