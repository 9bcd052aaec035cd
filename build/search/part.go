package search

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"
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
	words map[string]*list

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
		l := p.words[v.word]
		if l == nil {
			l = &list{}
			p.words[v.word] = l
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

// entry is one line of a shard of words.
type entry struct {
	key, line string
	list      *list // nil for a beginning, and where the index is read
}

// docs are the docs of a line.
func (e entry) docs() string { return e.line[len(e.key)+2:] }

// entries returns the lines of all words, and of the beginnings whose words
// do not fit into two shards, in the order of their keys.
func (p *part) entries() []entry {
	keys := slices.SortedFunc(maps.Keys(p.words), compareKeys)
	entries := make([]entry, 0, len(keys))
	var b writer
	for _, key := range keys {
		l := p.words[key]
		l.docs = best(l.docs)
		e := b.entry(key, l.docs, l.total)
		e.list = l
		entries = append(entries, e)
	}
	if more := p.beginnings(entries, "", &b); len(more) > 0 {
		entries = append(entries, more...)
		slices.SortFunc(entries, func(a, b entry) int { return compareKeys(a.key, b.key) })
	}
	return entries
}

// beginnings returns an entry for each beginning longer than prefix whose
// words take more than a shard. entries are the words that begin with prefix.
func (p *part) beginnings(entries []entry, prefix string, b *writer) []entry {
	var found []entry
	for from := 0; from < len(entries); {
		if len(entries[from].key) == len(prefix) {
			from++
			continue
		}
		_, size := utf8.DecodeRuneInString(entries[from].key[len(prefix):])
		longer := entries[from].key[:len(prefix)+size]
		to, bytes := from, 0
		for to < len(entries) && strings.HasPrefix(entries[to].key, longer) {
			bytes += len(entries[to].line)
			to++
		}
		if bytes > shardBytes {
			l := p.union(entries[from:to])
			found = append(found, b.entry(longer+"*", l.docs, l.total))
			found = append(found, p.beginnings(entries[from:to], longer, b)...)
		}
		from = to
	}
	return found
}

// union merges the docs of several words, each doc with its best level.
func (p *part) union(entries []entry) *list {
	levels := make([]uint8, p.docs) // by doc, one more than its level; 0 for none
	for _, e := range entries {
		for _, d := range e.list.docs {
			levels[d>>6] = max(levels[d>>6], uint8(d&63)+1)
		}
	}
	l := &list{}
	for doc, level := range levels {
		if level > 0 {
			l.docs = append(l.docs, uint32(doc)<<6|uint32(level-1))
		}
	}
	l.total = len(l.docs)
	l.docs = best(l.docs)
	return l
}

// best keeps the docs of the highest level, the first of equals.
func best(docs []uint32) []uint32 {
	if len(docs) <= mostDocs {
		return docs
	}
	var count [64]int // by level
	for _, d := range docs {
		count[d&63]++
	}
	least, room := 63, mostDocs // the level of which not all find room
	for count[least] <= room {
		room -= count[least]
		least--
	}
	list := make([]uint32, 0, mostDocs)
	for _, d := range docs {
		level := int(d & 63)
		if level == least && room > 0 {
			room--
		} else if level <= least {
			continue
		}
		list = append(list, d)
	}
	return list
}

// digits are the digits of numbers to the base of 64. They come before no
// sign that strings must escape.
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-"

// writer writes lines: many of them share memory.
type writer struct {
	text strings.Builder
	line []byte // memory
	size int    // of all lines
}

// entry writes a word and its docs: "word docs", each doc as the distance from
// the last one and its level. "word !n docs" says that the word has n docs,
// of which the best are listed.
func (w *writer) entry(key string, docs []uint32, total int) entry {
	b := append(append(append(w.line[:0], '\n'), key...), ' ')
	if total > len(docs) {
		b = append(appendNumber(append(b, '!'), uint32(total)), ' ')
	}
	last := uint32(0)
	for _, d := range docs {
		b = append(appendNumber(b, d>>6-last), digits[d&63])
		last = d >> 6
	}
	if w.line = b; w.text.Cap()-w.text.Len() < len(b) {
		w.text = strings.Builder{}
		w.text.Grow(max(1<<12, len(b)))
	}
	from := w.text.Len()
	w.text.Write(b)
	w.size += len(b)
	line := w.text.String()[from:]
	return entry{key: line[1 : 1+len(key)], line: line}
}

// appendNumber writes a number to the base of 32, the highest digits first,
// all but the last one raised by 32.
func appendNumber(b []byte, n uint32) []byte {
	if n >= 32 {
		b = appendRaised(b, n>>5)
	}
	return append(b, digits[n&31])
}

func appendRaised(b []byte, n uint32) []byte {
	if n >= 32 {
		b = appendRaised(b, n>>5)
	}
	return append(b, digits[n&31+32])
}

// separator returns the shortest beginning of next that comes after last.
func separator(last, next string) string {
	for i := range next {
		if i > 0 && compareKeys(next[:i], last) > 0 {
			return next[:i]
		}
	}
	return next
}
