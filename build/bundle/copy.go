package bundle

import (
	"bytes"
	"html"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"fieldguide/build/render"
	"fieldguide/build/site"
	"fieldguide/build/zipfile"
)

// press makes the bundles of one language. What several units hold it makes
// once.
type press struct {
	*Binder
	lang   *site.Language
	w      render.Worker
	mains  map[*site.Family][]byte // what pages say, for books
	copies map[*site.Family]*copied
	aways  map[*site.Family]*copied // what stands for pages that a bundle does not hold
}

// copied is a page as it lies in copies.
type copied struct {
	html   []byte
	packed zipfile.Packed
	links  []string // files that it links to, from the root of the site
}

// file is a file of a copy.
type file struct {
	name   string
	family *site.Family // nil for covers and files of static/
	front  bool         // a page that readers look for
	copied
}

// copy returns the page of a family as it lies in copies.
func (p *press) copy(f *site.Family) (*copied, error) {
	if c := p.copies[f]; c != nil {
		return c, nil
	}
	page, err := p.render.Page(&p.w, f, p.lang, p.Body(f, p.lang), render.Setting{Copy: true})
	if err != nil {
		return nil, err
	}
	c := newCopied(page.Name, page.HTML)
	p.copies[f] = c
	return c, nil
}

func (p *press) away(f *site.Family) (*copied, error) {
	if c := p.aways[f]; c != nil {
		return c, nil
	}
	html, err := p.render.Away(&p.w, f, p.lang)
	if err != nil {
		return nil, err
	}
	c := newCopied(f.File(p.lang), html)
	p.aways[f] = c
	return c, nil
}

var hrefs = regexp.MustCompile(` (?:href|src)="([^"#:]+)["#]`)

func newCopied(name string, page []byte) *copied {
	page = bytes.Clone(page)
	c := &copied{html: page, packed: zipfile.Deflate(page)}
	for _, m := range hrefs.FindAllSubmatch(page, -1) {
		if target := path.Join(path.Dir(name), html.UnescapeString(string(m[1]))); !slices.Contains(c.links, target) {
			c.links = append(c.links, target)
		}
	}
	return c
}

// files returns all files of a unit as a small site of its own, sorted by
// name: a first page at its root, the pages, those that stand for pages it
// does not hold, and the files that pages show.
func (p *press) files(u *site.Unit) ([]file, error) {
	pages := p.pages(u)
	if exit := p.site.Family(p.site.Exit.Page); exit != nil && !slices.Contains(pages, exit) {
		pages = append(pages, exit)
	}
	listed := slices.DeleteFunc(slices.Clone(pages), func(f *site.Family) bool { return f.Kind.Hidden })
	in := map[string]bool{}
	var files []file
	add := func(name string, f *site.Family, front bool, c *copied) {
		in[name] = true
		files = append(files, file{name, f, front, *c})
	}
	for _, f := range pages {
		c, err := p.copy(f)
		if err != nil {
			return nil, err
		}
		add(f.File(p.lang), f, !f.Kind.Hidden, c)
	}
	home := p.lang.Code + "/index.html"
	for _, name := range []string{"index.html", home} {
		if in[name] {
			continue
		}
		at := strings.TrimSuffix(name, ".html")
		html, err := p.render.Cover(&p.w, p.lang, at, p.cover(u, listed, at))
		if err != nil {
			return nil, err
		}
		add(name, nil, false, newCopied(name, html))
	}
	for _, f := range slices.Clone(files) {
		for _, target := range f.links {
			if in[target] {
				continue
			}
			c, family, err := p.missing(target)
			if err != nil {
				return nil, err
			}
			if c != nil {
				add(target, family, false, c)
			}
		}
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, nil
}

// missing returns what lies at the target of a link that leads out of a unit:
// a page that says so, or the file of static/ itself.
func (p *press) missing(target string) (*copied, *site.Family, error) {
	if below, ok := strings.CutPrefix(target, p.lang.Code+"/"); ok {
		if f := p.site.Family(strings.TrimSuffix(below, ".html")); f != nil {
			c, err := p.away(f)
			return c, f, err
		}
	}
	if slices.Contains(p.site.Static, target) {
		c, err := p.static(target)
		return c, nil, err
	}
	return nil, nil, nil
}

// static returns a file of static/.
func (b *Binder) static(name string) (*copied, error) {
	data, err := fs.ReadFile(b.fsys, "static/"+name)
	return &copied{html: data, packed: zipfile.Deflate(data)}, err
}

// zip makes a unit a folder to unpack and open.
func (p *press) zip(u *site.Unit) ([]byte, error) {
	files, err := p.files(u)
	if err != nil {
		return nil, err
	}
	return p.archive(files)
}

func (b *Binder) archive(files []file) ([]byte, error) {
	packed := make([]zipfile.File, len(files))
	for i, f := range files {
		packed[i] = zipfile.File{Name: f.name, Packed: f.packed}
	}
	var out bytes.Buffer
	err := zipfile.Write(&out, b.day, packed)
	return out.Bytes(), err
}
