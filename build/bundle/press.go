package bundle

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"fieldguide/build/media"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Press makes the bundles of one language. What several of them hold it makes
// once.
type Press struct {
	*Binder
	Context  context.Context
	Language *site.Language // nil for all in one

	worker render.Worker
	copies map[copyKey]*copied
	aways  map[*site.Family]*copied // what stands for pages that a bundle does not hold
}

// File is a file of a bundle that holds pages as they are.
type File struct {
	Name     string
	Language *site.Language // nil outside the languages
	Family   *site.Family   // nil for covers and files of static/
	Front    bool           // a page that readers look for
	source
}

// shared reports whether the file is a page that shows data of many.
func (f File) shared() bool { return f.Family != nil && f.Family.Kind.Shared }

// deflate compresses a page of a family, nil for none.
func deflate(f *site.Family, html []byte) pack.Packed {
	if f != nil && f.Kind.Shared {
		return pack.DeflatePieces(html)
	}
	return pack.Deflate(html)
}

// source is what is in a File, brought into memory when it is wanted.
type source interface {
	Size() int
	Packed() (pack.Packed, error) // as it lies in a ZIP
	Bytes() ([]byte, error)
}

// kept is what waits in the scratch, packed.
type kept struct {
	scratch *output.Scratch
	packed  pack.Packed // without its data
	span    output.Span
}

// keep lets what is packed wait.
func (b *Binder) keep(packed pack.Packed) (kept, error) {
	span, err := b.scratch.Keep(packed.Data())
	return kept{b.scratch, packed.With(nil), span}, err
}

// Size implements source.
func (k kept) Size() int { return k.packed.Size() }

// Packed implements source.
func (k kept) Packed() (pack.Packed, error) {
	data, err := k.scratch.Read(k.span)
	return k.packed.With(data), err
}

// Bytes implements source.
func (k kept) Bytes() ([]byte, error) {
	packed, err := k.Packed()
	if err != nil {
		return nil, err
	}
	return packed.Bytes()
}

// waiting is a page that is not in the site yet.
type waiting struct {
	family *site.Family
	html   []byte
}

// Size implements source.
func (w waiting) Size() int { return len(w.html) }

// Packed implements source.
func (w waiting) Packed() (pack.Packed, error) { return deflate(w.family, w.html), nil }

// Bytes implements source.
func (w waiting) Bytes() ([]byte, error) { return w.html, nil }

// finished is what lies in the site itself.
type finished struct {
	tree   *output.Tree
	family *site.Family // nil for no page
	output.File
}

// Size implements source.
func (f finished) Size() int { return int(f.File.Size) }

// Packed implements source.
func (f finished) Packed() (pack.Packed, error) {
	if data, err := f.tree.ReadFile(f.Name + pack.Forms[0].Ext); err == nil && len(data) > 0 { // deflated once
		return pack.Gzipped(data, f.SHA256), nil
	}
	data, err := f.Bytes()
	return deflate(f.family, data), err
}

// Bytes implements source.
func (f finished) Bytes() ([]byte, error) { return f.tree.ReadFile(f.Name) }

// copied is a page as it lies in copies.
type copied struct {
	kept
	refs render.Refs
}

// copyKey names a page in copies that are of words alone, or not, and with videos, or not.
type copyKey struct {
	*site.Family
	textOnly, videos bool
}

// copy returns the page of a family as it lies in copies of a unit.
func (p *Press) copy(f *site.Family, u *site.Unit) (*copied, error) {
	key := copyKey{f, u.TextOnly, u.Videos}
	if c := p.copies[key]; c != nil {
		return c, nil
	}
	body, err := p.Body(f, p.Language)
	if err != nil {
		return nil, err
	}
	in := render.Setting{Copy: true, TextOnly: u.TextOnly, NoVideos: !u.Videos}
	page, err := p.render.Page(&p.worker, f, p.Language, body, in)
	if err != nil {
		return nil, err
	}
	kept, err := p.keep(deflate(f, page.HTML))
	p.copies[key] = &copied{kept, page.Refs}
	return p.copies[key], err
}

func (p *Press) away(f *site.Family, lang *site.Language) (*copied, error) {
	if c := p.aways[f]; c != nil && p.Language != nil {
		return c, nil
	}
	html, err := p.render.Away(&p.worker, f, lang)
	if err != nil {
		return nil, err
	}
	kept, err := p.keep(pack.Deflate(html))
	p.aways[f] = &copied{kept: kept}
	return p.aways[f], err
}

// inOrder sorts files by name, pages that show shared data last: when that changes,
// one place of a bundle does.
func inOrder(a, b File) int {
	switch {
	case a.shared() && !b.shared():
		return 1
	case b.shared() && !a.shared():
		return -1
	}
	return strings.Compare(a.Name, b.Name)
}

