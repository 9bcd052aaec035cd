package render

import (
	"encoding/binary"
	"errors"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Bodies are kept as bytes: numbers as unsigned varints, texts and lists with
// their length before them.

// Encode appends the body in a form that Decode reads.
func (b *Body) Encode(buf []byte) []byte {
	buf = binary.AppendUvarint(buf, uint64(b.Words.Index))
	buf = appendText(buf, string(b.HTML))
	buf = appendText(buf, b.Said)
	buf = binary.AppendUvarint(buf, uint64(len(b.Marks)))
	for _, m := range b.Marks {
		buf = append(buf, byte(m.Kind))
		buf = binary.AppendUvarint(buf, uint64(m.At))
		buf = binary.AppendUvarint(buf, uint64(m.End))
		buf = appendText(buf, m.Text)
	}
	var families []string
	for _, f := range b.Families {
		families = append(families, f.Path)
	}
	for _, list := range [][]string{b.Headings, families, b.Static, b.Cited} {
		buf = binary.AppendUvarint(buf, uint64(len(list)))
		for _, text := range list {
			buf = appendText(buf, text)
		}
	}
	return buf
}

func appendText(buf []byte, text string) []byte {
	return append(binary.AppendUvarint(buf, uint64(len(text))), text...)
}

// errDamaged says that bytes are not those of a body of this site.
var errDamaged = errors.New("what was kept of a page is damaged")

// Decode reads a body of site s. Damaged bytes, and those of a body that names
// pages or languages the site does not have, are an error.
func Decode(s *site.Site, data []byte) (*Body, error) {
	d := decoder{data: data}
	b := &Body{Text: &markdown.Text{}}
	words := d.number()
	b.HTML = []byte(d.text())
	b.Said = d.text()
	for range d.count() {
		m := markdown.Mark{Kind: markdown.MarkKind(d.byte()), At: d.number(), End: d.number(), Text: d.text()}
		last := 0
		if n := len(b.Marks); n > 0 {
			last = b.Marks[n-1].End
		}
		if m.At < last || m.End < m.At || m.End > len(b.HTML) {
			return nil, errDamaged
		}
		b.Marks = append(b.Marks, m)
	}
	b.Headings = d.texts()
	for _, path := range d.texts() {
		f := s.Family(path)
		if f == nil {
			return nil, errDamaged
		}
		b.Families = append(b.Families, f)
	}
	b.Static, b.Cited = d.texts(), d.texts()
	if d.bad || len(d.data) > 0 || words >= len(s.Languages) {
		return nil, errDamaged
	}
	b.Words = s.Languages[words]
	return b, nil
}

// decoder takes values from the front of data.
type decoder struct {
	data []byte
	bad  bool
}

func (d *decoder) number() int {
	n, size := binary.Uvarint(d.data)
	if size <= 0 || n > 1<<40 {
		d.bad, d.data = true, nil
		return 0
	}
	d.data = d.data[size:]
	return int(n)
}

// count is a number of things that take at least a byte each.
func (d *decoder) count() int {
	n := d.number()
	if n > len(d.data) {
		d.bad, d.data = true, nil
		return 0
	}
	return n
}

func (d *decoder) byte() byte {
	if len(d.data) == 0 {
		d.bad = true
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return b
}

func (d *decoder) text() string {
	n := d.count()
	text := string(d.data[:n])
	d.data = d.data[n:]
	return text
}

func (d *decoder) texts() []string {
	var list []string
	for range d.count() {
		list = append(list, d.text())
	}
	return list
}
