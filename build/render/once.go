package render

import (
	"bytes"
	"html/template"

	"fieldguide/build/site"
)

// partKey names a part that is the same for all pages of a folder: those with
// the same language, page above, kind and band.
type partKey struct {
	part     string
	language *site.Language
	folder   string
	above    *site.Family
	kind     *site.Kind
	band     *site.Band
	isHelp   bool
}

// Once returns a part of the layout, such as the way back to the home page,
// that does not depend on the page but on its folder. It is rendered for the
// first page of the folder and kept for the others: templates cost as much
// time as Markdown.
func (v *View) Once(part string) (template.HTML, error) {
	f := v.Family
	key := partKey{part, v.Language, f.Folder(), f.Parent, f.Kind, f.Band, f.Path == v.r.site.HelpFor(f)}
	if html, ok := v.r.once.Load(key); ok {
		return html.(template.HTML), nil
	}
	var b bytes.Buffer
	if err := v.layout.ExecuteTemplate(&b, part, v); err != nil {
		return "", err
	}
	html, _ := v.r.once.LoadOrStore(key, template.HTML(b.String()))
	return html.(template.HTML), nil
}
