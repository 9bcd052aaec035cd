package render

import (
	"bytes"
	"html/template"
	"slices"
	"strconv"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Source is a publication that a page rests on.
type Source struct {
	Resource
	At string // the id of its place on the page
}

// record returns the record of resources.yaml with an id that is there.
func (r *Renderer) record(id string) site.Resource {
	return r.site.Resources[slices.IndexFunc(r.site.Resources, func(res site.Resource) bool { return res.ID == id })]
}

// sayCited adds what a text cites to what it says: sources shows the same.
func (r *Renderer) sayCited(b *Body) {
	if len(b.Cited) == 0 {
		return
	}
	var s markdown.Speech
	say := func(text string) { s.Say(markdown.Said(b.Words, text)) }
	s.Say(b.Said)
	s.Stop()
	for _, id := range b.Cited {
		res := r.record(id)
		say(b.Words.Word("source") + " ")
		words, _ := b.Words.Resource(id)
		say(words.Title)
		s.Say(" · ")
		say(res.Owner)
		if res.Year > 0 {
			s.Say(" · ")
			say(strconv.Itoa(res.Year))
		}
		s.Stop()
	}
	b.Said = s.String()
}

// sources returns the list of what the text cites, in the language of its
// words, "" for none.
func (v *View) sources(b *Body) (template.HTML, error) {
	if len(b.Cited) == 0 {
		return "", nil
	}
	list := &View{Frame: v.Frame}
	list.Language = b.Words
	for _, id := range b.Cited {
		list.Sources = append(list.Sources, Source{list.resource(v.r.record(id)),
			markdown.PlaceID(v.part(), content.SourceID(id))})
	}
	var text bytes.Buffer
	if err := v.r.layouts[dataLayout].ExecuteTemplate(&text, "sources", list); err != nil {
		return "", &LayoutError{layoutFinding("layouts/parts.html", err)}
	}
	return template.HTML(text.String()), nil
}