// Files returns all files of a unit as a small site of its own, in their order:
// a first page at its root, the pages, those that stand for pages it
// does not hold, and the files that pages show.
func (p *Press) Files(u *site.Unit) ([]File, error) {
	if p.Language == nil {
		return p.whole(u)
	}
	pages := p.pages(u)
	if exit := p.site.Family(p.site.Exit.Page); exit != nil && !slices.Contains(pages, exit) {
		pages = append(pages, exit)
	}
	listed := slices.DeleteFunc(slices.Clone(pages), func(f *site.Family) bool { return f.Kind.Hidden })
	in := map[string]bool{}
	var files []File
	add := func(name string, f *site.Family, front bool, c source) {
		in[name] = true
		files = append(files, File{name, p.Language, f, front, c})
	}
	var refs []render.Refs
	for _, f := range pages {
		c, err := p.copy(f, u)
		if err != nil {
			return nil, err
		}
		add(f.File(p.Language), f, !f.Kind.Hidden, c)
		refs = append(refs, c.refs)
	}
	for _, name := range []string{"index.html", p.Language.Code + "/index.html"} {
		if in[name] {
			continue
		}
		at := strings.TrimSuffix(name, ".html")
		html, err := p.render.Cover(&p.worker, p.Language, at, p.cover(u, listed, at))
		if err != nil {
			return nil, err
		}
		cover, err := p.keep(pack.Deflate(html))
		if err != nil {
			return nil, err
		}
		add(name, nil, false, cover)
	}
	for _, r := range refs {
		for _, f := range r.Families {
			if name := f.File(p.Language); !in[name] {
				c, err := p.away(f, p.Language)
				if err != nil {
					return nil, err
				}
				add(name, f, false, c)
			}
		}
		for _, name := range r.Static {
			if !in[name] && !p.leaves(u, name) {
				c, err := p.static(name)
				if err != nil {
					return nil, err
				}
				add(name, nil, false, c)
			}
		}
		err := p.shown(u, r.Media, func(name string, s source) {
			if !in[name] {
				add(name, nil, false, s)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(files, inOrder)
	return files, nil
}

// static returns a file that pages link to, as it is published.
func (b *Binder) static(name string) (kept, error) {
	file := b.site.SourceOf(name)
	data, err := fs.ReadFile(b.fsys, file)
	if err != nil {
		return kept{}, fmt.Errorf("reading %s: %w", file, err)
	}
	return b.keep(pack.Deflate(media.Strip(render.Static(file, data))))
}

// whole returns the files of the site as they lie in copies, in their order:
// without its bundles and what only a server needs, and with a word of excuse
// for pages that need the network and for videos that are left out. Of static/ it
// has what pages link to.
func (p *Press) whole(u *site.Unit) ([]File, error) {
	families := map[string]File{}
	for _, f := range p.site.Families {
		for _, lang := range p.site.Languages {
			families[f.File(lang)] = File{f.File(lang), lang, f, !f.Kind.Hidden && !f.Kind.Online, nil}
		}
	}
	var files []File
	add := func(name string, c source) {
		f := families[name]
		f.Name, f.source = name, c
		files = append(files, f)
	}
	for _, f := range p.site.Families {
		for _, lang := range p.site.Languages {
			if f.Kind.Online {
				c, err := p.away(f, lang)
				if err != nil {
					return nil, err
				}
				add(f.File(lang), c)
			}
		}
	}
	for name, c := range p.held {
		if !families[name].Family.Kind.Online && (u.Videos || !p.films[name]) {
			add(name, c)
		}
	}
	for name := range p.films {
		if f := families[name]; !u.Videos {
			c, err := p.unfilmed(f.Family, f.Language)
			if err != nil {
				return nil, err
			}
			add(name, c)
		}
	}
	for _, f := range p.tree.Files() {
		page := families[f.Name].Family
		if p.films[f.Name] && !u.Videos {
			continue
		}
		if path.Ext(f.Name) != ".html" || path.Base(f.Name) == render.NotFound || Is(f.Name) || page != nil && page.Kind.Online {
			continue
		}
		add(f.Name, finished{p.tree, page, f})
	}
	in := map[string]bool{}
	err := p.shown(u, slices.Sorted(maps.Keys(p.shows)), func(name string, s source) {
		in[name] = true
		add(name, s)
	})
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(p.linked)) {
		if !in[name] && !p.leaves(u, name) {
			c, err := p.static(name)
			if err != nil {
				return nil, err
			}
			add(name, c)
		}
	}
	slices.SortFunc(files, inOrder)
	return files, nil
}

// unfilmed returns a page of the whole site without its videos.
func (p *Press) unfilmed(f *site.Family, lang *site.Language) (kept, error) {
	body, err := p.Body(f, lang)
	if err != nil {
		return kept{}, err
	}
	page, err := p.render.Page(&p.worker, f, lang, body, render.Setting{NoVideos: true})
	if err != nil {
		return kept{}, err
	}
	return p.keep(deflate(f, page.HTML))
}
