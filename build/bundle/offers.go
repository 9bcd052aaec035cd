package bundle

import (
	"slices"

	"fieldguide/build/markdown"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Layout is the layout of pages that offer all bundles.
const Layout = "downloads"

// Holds reports whether a page offers bundles, so that it can only be made
// once they are there. In the bundles themselves it offers none.
func (b *Binder) Holds(f *site.Family) bool {
	return f.Kind.Layout == Layout || slices.ContainsFunc(b.site.Bundles.Units, func(u site.Unit) bool { return u.Offered(f) })
}

// Offers returns what a page of a language offers of what was made: its own
// unit, or, on a page of the layout downloads, all units and those of all
// languages, but not those of one page: they would be most of the list.
func (b *Binder) Offers(f *site.Family, lang *site.Language, made []Made) []render.Download {
	var list []render.Download
	for i := range b.site.Bundles.Units {
		u := &b.site.Bundles.Units[i]
		if !u.Offered(f) && (f.Kind.Layout != Layout || u.Page != "") {
			continue
		}
		for _, m := range made {
			if m.Unit == u.ID && (m.Language == lang || m.Language == nil) {
				m.Name = b.title(u, lang)
				m.Title = markdown.HTML(lang, m.Name)
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
