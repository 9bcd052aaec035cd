package content

import (
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// frameIDs are the ids that the layouts give every page, and that of search its own.
var frameIDs = []string{"text", "languages", "search", "az"}

// TakenIDs returns the ids that the layout of a page gives to places with plain
// names, which no heading can have then. Other ids of layouts hold a dot.
func TakenIDs(s *site.Site, f *site.Family) []string {
	taken := frameIDs
	if f.Path == s.Glossary {
		taken = append(taken[:len(taken):len(taken)], s.Terms...)
	}
	if f.Kind.Layout == "downloads" {
		for i := range s.Bundles.Units {
			taken = append(taken[:len(taken):len(taken)], s.Bundles.Units[i].ID)
		}
	}
	return taken
}

// PlaceIDs returns the ids of the headings and blocks in one of the family's
// own languages, those of the source page.
func (t *Texts) PlaceIDs(s *site.Site, lang *site.Language) []string {
	doc, source := t.Docs[lang.Index], t.Docs[s.Source.Index]
	switch {
	case doc == source:
		return t.IDs
	case source == nil:
		return doc.PlaceIDs(s.Blocks, TakenIDs(s, t.Family)...)
	}
	var says []int // by position where nothing has moved
	if st := t.Standings[lang.Index]; st.State == translate.Stale {
		says = st.Source
	}
	return doc.CarryIDs(source, t.IDs, says, s.Blocks, TakenIDs(s, t.Family)...)
}
