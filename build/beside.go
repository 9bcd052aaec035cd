package build

import (
	"fmt"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Beside is a page beside its source page, passage by passage.
type Beside struct {
	Path     string
	Language *site.Language // the source language for the source page alone
	State    translate.State
	Record   *translate.Record // nil for none
	Rows     []BesideRow
}

// BesideRow is what belongs together. Texts are as they are written.
type BesideRow struct {
	ID          string // the same in each language where the source page has something
	What        string // as translate.Row has it
	Kind        string // as markdown.Passage has it
	Old         string // what the source page said when it was translated
	OldKnown    bool   // whether git has that
	Gone        bool   // the translation of it is shown to nobody
	Source, Own Side
}

// Side is one half of a row: "" and the zero place where a text has nothing there.
type Side struct {
	Text  string
	Place site.Place
	Nodes []markdown.Passage // of the text, none for words of the front matter
}

// Beside puts a page beside its source page. Where there is no translation, the
// source page stands alone.
func (t *Translators) Beside(texts *content.Texts, lang *site.Language) *Beside {
	source, st := t.site.Source.Index, texts.Standings[lang.Index]
	b := &Beside{Path: texts.Path, Language: lang, State: translate.Missing}
	now := pageNow(texts.Pages[source], texts.Docs[source])
	if st == nil {
		for i := range now.texts {
			row := BesideRow{ID: now.id(i), Kind: now.said[i].Kind, OldKnown: true, Source: now.side(i, i+1)}
			b.Rows = append(b.Rows, row)
		}
		if t.site.Drafts["content/"+lang.Code+"/"+texts.Path+".md"] {
			b.State = translate.Draft
		}
		return b
	}
	b.State, b.Record = st.State, st.Record
	own := pageNow(texts.Pages[lang.Index], texts.Docs[lang.Index])
	var old *pageText
	var recorded []translate.Said
	if st.Record != nil {
		old, recorded = t.former(texts, st.Record), st.Record.Passages
	}
	for _, kind := range translate.FrontKeys {
		is := func(s translate.Said) bool { return s.Kind == kind }
		i, j := slices.IndexFunc(now.said[:now.words], is), slices.IndexFunc(own.said[:own.words], is)
		k := slices.IndexFunc(recorded, is)
		row := BesideRow{ID: kind, Kind: kind, OldKnown: k < 0 || old != nil}
		if k >= 0 && old != nil {
			row.Old = old.texts[k]
		}
		if i >= 0 {
			row.Source = now.side(i, i+1)
		}
		if j >= 0 {
			row.Own = own.side(j, j+1)
		}
		switch {
		case i < 0 && j < 0:
			continue
		case recorded == nil:
		case k < 0 && i >= 0:
			row.What = "added"
		case k >= 0 && i < 0:
			row.What = "removed"
		case k >= 0 && recorded[k].Hash != now.said[i].Hash:
			row.What = "changed"
		}
		b.Rows = append(b.Rows, row)
	}
	front := len(recorded) // of the record: passages of the front matter
	if i := slices.IndexFunc(recorded, func(s translate.Said) bool { return !s.InFront() }); i >= 0 {
		front = i
	}
	for _, r := range translate.Rows(st, texts.Docs[source], texts.Docs[lang.Index]) {
		row := BesideRow{What: r.What, Gone: r.Gone, OldKnown: old != nil || len(r.Recorded) == 0,
			Source: now.sides(r.Source), Own: own.sides(r.Own)}
		switch {
		case len(r.Source) > 0:
			row.ID, row.Kind = now.id(now.words+r.Source[0]), now.said[now.words+r.Source[0]].Kind
		case len(r.Own) > 0:
			row.ID, row.Kind = fmt.Sprintf("own-%d", r.Own[0]+1), own.said[own.words+r.Own[0]].Kind
		}
		if old != nil {
			var parts []string
			for _, k := range r.Recorded {
				parts = append(parts, old.texts[front+k])
			}
			row.Old = strings.Join(parts, "\n\n")
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// id names a text of the source page.
func (t *pageText) id(i int) string {
	if i < t.words {
		return t.said[i].Kind
	}
	return fmt.Sprintf("passage-%d", i-t.words+1)
}

// side returns some texts that follow each other.
func (t *pageText) side(from, to int) Side {
	return Side{Text: strings.Join(t.texts[from:to], "\n\n"), Place: t.places[from], Nodes: t.nodes(from, to)}
}

// sides returns passages of the text by their numbers.
func (t *pageText) sides(numbers []int) (s Side) {
	for n, i := range numbers {
		one := t.side(t.words+i, t.words+i+1)
		if n == 0 {
			s = one
			continue
		}
		s.Text += "\n\n" + one.Text
		s.Nodes = append(s.Nodes, one.Nodes...)
	}
	return s
}

func (t *pageText) nodes(from, to int) (list []markdown.Passage) {
	for i := max(from, t.words); i < to; i++ {
		list = append(list, t.list[i-t.words])
	}
	return list
}
