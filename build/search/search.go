// Package search makes the index that the search page of each language looks
// things up in. It is a heap of small scripts, because scripts load where
// nothing else does: from a memory card, at any path, in a browser of 2016.
//
//	fr/search.html        the page; without its script a list from A to Z
//	search.js             the script (static/search.js), the same for all languages
//	fr/search/index.js    what it needs first: folding, counts, which shard holds what
//	fr/search/w3.js       words, in order, each with the pages that hold it
//	fr/search/d0.js       pages in reading order: path, title, way, text
//
// A site has an index when it has a page whose kind names the layout "search".
//
// # What is found
//
// Pages in the language's own words, and each term of the glossary. Pages
// that fall back to another language and kinds that are hidden are left out.
// Text is folded (see Fold) and split into words; Chinese and other scripts
// without spaces into pairs of characters. Arabic words are filed with and
// without their article.
//
// # How it is found
//
// Each word of a query is looked up as it is; the last one, unless a space
// follows, also as the beginning of words. In titles, headings, summaries and
// terms it may have another ending: up to two letters less, of a long word
// three, and up to four more, but three fifths of it must stay. When less than
// three pages hold all words, endings may differ anywhere, by one letter less,
// then by two; when there is none at all, by three and any end.
//
// Pages are ordered by the place of the word (title, term, heading, summary,
// text), how much of that place it is, whether the page is the index of its
// folder, and how rare the word is; then by reading order. A page that lacks a
// word loses by the word's share of all rarity; it is found when it is still a
// quarter as good as the best, or a sixteenth when less than three hold all.
// All numbers are whole: query_test.go mirrors the script and finds the same.
//
// # How it grows
//
// A shard has some 12 kB, however large the site. A word keeps at most 512
// pages, its best ones. The words with a common beginning lie in at most two
// neighbouring shards, or else an entry "pri*" holds their best pages. So each
// word of a query loads a fixed number of shards, and index.js grows by some
// five bytes a shard.
//
// # How it stays whole
//
// Shards name the index they belong to. When a stale copy of one meets a
// fresh one, the script asks again for all of them, past every cache.
package search

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"sync"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Layout is the layout of search pages.
const Layout = "search"

// resourcesLayout shows the records of resources.yaml below a page's text.
const resourcesLayout = "resources"

// Page returns the site's search page, nil for none.
func Page(s *site.Site) *site.Family {
	for _, f := range s.Families {
		if f.Kind.Layout == Layout {
			return f
		}
	}
	return nil
}

// Index collects the words of all pages. It is safe for concurrent use.
type Index struct {
	site *site.Site
	page *site.Family
	put  func(name string, data []byte) error

	counters sync.Pool

	mu      sync.Mutex
	place   map[*site.Family]int // in reading order
	next    int                  // the family whose turn it is
	waiting map[int]*Entry
	parts   []*part // one a language
}

// New returns an index that writes its shards with put, nil when the site has
// no search page. All methods do nothing on nil.
func New(s *site.Site, put func(name string, data []byte) error) *Index {
	page := Page(s)
	if page == nil {
		return nil
	}
	x := &Index{site: s, page: page, put: put, place: map[*site.Family]int{}, waiting: map[int]*Entry{}}
	x.counters.New = func() any { return &counter{places: map[string]int{}} }
	for i, f := range s.Families {
		x.place[f] = i
	}
	for _, lang := range s.Languages {
		x.parts = append(x.parts, &part{lang: lang, folder: strings.TrimSuffix(page.File(lang), ".html") + "/", order: x.order(lang), put: put,
			words: map[string]*list{}})
	}
	return x
}

