package bundle

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/render"
	"fieldguide/build/site"
	"fieldguide/build/zim"
)

// held is a page that waits for the bundles it will offer. In the bundles
// themselves it offers none.
type held struct {
	name string
	html []byte
}

// Holds reports whether a page offers bundles, so that it can only be made
// once they are there.
func (b *Binder) Holds(f *site.Family) bool {
	return f.Kind.Layout == Layout || slices.ContainsFunc(b.site.Bundles.Units, func(u site.Unit) bool { return u.Offered(f) })
}

// Layout is the layout of pages that offer all bundles.
const Layout = "downloads"

// Hold keeps a page that offers bundles as it is without them.
func (b *Binder) Hold(name string, html []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held = append(b.held, held{name, bytes.Clone(html)})
}

// Offers returns what a page of a language offers of what was made: its own
// unit, or, on a page of the layout downloads, all units and those of all
// languages.
func (b *Binder) Offers(f *site.Family, lang *site.Language, made []Made) []render.Download {
	var list []render.Download
	for i := range b.site.Bundles.Units {
		u := &b.site.Bundles.Units[i]
		if f.Kind.Layout != Layout && !u.Offered(f) {
			continue
		}
		for _, m := range made {
			if m.Unit == u.ID && (m.Language == lang || m.Language == nil) {
				m.Title = markdown.HTML(lang, b.title(u, lang))
				list = append(list, m.Download)
			}
		}
	}
	return list
}

// title is what a unit is called on pages of a language.
func (b *Binder) title(u *site.Unit, lang *site.Language) string {
	title := b.render.Bundled(u, lang, false)
	if u.All {
		title += " · " + lang.Word("all-languages")
	}
	return title
}

// together makes the bundles that hold all languages: the site as it is.
func (b *Binder) together(ctx context.Context, shelf Shelf) ([]Made, error) {
	var all []Made
	var files []file
	for i := range b.site.Bundles.Units {
		u := &b.site.Bundles.Units[i]
		if !u.All || ctx.Err() != nil {
			continue
		}
		var err error
		if files == nil {
			if files, err = b.whole(shelf); err != nil {
				return nil, err
			}
		}
		made, err := b.unit(u, nil, shelf, func(format string) ([]byte, error) {
			if format == "zip" {
				return b.archive(files)
			}
			return b.writeZIM(b.zimBook(u, nil), b.zimAll(files))
		})
		if err != nil {
			return nil, err
		}
		all = append(all, made...)
	}
	return all, context.Cause(ctx)
}

// whole returns the files of the site as they lie in copies, sorted by name:
// without its bundles and what only a server needs, and with a word of excuse
// for pages that need the network. Of static/ it has what pages link to.
func (b *Binder) whole(shelf Shelf) ([]file, error) {
	var files []file
	linked := map[string]bool{}
	add := func(name string, html []byte) {
		c := newCopied(name, html)
		files = append(files, file{name: name, copied: *c})
		for _, target := range c.links {
			linked[target] = true
		}
	}
	away, w := map[string]*site.Family{}, &render.Worker{}
	for _, f := range b.site.Families {
		if f.Kind.Online {
			for _, lang := range b.site.Languages {
				away[f.File(lang)] = f
			}
		}
	}
	for _, h := range b.held {
		if away[h.name] == nil {
			add(h.name, h.html)
		}
	}
	for _, name := range shelf.Names() {
		if path.Ext(name) != ".html" || name == "404.html" || strings.HasPrefix(name, folder) || away[name] != nil {
			continue
		}
		html, err := shelf.ReadFile(name)
		if err != nil {
			return nil, err
		}
		add(name, html)
	}
	for name, f := range away {
		code, _, _ := strings.Cut(name, "/")
		i := slices.IndexFunc(b.site.Languages, func(l *site.Language) bool { return l.Code == code })
		html, err := b.render.Away(w, f, b.site.Languages[i])
		if err != nil {
			return nil, err
		}
		add(name, html)
	}
	for _, name := range b.site.Static {
		if !linked[name] {
			continue
		}
		c, err := b.static(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: name, copied: *c})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, nil
}

func (b *Binder) zimAll(files []file) []zim.Entry {
	var entries []zim.Entry
	for _, f := range files {
		code, below, _ := strings.Cut(f.name, "/")
		i := slices.IndexFunc(b.site.Languages, func(l *site.Language) bool { return l.Code == code })
		if i < 0 || path.Ext(below) != ".html" {
			entries = append(entries, b.zimEntry(f.name, nil, nil, false, f.html))
			continue
		}
		family := b.site.Family(strings.TrimSuffix(below, ".html"))
		entries = append(entries, b.zimEntry(f.name, b.site.Languages[i], family, family != nil && !family.Kind.Hidden && !family.Kind.Online, f.html))
	}
	return entries
}
