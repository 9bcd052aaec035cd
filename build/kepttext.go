package build

import (
	"fieldguide/build/cache"
	"fieldguide/build/check"
	"fieldguide/build/render"
	"fieldguide/build/search"
	"fieldguide/build/site"
)

// wants says what of a Text is wanted: what it says costs time to read.
type wants struct {
	bodies bool
	docs   []bool // by language
}

// text returns of a Text that was kept what is wanted, and whether there is one.
func (k *kept) text(key cache.Key, want wants) (t Text, known bool) {
	data, known := k.store.Get(key)
	if !known {
		return t, false
	}
	d := cache.Decoder{Data: data}
	n := len(k.site.Languages)
	t.Bodies, t.Docs = make([]*render.Body, n), make([][]*search.Doc, n)
	k.store.Touch(statePart.of(key, 0))
	t.Facts = check.DecodeFacts(&d)
	t.Findings = decodeFindings(&d)
	for i := range n {
		switch own := d.Bool(); {
		case own && want.bodies:
			t.Bodies[i] = k.body(key, i)
			known = known && t.Bodies[i] != nil
		case own:
			k.store.Touch(bodyPart.of(key, i))
		}
		if want.docs[i] {
			var whole bool
			t.Docs[i], whole = k.docs(key, i)
			known = known && whole
		} else {
			k.store.Touch(docsPart.of(key, i))
		}
	}
	return t, known && t.Facts != nil && d.Done()
}

// body returns what a Text that was kept says in a language, nil when it was lost.
func (k *kept) body(text cache.Key, lang int) *render.Body {
	data, known := k.store.Get(bodyPart.of(text, lang))
	if !known {
		return nil
	}
	d := cache.Decoder{Data: data}
	body := render.DecodeBody(k.site, &d)
	if !d.Done() {
		return nil
	}
	return body
}

// docs returns what a Text that was kept puts into the index of a language.
func (k *kept) docs(text cache.Key, lang int) (list []*search.Doc, whole bool) {
	data, known := k.store.Get(docsPart.of(text, lang))
	if !known {
		return nil, false
	}
	d := cache.Decoder{Data: data}
	for range d.Count() {
		doc := search.DecodeDoc(&d)
		if doc == nil {
			return nil, false
		}
		list = append(list, doc)
	}
	return list, d.Done()
}

// keepText keeps a Text, whose docs were all made.
func (k *kept) keepText(key cache.Key, t *Text) {
	if k.store == nil {
		return
	}
	var e cache.Encoder
	t.Facts.Encode(&e)
	encodeFindings(&e, t.Findings)
	for i, body := range t.Bodies {
		e.Bool(body != nil)
		if body != nil {
			var said cache.Encoder
			body.Encode(&said)
			k.store.Put(bodyPart.of(key, i), said.Data)
		}
		var docs cache.Encoder
		docs.Int(len(t.Docs[i]))
		for _, doc := range t.Docs[i] {
			doc.Encode(&docs)
		}
		k.store.Put(docsPart.of(key, i), docs.Data)
	}
	k.store.Put(key, e.Data)
	k.keepStates(key, t.states)
}

func encodeFindings(e *cache.Encoder, list []site.Finding) {
	e.Int(len(list))
	for _, f := range list {
		check.EncodeFinding(e, f)
	}
}

func decodeFindings(d *cache.Decoder) []site.Finding {
	var list []site.Finding
	for range d.Count() {
		list = append(list, check.DecodeFinding(d))
	}
	return list
}
