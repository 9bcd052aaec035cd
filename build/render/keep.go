package render

import (
	"html/template"

	"fieldguide/build/cache"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Encode writes the body in a form that DecodeBody reads.
func (b *Body) Encode(e *cache.Encoder) {
	e.Int(b.Words.Index)
	e.Text(string(b.HTML))
	e.Text(b.Said)
	e.Int(len(b.Marks))
	for _, m := range b.Marks {
		e.Byte(byte(m.Kind))
		e.Int(m.At)
		e.Int(m.End)
		e.Text(m.Text)
	}
	e.Texts(b.Headings)
	e.Int(len(b.Parts))
	for _, p := range b.Parts {
		e.Text(p.ID)
		e.Text(p.Name)
	}
	e.Int(len(b.Families))
	for _, f := range b.Families {
		e.Text(f.Path)
	}
	e.Texts(b.Static)
	e.Texts(b.Media)
	e.Texts(b.Cited)
	e.Bool(b.Behind)
	e.Text(b.Since)
}

// DecodeBody reads a body of site s, nil when the bytes are none, or of another
// site. The body keeps the bytes.
func DecodeBody(s *site.Site, d *cache.Decoder) *Body {
	b := &Body{Text: &markdown.Text{}}
	words := d.Int()
	b.HTML = template.HTML(d.Text())
	b.Said = d.Text()
	last := 0
	for range d.Count() {
		m := markdown.Mark{Kind: markdown.MarkKind(d.Byte()), At: d.Int(), End: d.Int(), Text: d.Text()}
		if m.At < last || m.End < m.At || m.End > len(b.HTML) {
			return nil
		}
		last = m.End
		b.Marks = append(b.Marks, m)
	}
	b.Headings = d.Texts()
	for range d.Count() {
		b.Parts = append(b.Parts, markdown.Part{ID: d.Text(), Name: d.Text()})
	}
	for _, path := range d.Texts() {
		f := s.Family(path)
		if f == nil {
			return nil
		}
		b.Families = append(b.Families, f)
	}
	b.Static, b.Media, b.Cited = d.Texts(), d.Texts(), d.Texts()
	b.Behind = d.Bool()
	b.Since = d.Text()
	if d.Bad || words >= len(s.Languages) {
		return nil
	}
	b.Words = s.Languages[words]
	return b
}
