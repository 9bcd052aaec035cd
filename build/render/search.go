package render

import (
	"html/template"
	"slices"
	"strconv"

	"fieldguide/build/letters"
	"fieldguide/build/markdown"
	"fieldguide/build/pack"
	"fieldguide/build/site"
)

// frameBytes is what a search page weighs without its list, at most.
const frameBytes = 5500

// scripts lets a page load the scripts that lie with it and no others. Where
// a browser gives files no origin, 'self' does not match them, file: does.
const scripts = "; script-src 'self' file:"

// Letter is the part of an alphabetical list that begins with a letter.
type Letter struct {
	Name  string
	ID    string
	List  []Link // of pages and terms
	Terms []Term // in the glossary
}

// AZ returns all pages and the terms of the glossary in the order of the
// language's alphabet. Where that is more than a page may weigh, it returns
// the indexes of all folders and the terms, or those of the top folders: each
// lists what lies in it.
func (v *View) AZ() []Letter {
	s := v.r.site
	all := func(*site.Family) bool { return true }
	indexes := (*site.Family).IsIndex
	sections := func(f *site.Family) bool { return f.Folder() == f.Section() }
	terms := s.Family(s.Glossary) != nil
	for _, try := range []struct {
		holds func(*site.Family) bool
		terms bool
	}{{all, terms}, {indexes, terms}, {indexes, false}, {sections, false}} {
		list := v.alphabetical(try.holds, try.terms)
		if s.Limits.Page == 0 || pack.Fits(weigh(list), s.Limits.Page-frameBytes) {
			return list
		}
	}
	return nil
}

// weigh returns as many bytes as a list takes in a page, or a few more.
func weigh(list []Letter) []byte {
	var b []byte
	for _, l := range list {
		b = append(b, l.Name...)
		for _, link := range l.List {
			b = append(b, `<li><a href="`...)
			b = append(append(append(append(b, link.Href...), `">`...), link.Name...), "</a></li>\n"...)
		}
	}
	return b
}

type filed struct {
	letters.Filed
	Link
}

func (v *View) alphabetical(holds func(*site.Family) bool, terms bool) []Letter {
	s, order := v.r.site, letters.NewOrder(v.Language)
	var list []filed
	for _, f := range s.Families {
		if f != v.Family && !f.Kind.Hidden && holds(f) {
			p, _ := f.In(s, v.Language)
			list = append(list, filed{order.File(p.Title), v.link(f, false)})
		}
	}
	if terms {
		href := v.to(s.Family(s.Glossary))
		for _, id := range s.Terms {
			t, in := v.Language.Term(id)
			l := Link{Href: href + template.URL("#"+id), Name: markdown.HTML(in, t.Term)}
			if in != v.Language {
				l.Lang = in
			}
			list = append(list, filed{order.File(t.Term), l})
		}
	}
	slices.SortStableFunc(list, func(a, b filed) int { return order.CompareFiled(a.Filed, b.Filed) })
	var all []Letter
	for _, t := range list {
		i := letterOf(&all, t.Filed, v.part())
		all[i].List = append(all[i].List, t.Link)
	}
	return all
}

// letterOf returns the place of the letter that something is filed under, which is added
// where it is new. Its id has the prefix of a part of a book.
func letterOf(all *[]Letter, t letters.Filed, part string) int {
	i := slices.IndexFunc(*all, func(l Letter) bool { return l.Name == t.Letter })
	if i < 0 {
		i = len(*all)
		*all = append(*all, Letter{Name: t.Letter, ID: markdown.PlaceID(part, "az."+strconv.Itoa(i+1))})
	}
	return i
}

// SearchFolder returns the folder of the index, seen from the search page.
func (v *View) SearchFolder() string { return v.Family.Shards() }

// Static returns the address of a file of static/.
func (v *View) Static(name string) template.URL {
	v.refs.static(name)
	return v.file(name)
}
