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
	x.err = nil
	all := x.understood(query)
	asks, quiet := recognised(x.Head.asks, saying(all))
	words := deciding(all, quiet)
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
	held := map[int]bool{}
	for i, w := range words {
		found[i] = &hits{levels: map[int]int{}}
		x.look(w, deep, found[i])
		for doc := range found[i].levels {
			held[doc] = true
		}
	}
	// The core may not know a word, or, unless it is known who asks, little of
	// all: then shards are asked.
	var ask []int
	for i, w := range words {
		if len(held) < few && len(asks) == 0 || found[i].total == 0 && !w.dense { // signs of two words make no pair
			ask = append(ask, i)
		}
	}
	slices.SortStableFunc(ask, func(a, b int) int {
		return cmp.Or(found[a].total-found[b].total,
			utf8.RuneCountInString(words[b].key)-utf8.RuneCountInString(words[a].key))
	})
	for n, i := range ask {
		if !deep && n < mostDeep {
			x.look(words[i], true, found[i])
		}
		if found[i].total == 0 && !words[i].dense {
			x.near(words[i], n < mostDeep, found[i])
		}
	}
	return x.ranked(found, asks)
}

// ranked orders docs by what they say of the words of a query.
func (x *Finder) ranked(found []*hits, asks []*ask) (numbers []int) {
	type ranked struct {
		doc, words, holds, score int
		whole, brought           bool
	}
	some := slices.ContainsFunc(found, func(h *hits) bool { return h.total > 0 && !h.common })
	docs, needed, all := map[int]*ranked{}, 0, 0
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
		for doc, level := range h.levels {
			if docs[doc] == nil {
				docs[doc] = &ranked{doc: doc}
			}
			docs[doc].words += counts
			docs[doc].holds += counts * rare
			docs[doc].score += rare * level
		}
	}
	bring, sure := brought(asks)
	for i, doc := range bring {
		if docs[doc] == nil {
			docs[doc] = &ranked{doc: doc}
		}
		docs[doc].brought = true
		docs[doc].holds += all
		docs[doc].score += all * broughtAt(i)
	}
	var list []*ranked
	whole := 0
	for _, d := range docs {
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
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b *ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
	})
	times := 4
	if whole < 3 {
		times = 16
	}
	list = slices.DeleteFunc(list, func(d *ranked) bool {
		return !d.whole && !d.brought && d.score*times < list[0].score
	})
	// Those stand among the ones that are seen, and leave room for another.
	for i, doc := range bring[:sure] {
		from := slices.IndexFunc(list, func(d *ranked) bool { return d.doc == doc })
		if to := i + 1; from > to {
			d := list[from]
			copy(list[to+1:from+1], list[to:from])
			list[to] = d
		}
	}
	if last := seen - 1; len(list) > last && list[0].brought && list[1].brought && list[last].brought {
		if other := slices.IndexFunc(list, func(d *ranked) bool { return !d.brought }); other > last {
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
