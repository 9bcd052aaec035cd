package check

import (
	"fieldguide/build/cache"
	"fieldguide/build/site"
)

// Encode writes what Links needs of the facts in a form that DecodeFacts reads.
func (f *Facts) Encode(e *cache.Encoder) {
	e.Text(f.Path)
	e.Texts(f.Anchors)
	e.Int(len(f.uses))
	for _, u := range f.uses {
		e.Text(u.place.File)
		e.Int(u.place.Line)
		e.Int(u.place.Col)
		e.Text(u.dest)
		e.Text(u.path)
		e.Text(u.fragment)
		e.Bool(u.twin != nil)
		if u.twin != nil {
			EncodeFinding(e, *u.twin)
		}
	}
	encodeAllowances(e, f.allowed)
}

// DecodeFacts reads facts, nil when the bytes are none.
func DecodeFacts(d *cache.Decoder) *Facts {
	f := &Facts{Path: d.Text(), Anchors: d.Texts()}
	for range d.Count() {
		u := use{place: site.Place{File: d.Text(), Line: d.Int(), Col: d.Int()},
			dest: d.Text(), path: d.Text(), fragment: d.Text()}
		if d.Bool() {
			twin := DecodeFinding(d)
			u.twin = &twin
		}
		f.uses = append(f.uses, u)
	}
	f.allowed = decodeAllowances(d)
	if d.Bad {
		return nil
	}
	return f
}

// EncodeFinding writes a finding in a form that DecodeFinding reads.
func EncodeFinding(e *cache.Encoder, f site.Finding) {
	e.Text(f.File)
	e.Int(f.Line)
	e.Int(f.Col)
	e.Texts([]string{string(f.Level), f.Check, f.Message, f.Hint})
	e.Bool(f.Mend != nil)
	if f.Mend != nil {
		e.Bool(f.Mend.Opens)
		e.Int(len(f.Mend.Edits))
		for _, edit := range f.Mend.Edits {
			for _, n := range []int{edit.Line, edit.Col, edit.EndLine, edit.EndCol} {
				e.Int(n)
			}
			e.Text(edit.Text)
		}
	}
}

// DecodeFinding reads a finding, the zero Finding when the bytes are none.
func DecodeFinding(d *cache.Decoder) site.Finding {
	f := site.Finding{File: d.Text(), Line: d.Int(), Col: d.Int()}
	if words := d.Texts(); len(words) == 4 {
		f.Level, f.Check, f.Message, f.Hint = site.Level(words[0]), words[1], words[2], words[3]
	} else {
		d.Bad = true
	}
	if d.Bool() {
		f.Mend = &site.Mend{Opens: d.Bool()}
		for range d.Count() {
			f.Mend.Edits = append(f.Mend.Edits, site.Edit{Line: d.Int(), Col: d.Int(), EndLine: d.Int(), EndCol: d.Int(),
				Text: d.Text()})
		}
	}
	return f
}
