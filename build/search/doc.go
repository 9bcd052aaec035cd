package search

import (
	"strings"

	"fieldguide/build/letters"
)

// Doc is a page or a term of the glossary, with what it says of its words.
type Doc struct {
	path, title, way, text string
	index                  bool         // the index of a folder
	levels                 []level      // of its words, each once, in the order of the text
	seen                   letters.Seen // in its title, headings and text
}

// level is how much a doc is about a word, 1 to 63.
type level struct {
	word  string
	level uint8
}

// class is where in a page a word stands; its value is the least level that
// it gives.
type class int

const (
	classText    class = 0
	classSummary class = 13 // from here on a word may have another ending
	classHeading class = 20
	classTerm    class = 22
	classTitle   class = 40
)

// tally is what one doc says of one word.
type tally struct {
	word  string
	class class
	cover int // share of the title or heading, in eighths
	times int
}

// counter counts the words of one doc after the other. It remembers words from
// doc to doc: most have come before.
type counter struct {
	facts   letters.Facts
	places  map[string]int // in words
	words   []known
	doc     int // the number of the doc being counted
	tallies []tally
	length  int // words so far
	buf     []byte
}

// known is a word, and its place among the tallies of the last doc that had it.
type known struct {
	word       string
	doc, tally int
}

// mostKnown is how many words a counter remembers: those of a large guide.
const mostKnown = 1 << 16

// count works out the levels: by the best place of the word, by how much of
// that place it is, and by how often it comes for the length of the text.
func (c *counter) count(d *Doc, title class, find []string, summary string, headings []string) {
	if len(c.words) > mostKnown {
		clear(c.places)
		clear(c.words)
		c.words = c.words[:0]
	}
	c.tallies, c.length = c.tallies[:0], 0
	c.doc++
	d.seen.See(d.title)
	for _, name := range strings.FieldsFunc(d.title, parts) {
		c.read(title, name)
	}
	for _, words := range find {
		d.seen.See(words)
		c.read(title, words)
	}
	for _, h := range headings {
		d.seen.See(h)
		c.read(classHeading, h)
	}
	c.read(classSummary, summary)
	d.seen.See(d.text)
	c.read(classText, d.text)
	d.levels = make([]level, len(c.tallies))
	for i, t := range c.tallies {
		d.levels[i] = level{t.word, t.level(c.length, d.index)}
	}
}

func (c *counter) read(in class, text string) {
	c.buf = letters.AppendFolded(c.buf[:0], text)
	words := 0
	if in > classSummary {
		eachFolded(c.buf, func([]byte, token) { words++ })
	}
	eachFolded(c.buf, func(word []byte, t token) {
		c.length++
		c.add(in, words, word)
		if !t.dense {
			if b := c.facts.Bare(word); len(b) < len(word) {
				c.add(in, words, b)
			}
		}
	})
}

// add counts a word that stands in a place of so many words.
func (c *counter) add(in class, words int, word []byte) {
	i, isKnown := c.places[string(word)]
	if !isKnown {
		i = len(c.words)
		c.words = append(c.words, known{word: string(word)})
		c.places[c.words[i].word] = i
	}
	w := &c.words[i]
	if w.doc != c.doc {
		w.doc, w.tally = c.doc, len(c.tallies)
		c.tallies = append(c.tallies, tally{word: w.word})
	}
	t := &c.tallies[w.tally]
	switch {
	case in == classText:
		t.times++
	case in > t.class:
		t.class, t.cover = in, 8/max(1, words)
	case in == t.class:
		t.cover = min(8, t.cover+8/max(1, words))
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
		return uint8(level + 2*max(0, t.cover-1))
	default:
		level += t.cover + often/2
	}
	if index && t.class != classHeading {
		level += 5
	}
	return uint8(min(level, 63))
}
