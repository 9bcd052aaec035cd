package render

import (
	"maps"
	"slices"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// movedKind is the layout and the style of what stands where a page was.
const movedKind = "moved"

// Moved makes, in every language, the pages that stand where others were, with a link to where these are now. They
// are in no list, index or bundle.
func (r *Renderer) Moved(w *Worker, put func(name string, data []byte) error) error {
	for _, old := range slices.Sorted(maps.Keys(r.site.Moved)) {
		to := r.site.Family(r.site.Moved[old])
		for _, lang := range r.site.Languages {
			p, words := to.In(r.site, lang)
			v := r.lone(&site.Family{Path: old}, lang, movedKind, markdown.Plain(words, p.Title))
			v.moved = to
			if err := r.execute(w, movedKind, v); err != nil {
				return err
			}
			if err := put(v.Family.File(lang), w.page); err != nil {
				return err
			}
		}
	}
	return nil
}

// To returns the link to where the page is now.
func (v *View) To() Link { return v.link(v.moved, false) }
