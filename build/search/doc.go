package search

import (
	"encoding/binary"
	"strings"

	"fieldguide/build/letters"
)

// Doc is a page or a term of the glossary, with what it says of its words.
type Doc struct {
	path, title, way, summary string
	index                     bool         // the index of a folder
	file                      string       // of the page, where it has finds
	term                      string       // the name of the term
	finds                     []string     // what it says that people type who look for it
	levels                    []level      // of its words, each once, in the order of the text
	seen                      letters.Seen // in its title, words to be found by, headings and text
}

// level is how much a doc is about a word, 1 to 63.
type level struct {
	word  string
	level uint8
	list  *list // of the word; nil when nobody has looked for it yet
}

// class is where in a page a word stands; its value is the least level that
// it gives.
type class int

const (
	classText    class = 0
	classSummary class = 13
	classHeading class = 20
	classTerm    class = 34
	classFind    class = 38
	classTitle   class = 40
)

// tally is what one doc says of one word.
type tally struct {
	word  int // its place in counter.words
	class class
	cover int // share of the title or heading, in eighths
	times int
}

// counter counts the words of one doc of a language after the other. It
// remembers words from doc to doc: most have come before.
type counter struct {
	facts   letters.Facts
	listOf  func(word string) *list
	short   map[uint64]int    // places in words of those of up to 8 bytes
	places  map[string]int    // of the others
	stems   [2]map[string]int // in words, of what words are looked for by; common ones apart
	words   []known
	doc     int // the number of the doc being counted
	tallies []tally
	length  int // words so far
	buf     []byte
}

func newCounter(facts letters.Facts, listOf func(word string) *list) *counter {
	return &counter{facts: facts, listOf: listOf, short: map[uint64]int{}, places: map[string]int{},
		stems: [2]map[string]int{{}, {}}}
}

// known is a word, and its place among the tallies of the last doc that had it.
type known struct {
	word       string
	list       *list
	common     bool
	doc, tally int
}

// mostKnown is how many words a counter remembers: those of a guide.
const mostKnown = 1 << 14

// texts are what a doc is found by, beside its title, its finds and its summary.
type texts struct {
	title    class
	headings []string
	text     string
}

// count works out the levels: by the best place of the word, by how much of
// that place it is, and by how often it comes for the length of the text.
func (c *counter) count(d *Doc, t texts) {
	if len(c.words) > mostKnown {
		c.forget()
	}
	c.tallies, c.length = c.tallies[:0], 0
	c.doc++
	d.seen.See(d.title)
	for _, name := range strings.FieldsFunc(d.title, parts) {
		c.read(t.title, name)
	}
	for _, words := range d.finds {
		d.seen.See(words)
		c.read(classFind, words)
	}
	for _, h := range t.headings {
		d.seen.See(h)
		c.read(classHeading, h)
	}
	d.seen.See(d.summary)
	c.read(classSummary, d.summary)
	d.seen.See(t.text)
	c.read(classText, t.text)
	d.levels = make([]level, len(c.tallies))
	for i := range c.tallies {
		t := &c.tallies[i]
		w := &c.words[t.word]
		d.levels[i] = level{w.word, t.level(c.length, d.index), w.list}
	}
}

func (c *counter) forget() {
	clear(c.short)
	clear(c.places)
	clear(c.stems[0])
	clear(c.stems[1])
	clear(c.words)
	c.words = c.words[:0]
}

func (c *counter) read(in class, text string) {
	c.buf = letters.AppendFolded(c.buf[:0], text)
	words := 0 // that decide something
	if in > classSummary {
		eachFolded(c.buf, func(word []byte, t token) {
			if !c.words[c.place(word, t.dense)].common {
				words++
			}
		})
	}
	eachFolded(c.buf, func(word []byte, t token) {
		c.length++
		c.add(in, words, c.place(word, t.dense))
	})
	if in == classTitle || in == classTerm {
		eachApart(c.buf, func(pair []byte) { c.add(classHeading, words, c.place(pair, true)) })
	}
}

// place returns the place in words of what a word is looked for by.
func (c *counter) place(word []byte, dense bool) int {
	var i int
	var isKnown bool
	var short [8]byte // no word holds a zero
	if len(word) <= len(short) {
		copy(short[:], word)
		i, isKnown = c.short[binary.NativeEndian.Uint64(short[:])]
	} else {
		i, isKnown = c.places[string(word)]
	}
	if isKnown {
		return i
	}
	stem, common := string(word), c.facts.IsCommon(string(word))
	if !dense && !common {
		stem, _ = c.facts.Stem(stem)
	}
	stems := c.stems[0]
	if common {
		stems = c.stems[1]
	}
	if i, isKnown = stems[stem]; !isKnown {
		i = len(c.words)
		c.words = append(c.words, known{word: stem, list: c.listOf(stem), common: common})
		stems[stem] = i
	}
	if len(word) <= len(short) {
		c.short[binary.NativeEndian.Uint64(short[:])] = i
	} else {
		c.places[string(word)] = i
	}
	return i
}

// add counts a word that stands in a place of so many words.
func (c *counter) add(in class, words, i int) {
	w := &c.words[i]
	if w.doc != c.doc {
		w.doc, w.tally = c.doc, len(c.tallies)
		c.tallies = append(c.tallies, tally{word: i})
	}
	t := &c.tallies[w.tally]
	cover := 8 / max(1, words)
	switch {
	case in == classText:
		t.times++
	case w.common && words > 0 && in != classTitle: // where others decide
		t.class = max(t.class, classText)
		t.times++
	case in > t.class:
		t.class, t.cover = in, cover
	case in == t.class && in == classFind:
		t.cover = max(t.cover, cover)
	case in == t.class:
		t.cover = min(8, t.cover+cover)
	}
}

// parts separates the names of a term that has several.
func parts(r rune) bool { return r == ';' || r == '；' || r == '؛' }

func (t *tally) level(length int, index bool) uint8 {
	often := 12 * t.times / (t.times + 1 + length/200) // 0 to 11
	level := int(t.class)
	switch t.class {
	case classText:
		return uint8(1 + often)
	case classSummary:
		level += often / 4
	case classTerm:
		return uint8(level + t.cover)
	default:
		level += t.cover + often/2
	}
	if index && t.class != classHeading {
		level += 5
	}
	return uint8(min(level, 63))
}
