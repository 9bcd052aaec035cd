package render

import (
	"bytes"
	"html/template"
	"path"
	"strings"

	"fieldguide/build/site"
)

// partKey names a part that is the same for all pages of a folder but for
// their file names: those with the same language, page above, kind, band, way
// out and translations.
type partKey struct {
	part       string
	language   *site.Language
	folder     string
	above      *site.Family
	kind       *site.Kind
	band       *site.Band
	isHelp     bool
	exit       bool
	translated string
	copy       bool
}

// anyFile stands for the page's own file name in a part that is kept.
const anyFile = "-any-file-"

// Once returns a part of the layout that depends on the page's folder and, in
// links to its twins, on its file name: the way back to the home page, the
// language menu. It is rendered for the first page of the folder and kept for
// the others: templates cost as much time as Markdown.
func (v *View) Once(part string) (template.HTML, error) {
	f := v.Family
	key := partKey{part, v.Language, f.Folder(), f.Parent, f.Kind, f.Band, f.Path == v.r.site.HelpFor(f),
		v.Exit != nil, translated(f), v.Copy}
	kept, ok := v.r.once.Load(key)
	if !ok {
		family, view := *f, *v
		if !key.isHelp {
			family.Path = path.Join(f.Folder(), anyFile)
		}
		view.Family = &family
		var b bytes.Buffer
		if err := v.layout.ExecuteTemplate(&b, part, &view); err != nil {
			return "", err
		}
		kept, _ = v.r.once.LoadOrStore(key, b.String())
	}
	return template.HTML(strings.ReplaceAll(kept.(string), anyFile, path.Base(f.Path))), nil
}

// translated tells apart which languages have the page.
func translated(f *site.Family) string {
	mask := make([]byte, len(f.Pages))
	for i, p := range f.Pages {
		if p != nil {
			mask[i] = 1
		}
	}
	return string(mask)
}
