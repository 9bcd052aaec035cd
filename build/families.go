package build

import (
	"context"
	"io/fs"
	"sync"

	"fieldguide/build/bundle"
	"fieldguide/build/check"
	"fieldguide/build/content"
	"fieldguide/build/output"
	"fieldguide/build/parallel"
	"fieldguide/build/render"
	"fieldguide/build/search"
	"fieldguide/build/site"
)

// families works through all families on all cores.
func families(ctx context.Context, fsys fs.FS, s *site.Site, r *render.Renderer, index *search.Index, binder *bundle.Binder, tree *output.Tree, o Options) ([]*check.Facts, []site.Finding, error) {
	facts := make([]*check.Facts, len(s.Families))
	found := make([][]site.Finding, len(s.Families))
	var told sync.Mutex
	err := parallel.Each(ctx, o.Workers, len(s.Families), func() func(i int) error {
		w := &worker{fsys: fsys, site: s, render: r, index: index, binder: binder, tree: tree, bundling: len(o.Bundles) > 0}
		if o.Page != nil {
			w.tell = func(f *site.Family, p render.Page) {
				told.Lock()
				defer told.Unlock()
				o.Page(f, p)
			}
		}
		return func(i int) (err error) {
			facts[i], found[i], err = w.family(s.Families[i])
			return err
		}
	})
	var findings []site.Finding
	for _, f := range found {
		findings = append(findings, f...)
	}
	return facts, findings, err
}

// worker is one goroutine's tools.
type worker struct {
	fsys   fs.FS
	site   *site.Site
	render *render.Renderer
	index  *search.Index
	binder *bundle.Binder
	tree   *output.Tree
	tell   func(*site.Family, render.Page)
	memory render.Worker

	bundling bool
}

// family makes one page in all its languages.
func (w *worker) family(f *site.Family) (*check.Facts, []site.Finding, error) {
	texts, findings, err := content.Read(w.fsys, w.site, f)
	if err != nil {
		return nil, findings, err
	}
	found, facts := check.Family(w.site, texts)
	findings = append(findings, found...)
	entry := w.index.Entry(f)
	err = w.render.Family(&w.memory, texts, func(p render.Page) error {
		if !p.Fallback {
			entry.Add(p.Language, string(p.Body.HTML))
		}
		if w.bundling {
			w.binder.Add(f, p.Language, p.Body)
			if w.binder.Holds(f) {
				w.binder.Hold(p.Name, p.HTML)
				return nil
			}
		}
		found, err := w.finish(f, p)
		findings = append(findings, found...)
		return err
	})
	if found, err = layoutFindings(err); err == nil {
		err = entry.Close()
	}
	return facts, append(findings, found...), err
}

// finish checks a finished page and puts it into the tree.
func (w *worker) finish(f *site.Family, p render.Page) (findings []site.Finding, err error) {
	if !p.Fallback {
		source := f.Pages[p.Language.Index].File
		page := check.Page{Source: source, Name: p.Name, HTML: p.HTML, Text: len(p.Body.HTML), Style: p.Style}
		findings = append(check.Budget(w.site, page), check.Exit(w.site, f, page)...)
	}
	if w.tell != nil {
		w.tell(f, p)
	}
	return findings, w.tree.Put(p.Name, p.HTML)
}
