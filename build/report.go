package build

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Weight is what one page weighs.
type Weight struct {
	Name       string `json:"name"`       // in the output
	Language   string `json:"language"`   // code
	Set        string `json:"set"`        // "" outside the sets
	Bytes      int    `json:"bytes"`      // as a file
	Compressed int    `json:"compressed"` // as a server sends it
	Fallback   bool   `json:"fallback,omitempty"`
}

// Group is what the pages of a language or set weigh together.
type Group struct {
	Name       string `json:"name"`
	Pages      int    `json:"pages"`
	Translated int    `json:"translated"`
	Bytes      int    `json:"bytes"`
	Compressed int    `json:"compressed"`
	Median     int    `json:"median"`  // compressed
	Largest    int    `json:"largest"` // compressed
}

// Report says how heavy a site is and how complete.
type Report struct {
	Limit     int      `json:"limit"` // for a page, compressed; 0 for none
	Pages     []Weight `json:"pages"` // the heaviest first
	Languages []Group  `json:"languages"`
	Sets      []Group  `json:"sets"`
	Whole     Group    `json:"whole"`
	Bundles   []Bundle `json:"bundles"`
}

// Bundle is what one file to take away weighs.
type Bundle struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
}

// Weigh builds the site below fsys in memory and weighs its pages.
func Weigh(ctx context.Context, fsys fs.FS) (*Report, *Result, error) {
	r := &Report{Pages: []Weight{}}
	res, err := Build(ctx, fsys, output.Memory(), Options{Bundles: bundle.Steady(), Page: func(f *site.Family, p render.Page) {
		w := Weight{Name: p.Name, Language: p.Language.Code, Bytes: len(p.HTML), Compressed: pack.Weight(p.HTML), Fallback: p.Fallback}
		if f.Set != nil {
			w.Set = f.Set.ID
		}
		r.Pages = append(r.Pages, w)
	}})
	if err != nil || res.Failed() {
		return r, res, err
	}
	slices.SortFunc(r.Pages, func(a, b Weight) int {
		return cmp.Or(cmp.Compare(b.Compressed, a.Compressed), cmp.Compare(a.Name, b.Name))
	})
	r.Limit = res.Site.Limits.Page
	for _, lang := range res.Site.Languages {
		r.Languages = append(r.Languages, group(r.Pages, lang.Code, func(w Weight) bool { return w.Language == lang.Code }))
	}
	for _, set := range res.Site.Sets {
		r.Sets = append(r.Sets, group(r.Pages, set.ID, func(w Weight) bool { return w.Set == set.ID }))
	}
	r.Sets = append(r.Sets, group(r.Pages, "outside the sets", func(w Weight) bool { return w.Set == "" }))
	for _, m := range res.Bundles {
		r.Bundles = append(r.Bundles, Bundle{m.File, m.Bytes})
	}
	r.Whole = group(r.Pages, "whole", func(Weight) bool { return true })
	return r, res, nil
}

// group adds up the pages that belong; pages come heaviest first.
func group(pages []Weight, name string, belongs func(Weight) bool) Group {
	g := Group{Name: name}
	var sizes []int
	for _, w := range pages {
		if !belongs(w) {
			continue
		}
		g.Pages++
		g.Bytes += w.Bytes
		g.Compressed += w.Compressed
		if !w.Fallback {
			g.Translated++
		}
		sizes = append(sizes, w.Compressed)
	}
	if len(sizes) > 0 {
		g.Largest, g.Median = sizes[0], sizes[len(sizes)/2]
	}
	return g
}
