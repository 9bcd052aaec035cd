package bundle

import (
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/pack"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// htmlFormat makes a unit one file, to send by phone or to print.
var htmlFormat = &Format{Name: "html", Media: "text/html", Make: func(p *Press, u *site.Unit, to io.Writer) error {
	heavy, err := p.heaviest(p.pages(u))
	if err != nil || u.TextOnly {
		heavy = ""
	}
	small := false
	if heavy != "" && err == nil { // weighed first: small pictures stand in a file that is too heavy with others
		size := pack.NewWeigher()
		err = p.oneFile(u, size, false, false)
		l := p.site.Limits
		small = l.File > 0 && size.Size() > l.File || l.FileZipped > 0 && size.Weight() > l.FileZipped
	}
	size := pack.NewWeigher()
	if err == nil {
		err = p.oneFile(u, io.MultiWriter(to, size), false, small)
	}
	if err != nil {
		return err
	}
	p.weigh(u, p.Language, "file", size.Size(), p.site.Limits.File, heavy)
	p.weigh(u, p.Language, "file-zipped", size.Weight(), p.site.Limits.FileZipped, heavy)
	return nil
}}

// oneFile writes the pages of a unit one after the other, with pictures in their small size or their best one.
func (p *Press) oneFile(u *site.Unit, to io.Writer, paper, small bool) error {
	contents := p.pages(u)
	pages := p.withExit(contents)
	ids := partIDs(pages)
	part := func(f *site.Family) string { return strconv.Itoa(slices.Index(pages, f)) } // short: hundreds of places say it
	book := &render.Book{Deeper: 1, Part: part, To: p.within(pages, func(_, to *site.Family, place string) string {
		if place == "" {
			return "#" + ids[to]
		}
		return "#" + markdown.PlaceID(part(to), place)
	})}
	if !u.TextOnly {
		book.Picture = p.inside(small)
	}
	cover := p.cover(u, contents, "index")
	cover.Paper, cover.Exit = paper, p.exit(pages, ids)
	cover.Contents = p.contents(tree(contents), func(f *site.Family) render.Link {
		l := p.render.Entry("index", f, p.Language)
		l.Href = template.URL("#" + ids[f])
		return l
	})
	var failed error
	cover.Parts = func(yield func(render.Part) bool) {
		for _, f := range pages {
			var main render.Main
			if main, failed = p.main(f, book); failed != nil {
				return
			}
			part := render.Part{ID: ids[f], Class: f.Kind.ID, Code: p.site.Reference(f, p.Language),
				Body: template.HTML(main.HTML)}
			if p.site.IsExit(f) {
				part.Class, part.Code = "left", ""
			}
			if _, words := f.In(p.site, p.Language); words != p.Language {
				part.Lang = words
			}
			if !yield(part) {
				return
			}
		}
	}
	if err := p.render.OneFile(to, p.Language, cover); err != nil {
		return err
	}
	return failed
}

// withExit returns a bundle's pages with the one that covers them when readers leave
// them: the file may lie where there is no other page to go to.
func (p *Press) withExit(pages []*site.Family) []*site.Family {
	page := p.site.Family(p.site.Exit.Page)
	if !slices.ContainsFunc(pages, p.site.HasExit) || p.site.Exit.URL != "" || page == nil ||
		slices.Contains(pages, page) {
		return pages
	}
	return append(slices.Clone(pages), page)
}

// exit returns where the link to leave the pages of a bundle leads, "" when none of
// them has one.
func (p *Press) exit(pages []*site.Family, ids map[*site.Family]string) template.URL {
	page := p.site.Family(p.site.Exit.Page)
	switch {
	case !slices.ContainsFunc(pages, p.site.HasExit):
		return ""
	case p.site.Exit.URL != "":
		return template.URL(p.site.Exit.URL)
	case page == nil:
		return ""
	}
	return template.URL("#" + ids[page])
}

// main returns what a page says in a book.
func (p *Press) main(f *site.Family, book *render.Book) (render.Main, error) {
	body, err := p.Body(f, p.Language)
	if err != nil {
		return render.Main{}, err
	}
	return p.render.Main(&p.worker, f, p.Language, body, book)
}

// within returns where links of a book lead: to a page in it where at says, to
// another in the published site, and nowhere when the site does not know where
// that is.
func (p *Press) within(pages []*site.Family, at func(from, to *site.Family, place string) string) func(from, to *site.Family, place string) (string, bool) {
	return func(from, to *site.Family, place string) (string, bool) {
		switch {
		case slices.Contains(pages, to):
			return at(from, to, place), true
		case p.site.URL != "":
			return withPlace(p.site.URL+to.File(p.Language), place), true
		}
		return "", false
	}
}

func withPlace(address, place string) string {
	if place == "" {
		return address
	}
	return address + "#" + place
}

// partIDs are the ids of pages within a document of many: as much of the end of
// their paths as no other has. Names of pages have neither points nor underscores, so
// that no two ids are the same.
func partIDs(pages []*site.Family) map[*site.Family]string {
	end := func(f *site.Family, n int) string {
		names := strings.Split(f.Path, "/")
		return strings.Join(names[max(0, len(names)-n):], ".")
	}
	ids := map[*site.Family]string{}
	for n := 1; len(ids) < len(pages); n++ {
		count := map[string]int{}
		for _, f := range pages {
			count[end(f, n)]++
		}
		for _, f := range pages {
			if id := end(f, n); ids[f] == "" && (count[id] == 1 || id == end(f, n+1)) {
				ids[f] = id
			}
		}
	}
	return ids
}

// weigh says so when a bundle of one file is too heavy to be sent; its language is nil for all in one.
func (b *Binder) weigh(u *site.Unit, lang *site.Language, what string, size, limit int, heavy string) {
	if limit > 0 && size > limit {
		i := slices.IndexFunc(b.site.Bundles.Units, func(o site.Unit) bool { return o.ID == u.ID })
		hint := "make two units of it, or shorten its pages"
		if heavy != "" {
			hint = "leave out what weighs most, " + heavy + "; or give the unit text-only: true, or make two of it"
		}
		in := "all languages"
		if lang != nil {
			in = lang.Name
		}
		b.report(b.site.Written.At(site.SettingsFile, "bundles", "units", i).Find(site.Error, "bundles", hint,
			"unit %q in %s has %d bytes in one file, %d more than limits.%s", u.ID, in, size, size-limit, what))
	}
}
