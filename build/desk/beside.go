package desk

import (
	"cmp"
	"html/template"
	"slices"

	"fieldguide/build"
	"fieldguide/build/site"
)

// Twin is a page of the same family in another language, as Beside leads to it.
type Twin struct {
	Language *site.Language
	Here     bool
	What     string // how it stands
	Href     string
}

// Around is what stands around a page beside its source page.
type Around struct {
	Page     string         // address of the page as readers see it
	Status   string         // address of the dashboard
	WayOut   string         // the command that goes on with it; "" for none
	Twins    []Twin         // in the order of the languages
	Findings []site.Finding // of the site
}

// row is a row with what is wrong in it.
type row struct {
	build.BesideRow
	Previous, Next string // ids of other rows where the source has changed; "" for none
	Before         int    // line of the translation before which it belongs, where that has nothing; 0 for none
	Findings       []site.Finding
}

// Lit reports whether a translator has something to do in the row.
func (r *row) Lit() bool { return r.What != "" || r.Gone }

// Beside makes a page of a page beside its source page.
func Beside(s *site.Site, b *build.Beside, a Around) ([]byte, error) {
	data := struct {
		Head   head
		Around Around
		Beside *build.Beside
		Source *site.Language
		Alone  bool // the source page has nothing beside it
		Rows   []*row
		First  string // id of the first row that is lit
		Lit    int
		Others []site.Finding // of the page, and of no row

		SourceFile, OwnFile string
	}{Head: english(b.Path + " · " + b.Language.Code), Around: a, Beside: b, Source: s.Source,
		Alone: !slices.ContainsFunc(b.Rows, func(r build.BesideRow) bool { return r.Own.Text != "" })}
	data.Head.Script = template.JS(besideScript)
	for _, r := range b.Rows {
		data.SourceFile, data.OwnFile = cmp.Or(data.SourceFile, r.Source.Place.File), cmp.Or(data.OwnFile, r.Own.Place.File)
	}
	last := -1
	for i := range b.Rows {
		r := &row{BesideRow: b.Rows[i]}
		for _, next := range b.Rows[i:] {
			if r.Before == 0 && len(next.Own.Nodes) > 0 {
				r.Before = next.Own.Place.Line
			}
		}
		data.Rows = append(data.Rows, r)
		if !r.Lit() {
			continue
		}
		if data.Lit++; last < 0 {
			data.First = r.ID
		} else {
			data.Rows[last].Next, r.Previous = r.ID, data.Rows[last].ID
		}
		last = i
	}
	for _, f := range a.Findings {
		at, line := -1, 0
		for i, r := range b.Rows {
			for _, side := range []build.Side{r.Source, r.Own} {
				if p := side.Place; p.File == f.File && p.Line > 0 && p.Line <= f.Line && p.Line >= line {
					at, line = i, p.Line
				}
			}
		}
		switch {
		case at >= 0:
			data.Rows[at].Findings = append(data.Rows[at].Findings, f)
		case f.File == data.SourceFile || f.File == data.OwnFile:
			data.Others = append(data.Others, f)
		}
	}
	return write("beside.html", data)
}
