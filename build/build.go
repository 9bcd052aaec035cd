// Package build turns a site folder into a finished site: it is the whole machine in one function.
//
//	content.Load ─► for each family: Product ─► collect, in reading order ─► check.Links ─► bundles ─► Tree
//
// Three things travel: the *site.Site, which nobody changes once it is
// loaded; the *output.Tree of finished files, in memory for a preview or
// staged on disk for a release; and the findings.
//
// The unit of work is the family, a page in all its languages. A worker reads
// its files, parses each once, checks them against each other, renders them,
// and returns a Product: a value that pushes nothing anywhere. So every core is
// busy, memory stays flat however large the site is, and what concerns twins
// stays local. collect takes Products in reading order and is the one place
// that feeds the tree, the search index and the bundles. How grave a finding is
// is data, and is settled where findings come together: what is kept does not
// depend on it.
//
// Preview, check, report, tests and publishing all call Build.
package build

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"fieldguide/build/bundle"
	"fieldguide/build/check"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/parallel"
	"fieldguide/build/release"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Options say how Build works. The zero value is what a release wants.
type Options struct {
	Workers int                                   // goroutines; 0 means one a core
	Memory  *Memory                               // of builds before this one; nil for none
	Drafts  bool                                  // are pages, as in the preview
	Bundles []*bundle.Format                      // formats of bundles to make; none when empty
	Forms   []pack.Form                           // compressed forms to lay beside files
	Page    func(f *site.Family, p render.Page)   // told of each page, one at a time; nil for none
	Picture func(name string, size int)           // told of each picture that pages show, with its bytes; nil for none
	Tick    func()                                // called for each family; nil for nothing
	Stage   func(name string, took time.Duration) // told of each stage; nil for none
}

// Result is what Build made and found.
type Result struct {
	Site     *site.Site // nil when site.yaml could not be used
	Bundles  []bundle.Made
	Findings []site.Finding
	Pages    []Pages // by language
}

// Pages are what the pages of a language come to.
type Pages struct {
	Language             string // its code
	Count, Bytes, Fallen int    // Fallen are those that show another language's text
}

// Failed reports whether the findings forbid to publish the tree.
func (r *Result) Failed() bool { return site.HasErrors(r.Findings) }

// Build reads the site below fsys and puts its files into tree. All findings
// come back at once, sorted. The error is non-nil only when the machine
// failed or ctx was cancelled; the tree is then not worth publishing.
func Build(ctx context.Context, fsys fs.FS, tree *output.Tree, o Options) (*Result, error) {
	done := o.clock()
	b, err := o.Memory.base(fsys, o.Drafts)
	res := &Result{Site: b.site, Findings: site.Sort(slices.Clone(b.findings))}
	if err != nil || b.render == nil {
		return res, err
	}
	s, r := b.site, b.render
	res.Findings = check.Grave(s, res.Findings) // from here on there is something to publish
	tree.Release(plan(s))
	done("settings, words, front matter and layouts")

	gallery := newGallery(fsys, s, tree, o.Memory)
	binder, findings, err := bundle.New(s, r, fsys, tree, o.Bundles, gallery.medium)
	if res.add(findings); err != nil {
		return res, err
	}
	k, err := newKept(o.Memory, fsys, b)
	if err != nil {
		return res, err
	}
	if k.store != nil {
		binder.Remember(k.past(&maker{fsys: fsys, kept: k, site: s, render: r, media: gallery}))
	}
	c := &collector{site: s, tree: tree, binder: binder, tell: o.Page, told: map[string]bool{},
		shown: map[string]bool{}, linked: map[string]bool{}}
	for _, lang := range s.Languages {
		c.pages = append(c.pages, Pages{Language: lang.Code})
	}
	res.Pages = c.pages
	if err := c.static(fsys, k); err != nil {
		return res, err
	}
	index, err := c.openIndex(k)
	if err != nil {
		return res, err
	}
	err = parallel.Ordered(ctx, o.Workers, len(s.Families), func() func(i int, p *Product) error {
		m := &maker{fsys: fsys, kept: k, want: wants{binder.Takes(), c.unindexed()}, site: s, render: r, index: index,
			media: gallery,
			has:   tree.Has, whole: func(f *site.Family) bool { return o.Page != nil || binder.Makes() && binder.Holds(f) }}
		return func(i int, p *Product) error { return m.product(s.Families[i], p) }
	}, func(i int, p *Product) error {
		if o.Tick != nil {
			o.Tick()
		}
		return c.collect(s.Families[i], p)
	})
	if res.add(c.found()); err != nil {
		return res, err
	}
	res.add(append(check.Links(s, c.facts), check.Unused(s, c.facts)...))
	done("pages")

	err = c.media(fsys, gallery, o.Picture)
	if res.add(c.found()); err != nil {
		return res, err
	}
	if o.Memory != nil && (c.stray || gallery.strayed()) {
		o.Memory.last = nil // nor is what this comes to that of the files, should they be again what they were
	}
	done("pictures and sounds")

	if err := c.closeIndex(fsys); err != nil {
		return res, err
	}
	c.facts, c.index, index = nil, nil, nil // room for bundles
	done("search index")

	findings, err = layoutFindings(r.Root(&render.Worker{}, c.file))
	res.add(append(c.found(), findings...))
	done("what belongs to no language")
	if err != nil || res.Failed() {
		return res, err
	}

	press := newPresser(tree, s, k.store, o)
	if err := press.press(ctx); err != nil {
		return res, err
	}
	done("compressed forms")

	res.Bundles, findings, err = bundles(ctx, r, c)
	res.add(append(c.found(), findings...))
	done("bundles")
	if err != nil || res.Failed() {
		return res, err
	}
	return res, press.press(ctx) // of what bundles and pages that offer them add
}

// plan is what a site says of its next release.
func plan(s *site.Site) release.Plan {
	p := release.Plan{Edition: s.Edition, Lasts: time.Duration(s.Release.Days) * 24 * time.Hour, Next: s.Release.Next}
	if day, dated := s.EditionDate(); dated {
		p.Day = day
	}
	return p
}

// clock returns a function that tells of a stage which has just ended.
func (o Options) clock() func(stage string) {
	start := time.Now()
	return func(stage string) {
		if o.Stage != nil {
			o.Stage(stage, time.Since(start))
		}
		start = time.Now()
	}
}

func (r *Result) add(findings []site.Finding) {
	r.Findings = site.Sort(append(r.Findings, check.Grave(r.Site, findings)...))
}

// layoutFindings turns the failure of a layout into what it is, a finding.
func layoutFindings(err error) ([]site.Finding, error) {
	var bad *render.LayoutError
	if errors.As(err, &bad) {
		return []site.Finding{bad.Finding}, nil
	}
	return nil, err
}
