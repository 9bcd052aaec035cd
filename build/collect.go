package build

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"fieldguide/build/bundle"
	"fieldguide/build/check"
	"fieldguide/build/content"
	"fieldguide/build/media"
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
	pages    []Pages                         // by language
	facts    []*check.Facts
	findings []site.Finding
	waiting  []string        // pictures, sounds and videos of static/
	shown    map[string]bool // pictures and sounds, by the files that they are made of
	linked   map[string]bool // files of static/ and beside pages
	told     map[string]bool // files and folders of static/ that stand in the way
	stray    bool            // the texts of some family are not those of the files that were looked at
}

// collect takes in what a family comes to. Errors are the machine's.
func (c *collector) collect(f *site.Family, p *Product) error {
	if p.stray { // nothing that is made of several texts is kept under their names
		c.stray, c.shards.lists = true, nil
		c.binder.Forget()
	}
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
	if c.binder.Takes() {
		for _, body := range p.Bodies {
			if body != nil {
				if err := c.binder.Take(f, body); err != nil {
					return err
				}
			}
		}
	}
	for i, page := range p.Pages {
		var kept *keptPage
		if len(p.files) > i {
			kept = &keptPage{p.files[i], p.bring, i}
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
	c.shards = shards{file: c.file, kept: k, lists: map[string]*shardList{}}
	c.indexed = make([]bool, len(c.site.Languages))
	if c.site.Search() != nil && k.store != nil {
		for i, lang := range c.site.Languages {
			var found []site.Finding
			if found, c.indexed[i], err = k.index(lang, c.tree.Has, c.hold); err != nil {
				return nil, err
			}
			c.findings = append(c.findings, found...)
			if !c.indexed[i] {
				c.shards.lists[lang.Code] = &shardList{key: k.indexKey(lang)}
			}
		}
	}
	c.index = search.New(c.site, c.shards.put)
	c.index.Remember(k.finds)
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
func (c *collector) closeIndex(fsys fs.FS) error {
	for i, lang := range c.site.Languages {
		if c.indexed[i] {
			continue
		}
		misses, err := c.index.Close(lang)
		if err != nil {
			return err
		}
		found, err := missFindings(fsys, c.site.Written, "content/"+lang.Code+"/terms.yaml", misses)
		if err != nil {
			return err
		}
		c.findings = append(c.findings, found...)
		c.shards.keep(lang, found)
	}
	return nil
}

// missFindings says which words under find:, in pages and in a language's terms, find another page better.
func missFindings(fsys fs.FS, written site.Outlines, terms string, misses []search.Miss) (
	found []site.Finding, err error) {
	for _, m := range misses {
		place, of := written.At(terms, m.Term, "find", m.Item), "term"
		if m.Term == "" {
			src, err := fs.ReadFile(fsys, m.File)
			if err != nil {
				return nil, fmt.Errorf("reading %s: %w", m.File, err)
			}
			place, of = content.FrontPlace(m.File, src, "find", m.Item), "page"
		}
		found = append(found, place.Find(site.Warning, "find", "leave it to that page, say it there too, or say more",
			"%q finds %s before this %s", m.Words, strings.TrimSuffix(m.Better, ".html"), of))
	}
	return found, nil
}

// found returns what was found since it was called last.
func (c *collector) found() []site.Finding {
	found := c.findings
	c.findings = nil
	return found
}

// page takes in a page; kept describes it when its bytes change no more. One that
// offers bundles waits until they are there.
func (c *collector) page(f *site.Family, page render.Page, kept *keptPage) error {
	for _, name := range page.Refs.Media {
		c.shown[name] = true
	}
	for _, name := range page.Refs.Static {
		c.linked[name] = true
	}
	if c.binder.Makes() {
		if c.binder.See(f, page); c.binder.Holds(f) {
			return nil
		}
	}
	return c.put(f, page, kept)
}

// put puts a page into the tree, unless it has a name that no system can hold,
// which loading it has said.
func (c *collector) put(f *site.Family, page render.Page, kept *keptPage) error {
	if output.CheckName(page.Name) != nil {
		return nil
	}
	if c.tell != nil {
		c.tell(f, page)
	}
	count := &c.pages[page.Language.Index]
	count.Count++
	if page.Fallback {
		count.Fallen++
	}
	if kept == nil {
		count.Bytes += len(page.HTML)
		return c.file(page.Name, page.HTML)
	}
	count.Bytes += int(kept.Size)
	if page.HTML == nil || c.tree.Later() {
		return c.hold(kept.File, func() ([]byte, error) { return kept.bring(kept.place) })
	}
	return c.hold(kept.File, func() ([]byte, error) { return page.HTML, nil })
}

// keptPage is a page that is kept, among those of its family.
type keptPage struct {
	output.File
	bring bringFunc
	place int
}

// hold puts a file that was described into the tree.
func (c *collector) hold(f output.File, data func() ([]byte, error)) error {
	return c.blame(c.tree.Hold(f, data))
}

// file puts a file into the tree.
func (c *collector) file(name string, data []byte) error { return c.blame(c.tree.Put(name, data)) }

// static puts the files of static/ into the tree: before all
// others, so that of two files that want one path it is theirs that is told.
// Pictures, sounds and videos wait until it is known which of them pages show.
func (c *collector) static(fsys fs.FS, k *kept) error {
	for _, name := range c.site.Static {
		data, err := fs.ReadFile(fsys, "static/"+name)
		if err != nil {
			return fmt.Errorf("reading static/%s: %w", name, err)
		}
		data = k.static(name, data)
		if media.KindOf(data) != nil {
			c.waiting = append(c.waiting, name)
			continue
		}
		if err := c.lay(name, data); err != nil {
			return err
		}
	}
	return nil
}

// lay puts a file of static/ into the tree, or says why it cannot.
func (c *collector) lay(name string, data []byte) error {
	var bad *output.NameError
	var collision *output.CollisionError
	switch err := c.tree.Put(name, data); {
	case errors.As(err, &bad):
		c.find(name, "the name %s", bad.Reason)
	case errors.As(err, &collision):
		c.collides(name, collision)
	case err != nil:
		return err
	}
	return nil
}

// media puts pictures, sounds and videos into the tree: those that pages show as they were made; those that they link to, and
// those of static/ that they do not show, as they are, without what they tell besides.
func (c *collector) media(fsys fs.FS, g *gallery, tell func(name string, size int)) error {
	for _, name := range slices.Sorted(maps.Keys(c.shown)) {
		e := g.exhibit(name)
		if err := g.failed(); err != nil {
			return err
		}
		if e.made != nil && e.made.Kind.Sort == media.Picture && tell != nil {
			tell(name, e.made.Files[0].Size)
		}
		for i, f := range e.files {
			if err := c.hold(f, func() ([]byte, error) { return e.bring(i) }); err != nil {
				return err
			}
		}
	}
	for _, name := range c.waiting {
		if c.linked[name] || !c.shown[name] {
			if err := c.bare(fsys, name); err != nil {
				return err
			}
		}
	}
	for _, name := range c.site.Media {
		switch {
		case c.linked[name]:
			if err := c.bare(fsys, name); err != nil {
				return err
			}
		case !c.shown[name]:
			c.findings = append(c.findings, site.Place{File: "content/" + name}.Find(site.Warning, "media",
				"show it, ![words]("+path.Base(name)+"), or remove it", "no page shows this"))
		}
	}
	return nil
}

// bare puts a file into the tree without what it tells besides. A sound or a video that is shown too is there already.
func (c *collector) bare(fsys fs.FS, name string) error {
	file := c.site.SourceOf(name)
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	if kind := media.KindOf(data); kind != nil && kind.Sort != media.Picture && c.shown[name] {
		return nil
	}
	return c.lay(name, media.Strip(data))
}

// blame turns the failure to put a file where one of static/ is into what it
// is, a finding about that one.
func (c *collector) blame(err error) error {
	var collision *output.CollisionError
	if !errors.As(err, &collision) {
		return err
	}
	there := func(name string) bool {
		return strings.HasPrefix(name+"/", strings.TrimSuffix(collision.Other, "/")+"/")
	}
	if i := slices.IndexFunc(c.site.Static, there); i >= 0 {
		c.collides(c.site.Static[i], collision)
		return nil
	}
	return err
}

func (c *collector) collides(name string, collision *output.CollisionError) {
	other := collision.Other
	depth := strings.Count(strings.TrimSuffix(other, "/"), "/") + 1
	met := strings.Join(strings.SplitAfter(collision.Name, "/")[:depth], "") // what meets it
	switch {
	case c.told[other]: // a folder's name stands in the way of many
	case strings.TrimSuffix(met, "/") != strings.TrimSuffix(other, "/"):
		c.find(name, "%s and %s are one path on some systems", met, other)
	case strings.HasSuffix(met, "/"):
		c.find(name, "the site makes a folder of this name itself")
	default:
		c.find(name, "the site makes a file of this name itself")
	}
	c.told[other] = true
}

func (c *collector) find(name, format string, args ...any) {
	c.findings = append(c.findings,
		site.Place{File: "static/" + name}.Find(site.Error, "paths", "give it another name", format, args...))
}
