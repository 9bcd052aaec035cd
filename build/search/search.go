// Package search makes the index that the search page of each language looks things up in.
//
// It is a heap of small scripts, because scripts load where nothing else does:
// from a memory card, at any path, in a browser of 2016.
//
//	fr/search.html        the page; without its script a list from A to Z
//	search.js             the script (static/search.js of the defaults), the same for all languages
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
// Text is folded (see package letters) and split into words; Chinese and other
// scripts without spaces into pairs of characters. Words are filed with and
// without an article that is written together with them.
//
// # How it is found
//
// Each word of a query is looked up by its stem (see package letters), a common
// one as it is; the last one, unless a space follows, also as the beginning of
// words. A word that nothing knows is compared with those one letter away.
//
// What a query says may show who asks (asks in site.yaml, search.yaml). Pages
// are brought then even without a word of the query: of the first three results
// one or two, and never all.
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
	"strings"
	"sync"

	"fieldguide/build/content"
	"fieldguide/build/letters"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// resourcesLayout shows the records of resources.yaml below a page's text.
const resourcesLayout = "resources"

// Index collects the words of all pages. It belongs to one goroutine.
type Index struct {
	site  *site.Site
	page  *site.Family
	parts []*part // one a language
}

// New returns an index that writes its shards with put, nil when the site has
// no search page. All methods do nothing on nil.
func New(s *site.Site, put func(name string, data []byte) error) *Index {
	page := s.Search()
	if page == nil {
		return nil
	}
	x := &Index{site: s, page: page}
	for _, lang := range s.Languages {
		p := &part{lang: lang, facts: letters.Of(lang), put: put, words: map[string]*list{}, limit: s.Limits.Search,
			folder: strings.TrimSuffix(page.File(lang), ".html") + "/", order: x.order(lang)}
		p.asks = sync.OnceValue(func() []*ask { return asksOf(s, page, lang, &p.facts) })
		p.counters.New = func() any { return newCounter(p.facts, p.listOf) }
		x.parts = append(x.parts, p)
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

// Docs returns what a family puts into the index in a language: its page, when
// text says something in that language's own words, and the terms of the
// glossary when it is their page. It is safe for concurrent use.
func (x *Index) Docs(f *site.Family, lang *site.Language, text *markdown.Text) []*Doc {
	if x == nil {
		return nil
	}
	var docs []*Doc
	if text != nil && x.holds(f) {
		docs = append(docs, x.doc(f, lang, text))
	}
	if f.Path == x.site.Glossary {
		docs = append(docs, x.terms(f, lang)...)
	}
	return docs
}

func (x *Index) doc(f *site.Family, lang *site.Language, text *markdown.Text) *Doc {
	said := text.Said
	if f.Kind.Layout == resourcesLayout {
		var p markdown.Speech
		for _, r := range x.site.Resources {
			for _, words := range []string{lang.Resources[r.ID].Title, lang.Resources[r.ID].Note} {
				p.Say(markdown.Plain(lang, words))
				p.Stop()
			}
		}
		said += " " + p.String()
	}
	p := f.Pages[lang.Index]
	d := &Doc{path: x.path(f), title: markdown.Plain(lang, p.Title), way: x.way(lang, f.Parent),
		summary: markdown.Plain(lang, p.Summary), file: p.File, finds: p.Find, index: f.IsIndex()}
	x.parts[lang.Index].count(d, texts{classTitle, text.Headings, said})
	return d
}

// terms are the glossary, each term with an address of its own.
func (x *Index) terms(f *site.Family, lang *site.Language) []*Doc {
	var docs []*Doc
	for _, id := range x.site.Terms {
		t := lang.Terms[id]
		if t.Term == "" {
			continue
		}
		d := &Doc{path: x.path(f) + "#" + id, title: markdown.Plain(lang, t.Term), way: x.way(lang, f),
			summary: markdown.Plain(lang, t.Meaning), term: id, finds: t.Find}
		x.parts[lang.Index].count(d, texts{title: classTerm})
		docs = append(docs, d)
	}
	return docs
}

// Add takes in what Docs returned. Families come in reading order.
func (x *Index) Add(lang *site.Language, docs []*Doc) error {
	for _, d := range docs {
		if err := x.parts[lang.Index].add(d); err != nil {
			return err
		}
	}
	return nil
}

// path is the address of the family's page, seen from the search page.
func (x *Index) path(f *site.Family) string {
	return content.Relative(x.page.Path, f.Path) + ".html"
}

// way names the pages above, without the home page.
func (x *Index) way(lang *site.Language, above *site.Family) string {
	var names []string
	for ; above != nil && above.Parent != nil; above = above.Parent {
		p, words := above.In(x.site, lang)
		names = append([]string{markdown.Plain(words, p.Name())}, names...)
	}
	return strings.Join(names, " / ")
}

// Close writes what could not be written before of a language: the words and
// index.js. It returns which words under find: find another page better.
func (x *Index) Close(lang *site.Language) ([]Miss, error) {
	if x == nil {
		return nil, nil
	}
	return x.parts[lang.Index].close()
}
