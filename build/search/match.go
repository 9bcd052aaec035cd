package search

import (
	"slices"
	"strings"
)

// hits are the docs of a word.
type hits struct {
	levels map[int]int
	total  int
	common bool // only its best docs are listed
}

func (x *Finder) shardOf(key string) int {
	i, found := slices.BinarySearchFunc(x.Head.W, key, compareKeys)
	if !found {
		i--
	}
	return max(i, 0)
}

// take adds the docs of the line at a place of a text; weight is in quarters.
func (h *hits) take(text string, at, weight int) {
	from := at + strings.IndexByte(text[at:], ' ') + 1
	number := func() int {
		for n := 0; ; {
			d := strings.IndexByte(digits, text[from])
			from++
			if n = n*32 + d%32; d < 32 {
				return n
			}
		}
	}
	if text[from] == '!' {
		from++
		h.total, h.common = max(h.total, number()), true
		from++
	}
	for doc := 0; text[from] != '\n'; {
		doc += number()
		h.levels[doc] = max(h.levels[doc], strings.IndexByte(digits, text[from])*weight>>2)
		from++
	}
}

func (x *Finder) exact(i int, key string, weight int, h *hits) {
	at, known := 0, true
	if i == core {
		at, known = x.keys[key]
	} else if at = strings.Index(x.text(i), "\n"+key+" "); at < 0 {
		known = false
	}
	if known {
		h.take(x.text(i), at, weight)
	}
}

// beginning finds all words that begin with a key. They have an entry of their
// own where they are very many.
func (x *Finder) beginning(i int, key string, weight int, h *hits) {
	if at := strings.Index(x.text(i), "\n"+key+"* "); at >= 0 {
		h.take(x.text(i), at, weight)
		return
	}
	for {
		text := x.text(i)
		for at := 0; ; at++ {
			n := strings.Index(text[at:], "\n"+key)
			if n < 0 {
				break
			}
			at += n
			h.take(text, at, weight)
		}
		if i++; i == 0 || i == len(x.Head.W) || !strings.HasPrefix(x.Head.W[i], key) {
			return
		}
	}
}

// look adds the docs of a word: as it is, and when it may go on, of all words
// that begin so. deep is whether to look in the shards.
func (x *Finder) look(w word, deep bool, h *hits) {
	at := func(key string) int {
		if deep {
			return x.shardOf(key)
		}
		return core
	}
	x.exact(at(w.key), w.key, 4, h)
	if w.open {
		x.beginning(at(w.begun+"*"), w.begun, 3, h)
	}
	h.total = max(h.total, len(h.levels))
}

// near adds the docs of words that are one letter away: one more, one less,
// another one, or two that changed places. deep is whether to look in the shards.
func (x *Finder) near(w word, deep bool, h *hits) {
	var texts []string
	if deep {
		texts = append(texts, x.text(x.shardOf(w.key)))
	}
	if x.hasCore() {
		texts = append(texts, x.Head.K)
	}
	for _, text := range texts {
		for at := 0; at+1 < len(text); at += 1 + strings.IndexByte(text[at+1:], '\n') {
			if key, _, _ := strings.Cut(text[at+1:], " "); near(w.key, key) {
				h.take(text, at, 2)
			}
		}
	}
	h.total = max(h.total, len(h.levels))
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
