package search

import (
	"slices"
	"strings"
)

// hits are the docs of a word. Nobody changes them.
type hits struct {
	docs   []hit // each once, in no order
	total  int
	common bool // only its best docs are listed
}

// hit is a doc, with how much it is about a word.
type hit struct{ doc, level int }

// noHits are the hits of a word that was not looked for.
var noHits = &hits{}

// gather returns what take adds to the hits of a word.
func (x *Finder) gather(h *hits, take func(h *hits)) *hits {
	more := &hits{append(x.taken[:0], h.docs...), h.total, h.common}
	for i, hit := range more.docs {
		x.note(hit.doc, i+1)
	}
	take(more)
	for _, hit := range more.docs {
		x.places[hit.doc] = 0
	}
	x.taken = more.docs
	more.docs = slices.Clone(more.docs)
	more.total = max(more.total, len(more.docs))
	return more
}

// note notes the place of a doc in a list; 0 for none.
func (x *Finder) note(doc, place int) {
	for doc >= len(x.places) {
		x.places = append(x.places, make([]int, max(x.Head.N, doc+1)-len(x.places))...)
	}
	x.places[doc] = place
}

func (x *Finder) shardOf(key string) int {
	i, found := slices.BinarySearchFunc(x.Head.W, key, compareKeys)
	if !found {
		i--
	}
	return max(i, 0)
}

// take adds the docs of a word of the index; weight is in quarters.
func (x *Finder) take(h *hits, e entry, weight int) {
	docs := e.docs()
	number := func() (n int) {
		for {
			d := int(values[docs[0]])
			docs = docs[1:]
			if n = n*32 + d%32; d < 32 {
				return n
			}
		}
	}
	if docs[0] == '!' {
		docs = docs[1:]
		h.total, h.common = max(h.total, number()), true
		docs = docs[1:]
	}
	for doc := 0; docs != ""; docs = docs[1:] {
		doc += number()
		level := int(values[docs[0]]) * weight >> 2
		if doc < len(x.places) && x.places[doc] > 0 {
			known := &h.docs[x.places[doc]-1]
			known.level = max(known.level, level)
			continue
		}
		h.docs = append(h.docs, hit{doc, level})
		x.note(doc, len(h.docs))
	}
}

// values are those of digits.
var values = func() (list [256]uint8) {
	for i := range len(digits) {
		list[digits[i]] = uint8(i)
	}
	return list
}()

// from returns the words of a shard, or of the core, that come no sooner than a key.
func (x *Finder) from(i int, key string) []entry {
	words := x.shard(i)
	at, _ := slices.BinarySearchFunc(words, key, func(e entry, key string) int { return compareKeys(e.key, key) })
	return words[at:]
}

func (x *Finder) exact(i int, key string, weight int, h *hits) (known bool) {
	if words := x.from(i, key); len(words) > 0 && words[0].key == key {
		x.take(h, words[0], weight)
		return true
	}
	return false
}

// beginning finds all words that begin with a key. They have an entry of their
// own where they are very many.
func (x *Finder) beginning(i int, key string, weight int, h *hits) {
	if x.exact(i, key+"*", weight, h) {
		return
	}
	for {
		for _, e := range x.from(i, key) {
			if !strings.HasPrefix(e.key, key) {
				break
			}
			x.take(h, e, weight)
		}
		if i++; i == 0 || i == len(x.Head.W) || !strings.HasPrefix(x.Head.W[i], key) {
			return
		}
	}
}

// look returns the docs of a word, beside those that are known: as it is, and when it
// may go on, of all words that begin so. deep is whether to look in the shards.
func (x *Finder) look(w word, deep bool, known *hits) *hits {
	at := func(key string) int {
		if deep {
			return x.shardOf(key)
		}
		return coreShard
	}
	look := func() *hits {
		return x.gather(known, func(h *hits) {
			x.exact(at(w.key), w.key, 4, h)
			if w.open {
				x.beginning(at(w.begun+"*"), w.begun, 3, h)
			}
		})
	}
	q := looked{w.key, "", deep}
	if w.open {
		q.begun = w.begun
	}
	x.answering.reads(q)
	if known != noHits {
		return look()
	}
	if x.looked[q] == nil {
		x.looked[q] = look()
	}
	return x.looked[q]
}

// looked is what was looked for.
type looked struct {
	key, begun string // begun when words that begin so were, too
	deep       bool
}

// near returns the docs of words that are one letter away, beside those that are known:
// one more, one less, another one, or two that changed places. deep is whether to look in the shards.
func (x *Finder) near(w word, deep bool, known *hits) *hits {
	if x.answering != nil {
		x.answering.wide = true
	}
	var words []entry
	if deep {
		words = x.shard(x.shardOf(w.key))
	}
	return x.gather(known, func(h *hits) {
		for _, words := range [][]entry{words, x.words[coreShard]} {
			for _, e := range words {
				if near(w.key, e.key) {
					x.take(h, e, 2)
				}
			}
		}
	})
}

// leastNear is how many letters a word has that one wrong one is forgiven.
const leastNear = 4

func near(a, b string) bool {
	if len(a)-len(b) > 4 || len(b)-len(a) > 4 {
		return false
	}
	s, t := []rune(a), []rune(b)
	if len(s) > len(t) {
		s, t = t, s
	}
	if len(s) < leastNear || len(t)-len(s) > 1 {
		return false
	}
	from, end := 0, 0
	for from < len(s) && s[from] == t[from] {
		from++
	}
	for end < len(s)-from && s[len(s)-1-end] == t[len(t)-1-end] {
		end++
	}
	differs := len(t) - from - end
	return differs == 1 || differs == 2 && len(s) == len(t) && s[from] == t[from+1] && s[from+1] == t[from]
}
