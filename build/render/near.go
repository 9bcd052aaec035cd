package render

import (
	"fieldguide/build/markdown"
	"html/template"
)

// Neighbour is a page of the section as a page beside it shows it.
type Neighbour struct {
	Link
	Rel string // "prev" and "next" for those right before and after it, "" for others
}

// Prev reports whether it is the page right before.
func (n *Neighbour) Prev() bool { return n.Rel == "prev" }

// Next reports whether it is the page right after.
func (n *Neighbour) Next() bool { return n.Rel == "next" }

// Near returns the pages around this one in its section: the one before, the page
// itself, and as many of those after it as limits.near says; none for a page without
// neighbours. However large the section is, the list is not.
func (v *View) Near() []Neighbour {
	f := v.Family
	if f.Prev == nil && f.Next == nil {
		return nil
	}
	list := []Neighbour{{Link: Link{Name: v.Name, Current: true}}}
	if v.Fallback() {
		list[0].Lang = v.Words
	}
	if f.Prev != nil {
		list = []Neighbour{{v.link(f.Prev, false), "prev"}, list[0]}
	}
	rel := "next"
	for n, at := 0, f.Next; n < max(1, v.r.site.Limits.Near) && at != nil; n, at = n+1, at.Next {
		list = append(list, Neighbour{v.link(at, false), rel})
		rel = ""
	}
	return list
}

// Parts returns links to the parts of the text, when there are as many as limits.parts
// says or more, and pages of this kind are not read as a whole.
func (v *View) Parts() []Link {
	least := v.r.site.Limits.Parts
	if least == 0 || len(v.body.Parts) < least || v.Family.Kind.Whole {
		return nil
	}
	list := make([]Link, len(v.body.Parts))
	for i, p := range v.body.Parts {
		list[i] = Link{Href: template.URL("#" + p.ID), Name: markdown.HTML(v.Words, p.Name)}
	}
	return list
}
