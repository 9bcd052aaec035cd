package bundle

import (
	"maps"
	"path"
	"slices"
	"strings"

	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Past is what a Binder knows of the bundles that were made before, and of what
// they were made of.
type Past struct {
	Store  *cache.Store
	Shared cache.Key // of all that pages do not say themselves, and of the titles of all pages

	// Page names what a family says in a language of its own.
	Page func(f *site.Family, words *site.Language) cache.Key
	// Body returns what that is.
	Body func(f *site.Family, words *site.Language) (*render.Body, error)
}

// key names a bundle by what is in it.
func (p *Press) key(u *site.Unit, format *Format) cache.Key {
	key := cache.NewKey("bundle").Key(p.past.Shared).String(format.Name).String(u.ID)
	if p.Language == nil {
		return p.wholeKey(key)
	}
	key.String(p.Language.Code)
	pages := p.pages(u)
	if exit := p.site.Family(p.site.Exit.Page); exit != nil {
		pages = append(pages, exit)
	}
	for _, f := range pages {
		_, words := f.In(p.site, p.Language)
		key.String(f.Path).String(words.Code).Key(p.past.Page(f, words))
	}
	return key.Sum()
}

// wholeKey names a bundle of the whole site by the pages that are finished, and by
// those that wait.
func (p *Press) wholeKey(key cache.KeyMaker) cache.Key {
	for _, f := range p.tree.Files() {
		if path.Ext(f.Name) == ".html" && !strings.HasPrefix(f.Name, folder) {
			key.String(f.Name).Key(f.SHA256)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.held)) {
		key.String(name).Bytes(p.held[name].html)
	}
	for _, name := range slices.Sorted(maps.Keys(p.linked)) {
		key.String(name)
	}
	for _, name := range slices.Sorted(maps.Keys(p.shows)) {
		key.String(name)
	}
	return key.Sum()
}

// former returns the bundle as it was made before of the same, when it is that of the
// release before, so that what lies in it has the right times, and the target of the
// tree is known to hold it still.
func (p *Press) former(u *site.Unit, format *Format, name string) (f output.File, known bool) {
	if p.past == nil || format.Moody {
		return f, false
	}
	data, known := p.past.Store.Get(p.key(u, format))
	if !known {
		return f, false
	}
	d := cache.Decoder{Data: data}
	f = output.File{Name: name, Size: d.Int64()}
	copy(f.SHA256[:], d.Fixed(len(f.SHA256)))
	was := p.tree.Former().File(name)
	return f, d.Done() && was != nil && was.SHA256 == f.SHA256 && p.tree.Has(f)
}

// keepFile remembers a bundle that was made.
func (p *Press) keepFile(u *site.Unit, format *Format, f output.File) {
	if p.past == nil || format.Moody {
		return
	}
	var e cache.Encoder
	e.Int64(f.Size)
	e.Fixed(f.SHA256[:])
	p.past.Store.Put(p.key(u, format), e.Data)
}
