package search

import (
	"maps"
	"slices"

	"fieldguide/build/cache"
)

// Encode writes the doc in a form that DecodeDoc reads.
func (d *Doc) Encode(e *cache.Encoder) {
	e.Texts([]string{d.path, d.title, d.way, d.text})
	e.Bool(d.index)
	e.Int(len(d.levels))
	for _, l := range d.levels {
		e.Text(l.word)
		e.Byte(l.level)
	}
	for i := 0; i < len(d.blocks); i += 8 {
		var bits byte
		for j := range 8 {
			if d.blocks[i+j] {
				bits |= 1 << j
			}
		}
		e.Byte(bits)
	}
	e.Int(len(d.astral))
	for _, r := range slices.Sorted(maps.Keys(d.astral)) {
		e.Int(int(r))
	}
}

// DecodeDoc reads a doc, nil when the bytes are none.
func DecodeDoc(from *cache.Decoder) *Doc {
	texts := from.Texts()
	if len(texts) != 4 {
		return nil
	}
	d := &Doc{path: texts[0], title: texts[1], way: texts[2], text: texts[3], index: from.Bool()}
	for range from.Count() {
		d.levels = append(d.levels, level{from.Text(), from.Byte() & 63})
	}
	for i := 0; i < len(d.blocks); i += 8 {
		bits := from.Byte()
		for j := range 8 {
			d.blocks[i+j] = bits&(1<<j) != 0
		}
	}
	for range from.Count() {
		if d.astral == nil {
			d.astral = map[rune]bool{}
		}
		d.astral[rune(from.Int())] = true
	}
	if from.Bad {
		return nil
	}
	return d
}
