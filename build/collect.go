package build

import (
	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/check"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/search"
	"fieldguide/build/site"
)

// collector takes products in reading order. It is the one place that feeds
// the tree, the search index and the bundles.
type collector struct {
	site     *site.Site
	tree     *output.Tree
	index    *search.Index
	indexed  []bool // by language: its index was kept and stands already
	shards   shards
	binder   *bundle.Binder
	tell     func(*site.Family, render.Page) // nil when nobody wants to know
	facts    []*check.Facts
	findings []site.Finding
}

// collect takes in what a family comes to. Errors are the machine's.
func (c *collector) collect(f *site.Family, p *Product) error {
	c.facts = append(c.facts, p.Facts)
	c.findings = append(append(c.findings, p.Text.Findings...), p.Frame.Findings...)
	for i, docs := range p.Docs {
		if c.index == nil || c.indexed[i] {
			continue
		}
		if err := c.index.Add(c.site.Languages[i], docs); err != nil {
			return err
		}
	}
	if c.binder.Makes() {
		for _, body := range p.Bodies {
			if body != nil {
				if err := c.binder.Take(f, body); err != nil {
					return err
				}
			}
		}
	}
	for i, page := range p.Pages {
		var kept *output.File
		if len(p.files) > i {
			kept = &p.files[i]
		}
		if err := c.page(f, page, kept); err != nil {
			return err
		}
	}
	return nil
}

// openIndex puts the search indexes that were kept into the tree, and begins
// the others.
func (c *collector) openIndex(k *kept) (index *search.Index, err error) {
	c.shards = shards{tree: c.tree}
	if k.store != nil {
		c.shards.files, c.shards.count = map[string]*cache.Encoder{}, map[string]int{}
	}
	c.indexed = make([]bool, len(c.site.Languages))
	if c.site.Search() != nil && k.store != nil {
		for i, lang := range c.site.Languages {
			if c.indexed[i], err = k.index(lang, c.tree); err != nil {
				return nil, err
			}
		}
	}
	c.index = search.New(c.site, c.shards.put)
	return c.index, nil
}

// unindexed says by language whether its index wants to be made.
func (c *collector) unindexed() []bool {
	list := make([]bool, len(c.indexed))
	for i, done := range c.indexed {
		list[i] = !done && c.index != nil
	}
	return list
}

// closeIndex ends the search indexes that were begun.
func (c *collector) closeIndex(k *kept) error {
	for i, lang := range c.site.Languages {
		if c.indexed[i] {
			continue
		}
		if err := c.index.Close(lang); err != nil {
			return err
		}
		c.shards.keep(k, lang)
	}
	return nil
}

// page takes in a page; kept describes it when its bytes change no more. One that
// offers bundles waits until they are there.
func (c *collector) page(f *site.Family, page render.Page, kept *output.File) error {
	if c.binder.Makes() {
		if err := c.binder.See(f, page); err != nil || c.binder.Holds(f) {
			return err
		}
	}
	return c.put(f, page, kept)
}

// put puts a page into the tree.
func (c *collector) put(f *site.Family, page render.Page, kept *output.File) error {
	if c.tell != nil {
		c.tell(f, page)
	}
	if kept != nil {
		return c.tree.Hold(*kept, page.HTML)
	}
	return c.tree.Put(page.Name, page.HTML)
}
