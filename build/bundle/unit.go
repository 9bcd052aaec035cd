package bundle

import (
	"slices"

	"fieldguide/build/render"
	"fieldguide/build/site"
)

// pages returns the pages of a unit in reading order, those for the adult
// beside the reader after the others, and then the help pages of its readers and
// what the unit holds besides.
func (b *Binder) pages(u *site.Unit) []*site.Family {
	var own, apart []*site.Family
	helps := []string{}
	for _, f := range b.site.Families {
		switch {
		case !u.Holds(f) || f.Kind.Hidden || f.Kind.Online:
		case f.Kind.Apart && u.Folder != "":
			apart = append(apart, f)
		default:
			own = append(own, f)
		}
		if u.Holds(f) {
			helps = append(helps, b.site.HelpFor(f))
		}
	}
	own = append(own, apart...)
	for _, path := range slices.Concat(helps, u.With) {
		if f := b.site.Family(path); f != nil && !slices.Contains(own, f) {
			own = append(own, f)
		}
	}
	return own
}

// entry is a line of a table of contents: a page with those below it.
type entry struct {
	family *site.Family
	under  []*entry
}

// tree orders pages below the indexes of their folders.
func tree(pages []*site.Family) []*entry {
	var top []*entry
	entries := map[*site.Family]*entry{}
	for _, f := range pages {
		e := &entry{family: f}
		entries[f] = e
		if above := entries[f.Parent]; above != nil && f.Parent.Parent != nil { // all lie below the home page
			above.under = append(above.under, e)
		} else {
			top = append(top, e)
		}
	}
	return top
}

// contents are the lines of a table of contents, with addresses that link
// makes of pages.
func (p *Press) contents(entries []*entry, link func(*site.Family) render.Link) []render.Content {
	var list []render.Content
	for _, e := range entries {
		list = append(list, render.Content{Link: link(e.family), Under: p.contents(e.under, link)})
	}
	return list
}

// cover is what the first page of a unit's bundles says; from is its path.
func (p *Press) cover(u *site.Unit, pages []*site.Family, from string) *render.Cover {
	return &render.Cover{
		Title:    p.render.Bundled(u, p.Language, false),
		Contents: p.contents(tree(pages), func(f *site.Family) render.Link { return p.render.Entry(from, f, p.Language) }),
	}
}
