package search

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

const (
	few      = 5 // docs that are too few to be all
	mostDeep = 2 // words of a query that are looked for in the shards where there is a core
)

// Find returns the numbers of the docs that a query finds, the best first. With
// deep those follow that only the shards know.
func (x *Finder) Find(query string, deep bool) (list []int, err error) {
	return x.answer(query, parse(&x.facts, query), deep)
}

// answer is Find of a query with its words.
func (x *Finder) answer(query string, words []word, deep bool) (list []int, err error) {
	x.err = nil
	all := x.understood(query, words)
	asks, quiet := x.Head.asks.recognised(saying(all))
	words = deciding(all, quiet)
	list = x.find(words, asks, !x.hasCore())
	if deep && x.hasCore() {
		for _, doc := range x.find(words, asks, true) {
			if !slices.Contains(list, doc) {
				list = append(list, doc)
			}
		}
	}
	return list, x.err
}

func (x *Finder) find(words []word, asks []*ask, deep bool) []int {
	found := make([]*hits, len(words))
	for i, w := range words {
		found[i] = x.look(w, deep, noHits)
	}
	little := len(asks) == 0 && x.fewHold(found)
	// The core may not know a word, or, unless it is known who asks, little of
	// all: then shards are asked.
	var ask []int
	for i, w := range words {
		if little || found[i].total == 0 && !w.dense { // signs of two words make no pair
			ask = append(ask, i)
		}
	}
	slices.SortStableFunc(ask, func(a, b int) int {
		return cmp.Or(found[a].total-found[b].total,
			utf8.RuneCountInString(words[b].key)-utf8.RuneCountInString(words[a].key))
	})
	for n, i := range ask {
		if !deep && n < mostDeep {
			found[i] = x.look(words[i], true, found[i])
		}
		if found[i].total == 0 && !words[i].dense {
			found[i] = x.near(words[i], n < mostDeep, found[i])
		}
	}
	return x.ranked(found, asks)
}

// fewHold reports whether few docs hold any of some words.
func (x *Finder) fewHold(found []*hits) bool {
	var held []int
	for _, h := range found {
		for _, hit := range h.docs {
			if !slices.Contains(held, hit.doc) {
				held = append(held, hit.doc)
			}
			if len(held) == few {
				return false
			}
		}
	}
	return true
}

// rank is a doc among those that are found.
type rank struct {
	doc, words, holds, score int
	whole, brought           bool
}

// ranked orders docs by what they say of the words of a query.
func (x *Finder) ranked(found []*hits, asks []*ask) (numbers []int) {
	list := x.ranks[:0]
	of := func(doc int) *rank {
		if doc >= len(x.places) || x.places[doc] == 0 {
			list = append(list, rank{doc: doc})
			x.note(doc, len(list))
		}
		return &list[x.places[doc]-1]
	}
	needed, all := 0, 0
	some := slices.ContainsFunc(found, func(h *hits) bool { return h.total > 0 && !h.common })
	for _, h := range found {
		counts := 0
		if h.total > 0 && !(some && h.common) {
			counts = 1
		}
		needed += counts
		rare := x.rarity(h.total)
		if h.total > 0 {
			all += rare
		}
		for _, hit := range h.docs {
			d := of(hit.doc)
			d.words += counts
			d.holds += counts * rare
			d.score += rare * hit.level
		}
	}
	bring, sure := brought(asks)
	for i, doc := range bring {
		d := of(doc)
		d.brought = true
		d.holds += all
		d.score += all * broughtAt(i)
	}
	whole, best := 0, 0
	for i := range list {
		d := &list[i]
		x.places[d.doc] = 0
		d.score *= d.holds
		for _, a := range asks {
			if a.first.has(d.doc) {
				d.score *= lift
			}
			if a.last.has(d.doc) {
				d.score /= lift
			}
		}
		if d.whole = d.words == needed; d.whole {
			whole++
		}
		best = max(best, d.score)
	}
	x.ranks = list
	times := 4
	if whole < 3 {
		times = 16
	}
	list = slices.DeleteFunc(list, func(d rank) bool { return !d.whole && !d.brought && d.score*times < best })
	slices.SortFunc(list, func(a, b rank) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
	})
	// Those stand among the ones that are seen, and leave room for another.
	for i, doc := range bring[:sure] {
		from := slices.IndexFunc(list, func(d rank) bool { return d.doc == doc })
		if to := i + 1; from > to {
			d := list[from]
			copy(list[to+1:from+1], list[to:from])
			list[to] = d
		}
	}
	if last := seen - 1; len(list) > last && list[0].brought && list[1].brought && list[last].brought {
		if other := slices.IndexFunc(list, func(d rank) bool { return !d.brought }); other > last {
			d := list[other]
			copy(list[last+1:other+1], list[last:other])
			list[last] = d
		}
	}
	for _, d := range list {
		numbers = append(numbers, d.doc)
	}
	return numbers
}

// lift is by how much docs are better that come first for who asks, and worse
// that come last.
const lift = 3

// brought returns the docs that asks bring: first those that most of them want
// first, of which so many are sure to be seen.
func brought(asks []*ask) (list []int, sure int) {
	wanted := map[int]int{}
	for _, a := range asks {
		for _, doc := range a.bring {
			if doc != none && !slices.Contains(list, doc) {
				list = append(list, doc)
			}
		}
	}
	for _, doc := range list {
		for _, a := range asks {
			if a.first.has(doc) {
				wanted[doc]++
			}
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return wanted[b] - wanted[a] })
	for sure < min(len(list), seen-1) && wanted[list[sure]] == wanted[list[0]] {
		sure++
	}
	return list, sure
}

// broughtAt is the level, for all words of a query together, of a page that is
// brought after so many others.
func broughtAt(n int) int { return max(12-4*n, 4) }

// rarity grows by one each time the docs of a word are half as many again.
func (x *Finder) rarity(total int) int {
	n := 1
	for ; total < x.Head.N; n++ {
		total += total>>1 + 1
	}
	return n
}
