package build

import (
	"cmp"
	"slices"

	"fieldguide/build/content"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// rewording is what source pages say of themselves otherwise without saying anything else: a link leads by another
// path, a space stands outside of a word. Translations that were in step with them stay so.
type rewording struct {
	said  map[string][2][]translate.Said // by path: passages before and after
	blobs map[string]string              // ids of source files, to those that they get
}

// note takes in a source page before and after.
func (w *rewording) note(path string, before, after []byte, limits site.Limits) {
	if w.said == nil {
		w.said, w.blobs = map[string][2][]translate.Said{}, map[string]string{}
	}
	passages := func(text []byte) []translate.Said { return translate.PassagesOf(content.ParsePage(path, text, limits)) }
	w.said[path] = [2][]translate.Said{passages(before), passages(after)}
	w.blobs[translate.Blob(before)] = translate.Blob(after)
}

// follow changes the record of a translation of a page.
func (w *rewording) follow(path string, r *translate.Record) {
	was, is := w.said[path][0], w.said[path][1]
	same := func(a, b translate.Said) bool { return a.Kind == b.Kind && a.Hash == b.Hash }
	r.Blob = cmp.Or(w.blobs[r.Blob], r.Blob)
	if len(was) != len(is) {
		if slices.EqualFunc(r.Passages, was, same) {
			r.Passages = is
		}
		return
	}
	for i, p := range r.Passages {
		if j := slices.IndexFunc(was, func(s translate.Said) bool { return same(p, s) }); j >= 0 {
			r.Passages[i].Kind, r.Passages[i].Hash = is[j].Kind, is[j].Hash
		}
	}
}
