package search

import (
	"maps"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/letters"
	"fieldguide/build/site"
)

// ask is what shows who asks, and which docs come first then and which last.
type ask struct {
	words       []string // as a query says them, see saying
	first, last docs
	bring       []int // docs, the best first
	mutes       []int // places of asks
	quiet       bool

	names []string // of bring, seen from the search page
}

// docs are runs of docs: the first of each, and the one after it.
type docs struct {
	names []string // of pages and folders, seen from the search page
	runs  []int
}

// none is the number of a doc that a language has not.
const none = -1

// asksOf returns the asks of a site in the order of their ids.
func asksOf(s *site.Site, from *site.Family, lang *site.Language, facts *letters.Facts) (list []*ask) {
	ids := slices.Sorted(maps.Keys(s.Asks))
	for _, id := range ids {
		a := &ask{quiet: s.Asks[id].Quiet}
		for _, page := range s.Asks[id].Bring {
			a.names = append(a.names, content.Relative(from.Path, page)+".html")
			a.bring = append(a.bring, none)
		}
		for _, other := range s.Asks[id].Mutes {
			if i := slices.Index(ids, other); i >= 0 { // else loading the site has said so
				a.mutes = append(a.mutes, i)
			}
		}
		for _, words := range lang.Lookup.Asks[id] {
			if said := saying(parse(facts, words)); !slices.Contains(a.words, said) { // each form once
				a.words = append(a.words, said)
			}
		}
		for _, at := range []struct {
			to    *docs
			names []string
		}{{&a.first, s.Asks[id].First}, {&a.last, s.Asks[id].Last}} {
			for _, name := range at.names {
				at.to.names = append(at.to.names, content.Relative(from.Path, name))
			}
		}
		list = append(list, a)
	}
	return list
}

// see takes in the path of a doc.
func (a *ask) see(path string, doc int) {
	a.first.see(path, doc)
	a.last.see(path, doc)
	if i := slices.Index(a.names, path); i >= 0 {
		a.bring[i] = doc
	}
}

func (d *docs) see(path string, doc int) {
	if !slices.ContainsFunc(d.names, func(name string) bool {
		rest, in := strings.CutPrefix(path, name)
		return in && (rest[0] == '/' || rest[0] == '.')
	}) {
		return
	}
	if n := len(d.runs); n > 0 && d.runs[n-1] == doc {
		d.runs[n-1] = doc + 1
		return
	}
	d.runs = append(d.runs, doc, doc+1)
}

// has reports whether a doc is among them.
func (d *docs) has(doc int) bool {
	for i := 0; i < len(d.runs); i += 2 {
		if d.runs[i] <= doc && doc < d.runs[i+1] {
			return true
		}
	}
	return false
}

// String is the ask as the script reads it.
func (a *ask) String() string {
	text := "[" + quotes(a.words)
	for _, list := range [][]int{a.first.runs, a.last.runs, a.bring, a.mutes} {
		text += "," + numbers(list)
	}
	if a.quiet {
		text += ",1"
	}
	return text + "]"
}

// askers finds who asks in what a query says.
type askers struct {
	asks  []*ask
	words map[string][]asked // by their first word
}

// asked are words that show an ask.
type asked struct {
	ask   int // its place
	words string
}

func newAskers(asks []*ask) askers {
	q := askers{asks, map[string][]asked{}}
	for i, a := range asks {
		for _, words := range a.words {
			first, _, _ := strings.Cut(words[1:], " ")
			q.words[first] = append(q.words[first], asked{i, words})
		}
	}
	return q
}

// recognised returns the asks whose words are in what a query says, without
// those that others mute, and the words of those that are quiet.
func (q *askers) recognised(said string) (list []*ask, quiet string) {
	var has, muted []bool
	see := func(first, said string) {
		for _, a := range q.words[first] {
			if !strings.HasPrefix(said, a.words) {
				continue
			}
			if has == nil {
				has, muted = make([]bool, len(q.asks)), make([]bool, len(q.asks))
			}
			if has[a.ask] = true; q.asks[a.ask].quiet {
				quiet += a.words
			}
		}
	}
	see("", " ") // words that say nothing are in all
	for from := 0; from+1 < len(said); {
		first, _, _ := strings.Cut(said[from+1:], " ")
		see(first, said[from:])
		from += 1 + len(first)
	}
	for i, is := range has {
		for _, other := range q.asks[i].mutes {
			muted[other] = muted[other] || is
		}
	}
	for i, is := range has {
		if is && !muted[i] {
			list = append(list, q.asks[i])
		}
	}
	return list, quiet
}
