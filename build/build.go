// Package build turns a site folder into a finished site. It is the whole
// machine in one function:
//
//	content.Load ─► for each family: read, check, render ─► check.Links ─► Tree
//
// Three things travel: the *site.Site, which nobody changes once it is
// loaded; the *output.Tree of finished files, in memory for a preview or
// staged on disk for a release; and the findings.
//
// The unit of work is the family, a page in all its languages. A worker reads
// its files, parses each once, checks them against each other, renders them,
// hands the pages to the tree and lets go. So every core is busy, memory stays
// flat however large the site is, and what concerns twins stays local.
//
// Preview, check, report, tests and publishing all call Build.
package build

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"sync"

	"fieldguide/build/check"
	"fieldguide/build/content"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Options say how Build works. The zero value is what a release wants.
type Options struct {
	Workers int                                 // goroutines; 0 means one a core
	Page    func(f *site.Family, p render.Page) // told of each page, one at a time; nil for none
}

// Result is what Build made and found.
type Result struct {
	Site     *site.Site // nil when site.yaml could not be used
	Findings []site.Finding
}

// Failed reports whether the findings forbid to publish the tree.
func (r *Result) Failed() bool { return site.HasErrors(r.Findings) }

// Build reads the site below fsys and puts its files into tree. All findings
// come back at once, sorted. The error is non-nil only when the machine
// failed or ctx was cancelled; the tree is then not worth publishing.
func Build(ctx context.Context, fsys fs.FS, tree *output.Tree, o Options) (*Result, error) {
	s, findings, err := content.Load(fsys)
	res := &Result{Site: s, Findings: site.Sort(findings)}
	if err != nil || s == nil || s.Family("index") == nil {
		return res, err
	}
	r, found, err := render.New(s, fsys)
	res.add(found)
	if err != nil || r == nil {
		return res, err
	}
	res.add(check.Site(s, r.Words()))

	facts, found, err := families(ctx, fsys, s, r, tree, o)
	res.add(found)
	if err != nil {
		return res, err
	}
	res.add(check.Links(s, facts))
	found, err = printPages(ctx, fsys, s, r, tree, o)
	res.add(found)
	if err != nil {
		return res, err
	}
	found, err = layoutFindings(r.Root(&render.Worker{}, tree.Put))
	res.add(found)
	return res, err
}

func (r *Result) add(findings []site.Finding) {
	r.Findings = site.Sort(append(r.Findings, findings...))
}

// families works through all families on all cores.
func families(ctx context.Context, fsys fs.FS, s *site.Site, r *render.Renderer, tree *output.Tree, o Options) ([]*check.Facts, []site.Finding, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan int)
	facts := make([]*check.Facts, len(s.Families))
	found := make([][]site.Finding, len(s.Families))
	var told sync.Mutex
	var workers sync.WaitGroup
	for range o.Workers {
		workers.Go(func() {
			w := &worker{fsys: fsys, site: s, render: r, tree: tree}
			if o.Page != nil {
				w.tell = func(f *site.Family, p render.Page) {
					told.Lock()
					defer told.Unlock()
					o.Page(f, p)
				}
			}
			for i := range work {
				var err error
				if facts[i], found[i], err = w.family(s.Families[i]); err != nil {
					cancel(err)
				}
			}
		})
	}
feed:
	for i := range s.Families {
		select {
		case work <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(work)
	workers.Wait()
	var findings []site.Finding
	for _, f := range found {
		findings = append(findings, f...)
	}
	return facts, findings, context.Cause(ctx)
}

// worker is one goroutine's tools.
type worker struct {
	fsys   fs.FS
	site   *site.Site
	render *render.Renderer
	tree   *output.Tree
	tell   func(*site.Family, render.Page)
	memory render.Worker
}

// family makes one page in all its languages.
func (w *worker) family(f *site.Family) (*check.Facts, []site.Finding, error) {
	texts, findings, err := content.Read(w.fsys, w.site, f)
	if err != nil {
		return nil, findings, err
	}
	found, facts := check.Family(w.site, texts)
	findings = append(findings, found...)
	err = w.render.Family(&w.memory, texts, func(p render.Page) error {
		if !p.Fallback {
			findings = append(findings, check.Budget(w.site, f.Pages[p.Language.Index].File, p.Language, p.HTML, p.Text)...)
		}
		if w.tell != nil {
			w.tell(f, p)
		}
		return w.tree.Put(p.Name, p.HTML)
	})
	found, err = layoutFindings(err)
	return facts, append(findings, found...), err
}

// printPages makes the pages that hold a whole part of the site.
func printPages(ctx context.Context, fsys fs.FS, s *site.Site, r *render.Renderer, tree *output.Tree, o Options) ([]site.Finding, error) {
	var findings []site.Finding
	w := &render.Worker{}
	for _, path := range s.Print {
		index := s.Family(path)
		if index == nil || ctx.Err() != nil {
			continue
		}
		var texts []*content.Texts
		for _, f := range render.PrintPages(index) {
			t, _, err := content.Read(fsys, s, f)
			if err != nil {
				return findings, err
			}
			texts = append(texts, t)
		}
		err := r.Print(w, index, texts, func(p render.Page) error {
			findings = append(findings, check.Budget(s, "content/site.yaml", p.Language, p.HTML, p.Text)...)
			if o.Page != nil {
				o.Page(index, p)
			}
			return tree.Put(p.Name, p.HTML)
		})
		found, err := layoutFindings(err)
		findings = append(findings, found...)
		if err != nil {
			return findings, err
		}
	}
	return findings, context.Cause(ctx)
}

// layoutFindings turns the failure of a layout into what it is, a finding.
func layoutFindings(err error) ([]site.Finding, error) {
	var bad *render.LayoutError
	if errors.As(err, &bad) {
		return []site.Finding{bad.Finding}, nil
	}
	return nil, err
}
