package search

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/pack"
	"fieldguide/build/site"
)

const (
	shardBytes = 6_000  // of a shard of words, before compression
	firstBytes = 64_000 // of the first shard of docs: a small guide has no other
	mostDocs   = 512    // of a word
	stampBytes = 4      // of what names the words of a shard: those that have not changed keep their bytes
)

// part is the index of one language.
type part struct {
	lang   *site.Language
	facts  letters.Facts
	folder string
	order  string // names the numbers of the docs
	put    func(name string, data []byte) error
	limit  int           // bytes of index.js with a core, compressed
	asks   func() []*ask // in the order of their ids

	before *remembered // nil to remember nothing

	counters sync.Pool // of *counter

	docs  int
	paths []string // of the docs
	finds []find
	names []byte // of the docs: path and title
	seen  letters.Seen

	listing sync.Mutex // for words
	words   map[string]*list

	shard  []byte // docs of the shard being filled
	inIt   int
	row    []byte // the doc being added
	counts []int  // docs in each shard
}

// list is a word's docs: number<<6 | level, rising.
type list struct {
	docs  []uint32
	total int // more than len(docs) when only the best were kept
}

// add takes in the next doc. What would not be among the best is dropped on
// the way, so that a word of every page takes no more room in a large site.
func (l *list) add(doc uint32) {
	if len(l.docs) == 2*mostDocs {
		l.docs = append(l.docs[:0], best(l.docs)...)
	}
	l.docs = append(l.docs, doc)
	l.total++
}

// listOf returns the list of a word.
func (p *part) listOf(word string) *list {
	p.listing.Lock()
	defer p.listing.Unlock()
	l := p.words[word]
	if l == nil {
		l = &list{}
		p.words[word] = l
	}
	return l
}

// count works out what a doc says of its words.
func (p *part) count(d *Doc, t texts) {
	c := p.counters.Get().(*counter)
	c.count(d, t)
	p.counters.Put(c)
}

// add takes the next doc in reading order.
func (p *part) add(d *Doc) error {
	for _, a := range p.asks() {
		a.see(d.path, p.docs)
	}
	p.seen.Add(&d.seen)
	for _, v := range d.levels {
		l := v.list
		if l == nil {
			l = p.listOf(v.word)
		}
		l.add(uint32(p.docs)<<6 | uint32(v.level))
	}
	p.row = append(p.row[:0], '[')
	p.paths = append(p.paths, d.path)
	for i, words := range d.finds {
		p.finds = append(p.finds, find{d, p.docs, i, words})
	}
	for i, s := range []string{d.path, d.title, d.way, d.summary} {
		if p.row = appendQuoted(p.row, s); i == 1 && (p.limit == 0 || len(p.names) <= 8*p.limit) {
			p.names = append(append(p.names, p.row...), "],\n"...)
		}
		p.row = append(p.row, ',')
	}
	p.row[len(p.row)-1] = ']'
	if p.inIt > 0 && len(p.shard)+len(p.row) > p.docsBytes() {
		if err := p.flush(); err != nil {
			return err
		}
	}
	if p.inIt > 0 {
		p.shard = append(p.shard, ",\n"...)
	}
	p.shard = append(p.shard, p.row...)
	p.inIt++
	p.docs++
	return nil
}

func (p *part) docsBytes() int {
	if len(p.counts) == 0 {
		return firstBytes
	}
	return shardBytes
}

// flush writes the shard of docs that is full.
func (p *part) flush() error {
	if p.inIt == 0 {
		return nil
	}
	name := "d" + strconv.Itoa(len(p.counts))
	p.counts = append(p.counts, p.inIt)
	err := p.write(name, p.order, "["+string(p.shard)+"]")
	p.shard, p.inIt = p.shard[:0], 0
	return err
}

func (p *part) write(name, of, data string) error {
	return p.put(p.folder+name+".js", []byte("fieldguide("+quote(name)+","+quote(of)+","+data+")\n"))
}

// close writes the words and index.js, and returns the finds that find another
// page better.
func (p *part) close() ([]Miss, error) {
	if err := p.flush(); err != nil {
		return nil, err
	}
	maps.DeleteFunc(p.words, func(_ string, l *list) bool { return l.total == 0 }) // of docs that nobody added
	var starts []string
	var stamps strings.Builder
	entries := p.entries()
	shards := shardsOf(entries)
	last := ""
	for i, words := range shards {
		if len(words) > 0 {
			starts = append(starts, separator(last, words[0].key))
			last = words[len(words)-1].key
		}
		text := pressed(lines(words))
		sum := sha256.Sum256([]byte(text))
		stamp := base64.RawURLEncoding.EncodeToString(sum[:])[:stampBytes]
		stamps.WriteString(stamp)
		if err := p.write("w"+strconv.Itoa(i), stamp, quote(text)); err != nil {
			return nil, err
		}
	}
	head, core := p.index(starts, stamps.String(), entries)
	if err := p.write("index", p.order, head); err != nil || len(p.finds) == 0 {
		return nil, err
	}
	words := map[int][]entry{}
	for i, shard := range shards {
		words[i] = shard
	}
	if core != nil {
		words[coreShard] = core
	}
	return p.misses(Head{N: p.docs, W: starts, M: keyboard(p.lang), asks: newAskers(p.asks())}, words)
}

// shardsOf splits words into shards, of which there is at least one.
func shardsOf(words []entry) (shards [][]entry) {
	from, size := 0, 0
	for i, e := range words {
		if size > 0 && size+len(e.line) > shardBytes {
			shards = append(shards, words[from:i])
			from, size = i, 0
		}
		size += len(e.line)
	}
	return append(shards, words[from:])
}

// lines are the words of a shard as it is written.
func lines(words []entry) string {
	var b strings.Builder
	for _, e := range words {
		b.WriteString(e.line)
	}
	return b.String() + "\n"
}

// index returns what index.js says: with a core of as much as may be fetched at
// once: of titles and finds, of headings too, of summaries too, or without any. And
// it returns the core, nil for none.
func (p *part) index(starts []string, stamps string, entries []entry) (head string, core []entry) {
	for _, least := range []class{classSummary, classHeading, classTerm} {
		core := p.core(entries, uint32(least))
		text := lines(core)
		if p.limit > 0 && len(p.names)+len(text) > 8*p.limit {
			continue // no text is packed so well
		}
		if head := p.head(starts, stamps, text); p.limit == 0 || pack.Fits([]byte(head), p.limit) {
			return head, core
		}
	}
	return p.head(starts, stamps, ""), nil
}

// core returns the lines of words, each with the docs in which it has a level
// at least, in the order of their keys. A common word has none.
func (p *part) core(entries []entry, least uint32) (core []entry) {
	var b writer
	core = []entry{}
	var good []uint32 // memory
	for _, e := range entries {
		l := e.list
		if l == nil || l.total > len(l.docs) {
			continue
		}
		good = good[:0]
		for _, d := range l.docs {
			if d&63 >= least {
				good = append(good, d)
			}
		}
		if len(good) == 0 || p.facts.IsCommon(e.key) || p.idle(e.key) {
			continue
		}
		core = append(core, b.entry(e.key, good, len(good)))
		if p.limit > 0 && b.size > 8*p.limit {
			break
		}
	}
	return core
}

// idle reports whether a key is a pair of dense signs of which one is a common
// word.
func (p *part) idle(key string) bool {
	first, size := utf8.DecodeRuneInString(key)
	next, _ := utf8.DecodeLastRuneInString(key)
	return letters.IsDense(first) && len(key) > size &&
		(p.facts.IsCommon(string(first)) || p.facts.IsCommon(string(next)))
}