// order is a name for the pages of a language and their numbers.
func (x *Index) order(lang *site.Language) string {
	h := sha256.New()
	for _, f := range x.site.Families {
		if x.holds(f) && f.Pages[lang.Index] != nil {
			fmt.Fprintln(h, f.Path)
		}
		if f.Path == x.site.Glossary {
			fmt.Fprintln(h, x.site.Terms)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// holds reports whether a page belongs into the index.
func (x *Index) holds(f *site.Family) bool { return !f.Kind.Hidden && f != x.page }

// Entry is a family on its way into the index. It belongs to one goroutine.
type Entry struct {
	index  *Index
	family *site.Family
	docs   [][]*doc // by language
}

// Entry begins a family. It must be closed, in whatever order.
func (x *Index) Entry(f *site.Family) *Entry {
	if x == nil {
		return nil
	}
	return &Entry{index: x, family: f, docs: make([][]*doc, len(x.site.Languages))}
}

// Add takes the family's page in one of its own languages: body is its text
// in HTML, as package markdown writes it.
func (e *Entry) Add(lang *site.Language, body string) {
	if e == nil || !e.index.holds(e.family) {
		return
	}
	s, page := e.index.site, e.family.Pages[lang.Index]
	summary := markdown.Plain(lang, page.Summary)
	var p plain
	p.write(summary)
	p.stop()
	p.read(body)
	if e.family.Kind.Layout == resourcesLayout {
		for _, r := range s.Resources {
			p.stop()
			p.write(markdown.Plain(lang, lang.Resources[r.ID].Title))
			p.stop()
			p.write(markdown.Plain(lang, lang.Resources[r.ID].Note))
		}
	}
	d := &doc{path: e.path(), title: markdown.Plain(lang, page.Title), way: e.way(lang, e.family.Parent), text: p.String(), index: e.family.IsIndex()}
	e.index.count(d, classTitle, summary, p.headings)
	e.docs[lang.Index] = append(e.docs[lang.Index], d)
}

// Close hands the family over. Shards are written in reading order, whoever
// comes first.
func (e *Entry) Close() error {
	if e == nil {
		return nil
	}
	x := e.index
	if e.family.Path == x.site.Glossary {
		e.terms()
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.waiting[x.place[e.family]] = e
	for {
		e, ready := x.waiting[x.next]
		if !ready {
			return nil
		}
		delete(x.waiting, x.next)
		x.next++
		for i, docs := range e.docs {
			for _, d := range docs {
				if err := x.parts[i].add(d); err != nil {
					return err
				}
			}
		}
	}
}

// terms adds the glossary, each term with an address of its own.
func (e *Entry) terms() {
	for _, lang := range e.index.site.Languages {
		for _, id := range e.index.site.Terms {
			t := lang.Terms[id]
			if t.Term == "" {
				continue
			}
			d := &doc{path: e.path() + "#" + id, title: markdown.Plain(lang, t.Term), way: e.way(lang, e.family), text: markdown.Plain(lang, t.Meaning)}
			e.index.count(d, classTerm, "", nil)
			e.docs[lang.Index] = append(e.docs[lang.Index], d)
		}
	}
}

// count works out what a doc says of its words.
func (x *Index) count(d *doc, title class, summary string, headings []string) {
	c := x.counters.Get().(*counter)
	c.count(d, title, summary, headings)
	x.counters.Put(c)
}

// path is the address of the family's page, seen from the search page.
func (e *Entry) path() string {
	return content.Relative(e.index.page.Path, e.family.Path) + ".html"
}

// way names the pages above, without the home page.
func (e *Entry) way(lang *site.Language, above *site.Family) string {
	var names []string
	for ; above != nil && above.Parent != nil; above = above.Parent {
		p, words := above.In(e.index.site, lang)
		names = append([]string{markdown.Plain(words, p.Name())}, names...)
	}
	return strings.Join(names, " / ")
}

// Close writes what could not be written before: the words and index.js.
func (x *Index) Close() error {
	if x == nil {
		return nil
	}
	for _, p := range x.parts {
		if err := p.close(); err != nil {
			return err
		}
	}
	return nil
}

// Folder returns the folder of the shards, seen from the search page.
func Folder(page *site.Family) string { return path.Base(page.Path) + "/" }
