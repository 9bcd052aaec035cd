package search

import (
	"strings"

	"fieldguide/build/cache"
)

// Encode writes the doc in a form that DecodeDoc reads.
func (d *Doc) Encode(e *cache.Encoder) {
	e.Texts([]string{d.path, d.title, d.way, d.summary, d.file, d.term})
	e.Texts(d.finds)
	e.Bool(d.index)
	var words strings.Builder // one after the other: hundreds of them make one text
	levels := make([]byte, len(d.levels))
	for i, l := range d.levels {
		words.WriteString(l.word + "\n")
		levels[i] = l.level
	}
	e.Text(words.String())
	e.Bytes(levels)
	e.Text(d.seen.Sample())
}

// DecodeDoc reads a doc, nil when the bytes are none.
func DecodeDoc(from *cache.Decoder) *Doc {
	texts := from.Texts()
	if len(texts) != 6 {
		return nil
	}
	d := &Doc{path: texts[0], title: texts[1], way: texts[2], summary: texts[3], file: texts[4], term: texts[5],
		finds: from.Texts(), index: from.Bool()}
	words, levels := from.Text(), from.Bytes()
	d.levels = make([]level, len(levels))
	for i, l := range levels {
		d.levels[i].level = l & 63
		d.levels[i].word, words, _ = strings.Cut(words, "\n")
	}
	d.seen.See(from.Text())
	if from.Bad || words != "" {
		return nil
	}
	return d
}
