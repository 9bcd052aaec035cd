package search

import (
	"slices"
	"strings"
)

// Memory is what the finds of a site's pages and terms came to. Who makes the indexes of a
// site again and again, of the same settings, pages and front matter, has only those asked anew of which
// what changed could make something else. The zero value remembers nothing.
type Memory struct {
	langs []remembered
}

// Remember makes the index ask finds anew only where m does not know what they come to.
func (x *Index) Remember(m *Memory) {
	if x == nil || m == nil {
		return
	}
	if m.langs == nil {
		m.langs = make([]remembered, len(x.parts))
	}
	for i, p := range x.parts {
		p.before = &m.langs[i]
	}
}

// remembered is what the finds of a language came to.
type remembered struct {
	paths   []string // of the docs
	core    []entry
	queries []query
	says    map[string][]int // docs, by what a find comes to
	answers []answer
}

// query is a find with its words.
type query struct {
	text string
	doc  int
	all  []word
	said string
}

// answer is what a find came to.
type answer struct {
	better int      // the doc before its own; none for none
	read   []looked // in the core
	wide   bool     // more than that was read
}

// holds reports whether finds are those that are remembered, of the same docs.
func (r *remembered) holds(paths []string, finds []find) bool {
	return r != nil && slices.Equal(r.paths, paths) && slices.EqualFunc(r.queries, finds, func(q query, f find) bool {
		return q.text == f.words && q.doc == f.doc
	})
}

// differing returns the keys of words that two cores do not have alike, in their order.
func differing(a, b []entry) (keys []string) {
	for len(a) > 0 && len(b) > 0 {
		switch order := compareKeys(a[0].key, b[0].key); {
		case order < 0:
			keys, a = append(keys, a[0].key), a[1:]
		case order > 0:
			keys, b = append(keys, b[0].key), b[1:]
		default:
			if a[0].line != b[0].line {
				keys = append(keys, a[0].key)
			}
			a, b = a[1:], b[1:]
		}
	}
	for _, e := range append(slices.Clip(a), b...) { // of which one is empty
		keys = append(keys, e.key)
	}
	return keys
}

// stands reports whether an answer is the same where the core has other words of some keys.
func (a *answer) stands(keys []string) bool {
	return !a.wide && !slices.ContainsFunc(a.read, func(q looked) bool {
		if _, is := slices.BinarySearchFunc(keys, q.key, compareKeys); is {
			return true
		}
		at, _ := slices.BinarySearchFunc(keys, q.begun, compareKeys)
		return q.begun != "" && at < len(keys) && strings.HasPrefix(keys[at], q.begun)
	})
}

// reads notes what was read for an answer.
func (a *answer) reads(q looked) {
	switch {
	case a == nil:
	case q.deep:
		a.wide = true
	case !slices.Contains(a.read, q):
		a.read = append(a.read, q)
	}
}
