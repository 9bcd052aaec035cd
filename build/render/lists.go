package render

import (
	"html/template"
	"slices"

	"fieldguide/build/letters"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// entry returns a family as a list shows it: with summary, ages and drawing.
func (v *View) entry(f *site.Family) Link {
	l := v.link(f, false)
	p, words := f.In(v.r.site, v.Language)
	l.Summary = markdown.HTML(words, p.Summary)
	if v.Book == nil { // in a book it stands on the page itself
		l.Drawing = v.Drawing(f.Picture)
	}
	if f.Band.Aged() && f.IsIndex() {
		l.Ages = v.Fill("ages", "ages", v.Language.Ages(f.Band))
	}
	return l
}

// Children returns the pages of an index that its text does not link to
// already.
func (v *View) Children() []Link {
	var list []Link
	for _, f := range v.Family.Children {
		if !slices.Contains(v.body.Families, f) && !f.Kind.Hidden {
			list = append(list, v.entry(f))
		}
	}
	return list
}

// Doors returns the entrances of the home page.
func (v *View) Doors() []Link {
	var list []Link
	for _, path := range v.r.site.Doors {
		if f := v.r.site.Family(path); f != nil {
			list = append(list, v.entry(f))
		}
	}
	return list
}

// Common returns the pages below the home page that belong to no set.
func (v *View) Common() []Link {
	var list []Link
	for _, f := range v.Family.Children {
		if f.Set == nil && !f.Kind.Hidden {
			list = append(list, v.entry(f))
		}
	}
	return list
}

func (v *View) neighbour(f *site.Family) *Link {
	if f == nil {
		return nil
	}
	l := v.link(f, false)
	return &l
}

// Term is a glossary entry as a layout shows it.
type Term struct {
	ID            string
	Term, Meaning template.HTML
}

// Glossary returns the terms in the order of the language's alphabet, letter by letter.
func (v *View) Glossary() []Letter {
	order := letters.NewOrder(v.Language)
	type entry struct {
		letters.Filed
		Term
	}
	var list []entry
	for _, id := range v.r.site.Terms {
		t, in := v.Language.Term(id)
		list = append(list, entry{order.File(t.Term), Term{ID: markdown.PlaceID(v.part(), id),
			Term: markdown.In(v.Language, t.Term, in), Meaning: markdown.In(v.Language, t.Meaning, in)}})
	}
	slices.SortStableFunc(list, func(a, b entry) int { return order.CompareFiled(a.Filed, b.Filed) })
	var all []Letter
	for _, e := range list {
		i := letterOf(&all, e.Filed, v.part())
		all[i].Terms = append(all[i].Terms, e.Term)
	}
	return all
}
