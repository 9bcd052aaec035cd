package search

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

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
