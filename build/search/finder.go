package search

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/site"
)

// Finder finds pages in a finished index as static/search.js does: its methods
// are the functions of the script.
type Finder struct {
	Head  Head
	facts letters.Facts
	read  func(name string) ([]byte, error)
	texts map[int]string // shards of words, from 0; the core is -1
	keys  map[string]int // where the lines of the core begin
	err   error
}

// Head is what index.js says, under the names that it has there.
type Head struct {
	S    string      `json:"-"` // order of the docs, which is the stamp of index.js
	N    int         // docs
	D    []int       // docs in each shard
	W    []string    // where the shards of words begin
	V    string      // their stamps
	F    []string    // folding
	X    string      // dense characters
	A    []string    // what is joined to words
	B    []string    // beginnings
	E    []string    // endings, each with what takes its place
	L    int         // letters that stay when one more ending goes
	O    string      // common words
	Q    [][]any     // who asks
	P    string      // plural forms of numbers
	C    []string    // phrases
	G    string      // numerals
	T    [][2]string // path and title of each doc, where there is a core
	K    string      // core
	asks []*ask
}

// Open returns a finder in the index of a language; read reads a file of its
// folder.
func Open(lang *site.Language, read func(name string) ([]byte, error)) (*Finder, error) {
	x := &Finder{facts: letters.Of(lang), read: read, texts: map[int]string{}}
	var err error
	if x.Head.S, err = x.Shard("index", &x.Head); err != nil {
		return nil, err
	}
	for _, q := range x.Head.Q {
		a := &ask{}
		for _, word := range q[0].([]any) {
			a.words = append(a.words, word.(string))
		}
		for i, to := range []*[]int{&a.first.runs, &a.last.runs, &a.bring, &a.mutes} {
			for _, n := range q[i+1].([]any) {
				*to = append(*to, int(n.(float64)))
			}
		}
		a.quiet = len(q) > 5
		x.Head.asks = append(x.Head.asks, a)
	}
	x.openCore()
	return x, nil
}

// openCore notes where in the core its keys are.
func (x *Finder) openCore() {
	if x.hasCore() {
		x.Head.K = expanded(x.Head.K)
		x.texts[core] = x.Head.K
		x.keys = map[string]int{}
		for at := 0; at+1 < len(x.Head.K); at += 1 + strings.IndexByte(x.Head.K[at+1:], '\n') {
			key, _, _ := strings.Cut(x.Head.K[at+1:], " ")
			x.keys[key] = at
		}
	}
}

// Shard reads fieldguide("name","stamp",data) into v and returns the stamp.
func (x *Finder) Shard(name string, v any) (stamp string, err error) {
	data, err := x.read(name + ".js")
	if err != nil {
		return "", err
	}
	data = bytes.TrimSuffix(bytes.TrimPrefix(data, []byte("fieldguide(")), []byte(")\n"))
	var call []json.RawMessage
	if err := json.Unmarshal([]byte("["+string(data)+"]"), &call); err != nil || len(call) != 3 {
		return "", fmt.Errorf("%s.js is not fieldguide(name, stamp, data): %v", name, err)
	}
	var calls string
	if json.Unmarshal(call[0], &calls) != nil || json.Unmarshal(call[1], &stamp) != nil || calls != name {
		return "", fmt.Errorf("%s.js calls itself %s of %s", name, call[0], call[1])
	}
	return stamp, json.Unmarshal(call[2], v)
}

// core is the number of the core among the shards.
const core = -1

func (x *Finder) hasCore() bool { return x.Head.K != "" }

// Loaded returns how many shards of words were read.
func (x *Finder) Loaded() (count int) {
	for i := range x.texts {
		if i != core {
			count++
		}
	}
	return count
}

// Forget makes the finder read shards again.
func (x *Finder) Forget() {
	for i := range x.texts {
		if i != core {
			delete(x.texts, i)
		}
	}
}

func (x *Finder) text(i int) string {
	text, known := x.texts[i]
	if !known {
		stamp, err := x.Shard(fmt.Sprint("w", i), &text)
		if err == nil && stamp != x.Head.V[stampBytes*i:][:stampBytes] {
			err = fmt.Errorf("w%d.js is of another index", i)
		}
		x.err = cmp.Or(x.err, err)
		text = expanded(text)
		x.texts[i] = text
	}
	return text
}

// word is one word of a query; open when it may go on.
type word struct {
	key, begun          string // see letters.Facts.Stem
	dense, open, common bool
}

// parse splits a query into words.
func parse(facts *letters.Facts, query string) (list []word) {
	pair := false
	eachToken(nil, query, func(text []byte, t token) {
		if !t.alone || !pair { // else the second half of a pair
			w := word{key: string(text), begun: string(text), dense: t.dense, open: t.alone || !t.dense && t.end}
			w.common = facts.IsCommon(w.key)
			if !t.dense && !w.common { // "del" is no form of "delito"
				w.key, w.begun = facts.Stem(w.key)
			}
			list = append(list, w)
		}
		pair = t.dense && !t.alone
	})
	return list
}

// saying is a query as asks are looked for in it.
func saying(words []word) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range words {
		b.WriteString(w.key)
		b.WriteByte(' ')
	}
	return b.String()
}

const mostWords = 16 // of a query

// deciding returns the words that decide something, or else all, each once.
// Those in quiet decide nothing.
func deciding(words []word, quiet string) (list []word) {
	decides := func(w word) bool { return !w.common && !strings.Contains(quiet, " "+w.key+" ") }
	some := slices.ContainsFunc(words, decides)
	for _, w := range words {
		known := func(o word) bool { return o.key == w.key }
		if len(list) < mostWords && (!some || decides(w)) && !slices.ContainsFunc(list, known) {
			list = append(list, w)
		}
	}
	return list
}

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

const (
	few      = 5 // docs that are too few to be all
	mostDeep = 2 // words of a query that are looked for in the shards where there is a core
)

// Find returns the numbers of the docs that a query finds, the best first. With
// deep those follow that only the shards know.
func (x *Finder) Find(query string, deep bool) (list []int, err error) {
	x.err = nil
	all := parse(&x.facts, query)
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
