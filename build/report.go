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
	Pictures   int    `json:"pictures"`   // bytes of the pictures that it shows, in their best size
	Fallback   bool   `json:"fallback,omitempty"`

	media []string
}

// Group is what the pages of a language or set weigh together.
type Group struct {
	Name       string `json:"name"`
	Pages      int    `json:"pages"`
	Translated int    `json:"translated"`
	Bytes      int    `json:"bytes"`
	Compressed int    `json:"compressed"`
	Median     int    `json:"median"`   // compressed
	Largest    int    `json:"largest"`  // compressed
	Pictures   int    `json:"pictures"` // bytes, counted on each page that shows them
	Visit      int    `json:"visit"`    // what readers load who see every page: each page, and each picture once
}

// Report says how heavy a site is and how complete.
type Report struct {
	Limit     int      `json:"limit"` // for a page, compressed; 0 for none
	Pages     []Weight `json:"pages"` // the heaviest first
	Languages []Group  `json:"languages"`
	Sets      []Group  `json:"sets"`
	Whole     Group    `json:"whole"`
	Bundles   []Bundle `json:"bundles"`

	sizes map[string]int // of pictures, by the files that they are made of
}

// Bundle is what one file to take away weighs.
type Bundle struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
}

// Weigh builds the site below fsys in memory and weighs its pages.
func Weigh(ctx context.Context, fsys fs.FS) (*Report, *Result, error) {
	r := &Report{Pages: []Weight{}}
	r.sizes = map[string]int{}
	res, err := Build(ctx, fsys, output.Memory(), Options{
		Bundles: bundle.Steady(),
		Picture: func(name string, size int) { r.sizes[name] = size },
		Page: func(f *site.Family, p render.Page) {
			w := Weight{Name: p.Name, Language: p.Language.Code, Bytes: len(p.HTML), Compressed: pack.Weight(p.HTML),
				Fallback: p.Fallback, media: slices.Clone(p.Refs.Media)}
			if f.Set != nil {
				w.Set = f.Set.ID
			}
			r.Pages = append(r.Pages, w)
		},
	})
	if err != nil || res.Failed() {
		return r, res, err
	}
	for i := range r.Pages {
		for _, name := range r.Pages[i].media {
			r.Pages[i].Pictures += r.sizes[name]
		}
	}
	slices.SortFunc(r.Pages, func(a, b Weight) int {
		return cmp.Or(cmp.Compare(b.Compressed, a.Compressed), cmp.Compare(a.Name, b.Name))
	})
	r.Limit = res.Site.Limits.Page
	for _, lang := range res.Site.Languages {
		r.Languages = append(r.Languages, r.group(lang.Code, func(w Weight) bool { return w.Language == lang.Code }))
	}
	for _, set := range res.Site.Sets {
		r.Sets = append(r.Sets, r.group(set.ID, func(w Weight) bool { return w.Set == set.ID }))
	}
	r.Sets = append(r.Sets, r.group("outside the sets", func(w Weight) bool { return w.Set == "" }))
	for _, m := range res.Bundles {
		r.Bundles = append(r.Bundles, Bundle{m.File, m.Bytes})
	}
	r.Whole = r.group("whole", func(Weight) bool { return true })
	return r, res, nil
}

// group adds up the pages that belong; pages come heaviest first.
func (r *Report) group(name string, belongs func(Weight) bool) Group {
	g := Group{Name: name}
	var sizes []int
	seen := map[string]bool{}
	for _, w := range r.Pages {
		if !belongs(w) {
			continue
		}
		g.Pages++
		g.Bytes += w.Bytes
		g.Compressed += w.Compressed
		if !w.Fallback {
			g.Translated++
		}
		g.Pictures += w.Pictures
		g.Visit += w.Compressed
		for _, name := range w.media {
			if !seen[name] {
				seen[name] = true
				g.Visit += r.sizes[name]
			}
		}
		sizes = append(sizes, w.Compressed)
	}
	if len(sizes) > 0 {
		g.Largest, g.Median = sizes[0], sizes[len(sizes)/2]
	}
	return g
}
