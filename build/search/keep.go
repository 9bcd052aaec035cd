package search

import "fieldguide/build/cache"

// Encode writes the doc in a form that DecodeDoc reads.
func (d *Doc) Encode(e *cache.Encoder) {
	e.Texts([]string{d.path, d.title, d.way, d.summary, d.file})
	e.Texts(d.finds)
	e.Bool(d.index)
	e.Int(len(d.levels))
	for _, l := range d.levels {
		e.Text(l.word)
		e.Byte(l.level)
	}
	e.Text(d.seen.Sample())
}

// DecodeDoc reads a doc, nil when the bytes are none.
func DecodeDoc(from *cache.Decoder) *Doc {
	texts := from.Texts()
	if len(texts) != 5 {
		return nil
	}
	d := &Doc{path: texts[0], title: texts[1], way: texts[2], summary: texts[3], file: texts[4], finds: from.Texts(),
		index: from.Bool()}
	for range from.Count() {
		d.levels = append(d.levels, level{from.Text(), from.Byte() & 63})
	}
	d.seen.See(from.Text())
	if from.Bad {
		return nil
	}
	return d
}
