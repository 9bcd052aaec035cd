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

// Change is what the source page says otherwise in one place since a
// translation was made.
type Change struct {
	What     string     `json:"what"` // changed, added, removed, moved
	Kind     string     `json:"kind"` // as markdown.Passage has it
	Old      string     `json:"old,omitempty"`
	OldKnown bool       `json:"oldKnown"` // whether the former words are known: git may not have them
	New      string     `json:"new,omitempty"`
	Source   site.Place `json:"source"`          // of New, or of where Old stood
	Own      string     `json:"own,omitempty"`   // what the translation says there
	Place    site.Place `json:"place"`           // of that, or of what it belongs before
	After    bool       `json:"after,omitempty"` // it belongs after that
	Passage  int        `json:"passage"`         // its number among those of the translation, from 1; 0 for none
}

// Difference is what the source page of a translation says otherwise since it
// was made.
type Difference struct {
	Path     string          `json:"path"`
	Language string          `json:"language"`
	State    translate.State `json:"state"`
	Changes  []Change        `json:"changes,omitempty"` // where it differs: those that its parts do not show as followed
	Gaps     []string        `json:"gaps,omitempty"`    // where it differs: parts that are not those of its source page
}

// WayOut is the command that says that the translation is done.
func (d *Difference) WayOut() string { return "fieldguide sync " + d.Path + " --lang " + d.Language }

// Summary says in a line how the page stands.
func (d *Difference) Summary() string {
	switch n := len(d.Changes); {
	case d.State == translate.Unknown:
		return "nobody recorded what it was made from, so nobody can tell what has changed; if it says what the source says today: " +
			d.WayOut()
	case d.State == translate.Differs && n == 0:
		return "the source page has not changed, but the translation has other parts"
	case d.State == translate.Differs:
		return fmt.Sprintf("half-way, %s left as far as its parts show", changes(n))
	case n == 0:
		return "nothing has changed since it was translated"
	default:
		return changes(n) + " since it was translated"
	}
}

func changes(n int) string {
	if n == 1 {
		return "1 change"
	}
	return fmt.Sprintf("%d changes", n)
}

// Diff says passage by passage what has changed in the source page since a
// translation was made.
func (t *Translators) Diff(texts *content.Texts, lang *site.Language) *Difference {
	st := texts.Standings[lang.Index]
	d := &Difference{Path: texts.Path, Language: lang.Code, State: st.State}
	if st.Record == nil {
		return d
	}
	now := pageNow(texts.Pages[t.site.Source.Index], texts.Docs[t.site.Source.Index])
	own := pageNow(texts.Pages[lang.Index], texts.Docs[lang.Index])
	old := t.former(texts, st.Record)
	known := old != nil
	for _, s := range translate.Steps(st.Record, now.said) {
		if st.State == translate.Differs && own.follows(st, s, now) {
			continue
		}
		c := Change{What: s.What, OldKnown: known || s.Old == translate.NoPassage}
		if s.Old != translate.NoPassage {
			c.Kind = st.Record.Passages[s.Old].Kind
			if known {
				c.Old = old.texts[s.Old]
			}
		}
		if s.New != translate.NoPassage {
			c.Kind, c.New = now.said[s.New].Kind, now.texts[s.New]
			c.Source = now.places[s.New]
		} else {
			c.Source = now.places[min(s.Before, len(now.places)-1)]
		}
		c.Own, c.Place, c.Passage = own.answer(st, s, now)
		if c.Own == "" && s.Kind == "" {
			c.Place, c.After = own.belongs(st, s, now)
		}
		d.Changes = append(d.Changes, c)
	}
	if st.State == translate.Differs {
		if gaps := gapsOf(st.Record, texts.Docs[t.site.Source.Index], texts.Docs[lang.Index]); gaps != nil {
			d.Gaps = strings.Split(gaps.Error(), "\n")
		}
	}
	return d
}

// follows reports whether the parts of a translation show that it has followed a
// step.
func (t *pageText) follows(st *translate.Standing, s translate.Step, now *pageText) bool {
	if s.Kind != "" {
		return false
	}
	holds := func(lists [][]int, n int) int {
		return slices.IndexFunc(lists, func(of []int) bool { return slices.Contains(of, n) })
	}
	switch s.What {
	case "added":
		return holds(st.Says, s.New-now.words) >= 0
	case "removed":
		return holds(st.Recorded, s.Old-s.Words) < 0
	}
	i := holds(st.Recorded, s.Old-s.Words)
	kind := now.said[s.New].Kind
	return i >= 0 && t.said[t.words+i].Kind == kind && st.Record.Passages[s.Old].Kind != kind
}

// former returns the source page of a record, nil when git does not have it.
func (t *Translators) former(texts *content.Texts, r *translate.Record) *pageText {
	raw, known := translate.Git{Dir: t.Dir}.File(r.Blob)
	if !known {
		return nil
	}
	old := pageNow(content.ParsePage(texts.Pages[t.site.Source.Index].File, raw, t.site.Limits))
	if len(old.texts) != len(r.Passages) {
		return nil
	}
	return old
}

// pageText is a page passage by passage, those of its front matter first.
type pageText struct {
	said   []translate.Said
	texts  []string
	places []site.Place
	words  int // how many stand in the front matter
	list   []markdown.Passage
}

func pageNow(p *site.Page, doc *markdown.Doc) *pageText {
	t := &pageText{said: translate.PassagesOf(p, doc)}
	for _, word := range []struct{ key, text string }{{"title", p.Title}, {"short", p.Short}, {"summary", p.Summary}} {
		if word.text != "" {
			t.texts = append(t.texts, word.text)
			t.places = append(t.places, content.FrontPlace(doc.File, doc.Src, word.key))
		}
	}
	t.words = len(t.texts)
	list := doc.Passages()
	for i, text := range doc.Source(list) {
		if list[i].Node == nil {
			continue
		}
		line, col := doc.Position(list[i].Node.Pos())
		t.texts = append(t.texts, text)
		t.places = append(t.places, site.Place{File: doc.File, Line: line, Col: col})
		t.list = append(t.list, list[i])
	}
	return t
}

// answer returns what a translation says where a step was made, and where that
// stands; "" where it says nothing.
func (t *pageText) answer(st *translate.Standing, s translate.Step, now *pageText) (own string, at site.Place, number int) {
	if kind := s.Kind; kind != "" { // title, short or summary
		for i := range t.words {
			if t.said[i].Kind == kind {
				return t.texts[i], t.places[i], 0
			}
		}
		return "", site.Place{File: t.places[0].File, Line: 1}, 0
	}
	var parts []string
	first := translate.NoPassage
	for i, of := range st.Recorded {
		for _, j := range of {
			if s.Old != translate.NoPassage && j == s.Old-s.Words {
				parts = append(parts, t.texts[t.words+i])
				if first == translate.NoPassage {
					first = i
				}
			}
		}
	}
	if first != translate.NoPassage {
		return strings.Join(parts, "\n\n"), t.places[t.words+first], first + 1
	}
	return "", t.places[0], 0
}

// belongs returns before, or after, what a new passage belongs.
func (t *pageText) belongs(st *translate.Standing, s translate.Step, now *pageText) (at site.Place, after bool) {
	before := 0 // it belongs after the last that stands before it in the source
	for i, source := range st.Source {
		if source != translate.NoPassage && s.New != translate.NoPassage && source < s.New-now.words {
			before = i + 1
		}
	}
	if t.words+before < len(t.places) {
		return t.places[t.words+before], false
	}
	return t.places[len(t.places)-1], true
}
