package render

import (
	"bytes"
	"html/template"
	"slices"

	"fieldguide/build/content"
	"fieldguide/build/site"
)

// sources are the records that a page cites, in the order of first use.
type sources []string

func (s *sources) add(t content.Target) {
	if t.Source != "" && !slices.Contains(*s, t.Source) {
		*s = append(*s, t.Source)
	}
}

// Source is a publication that a page rests on.
type Source struct {
	Resource
	At string // the id of its place on the page
}

// sources returns the list of what a page cites, in the language of its words,
// "" for none.
func (r *Renderer) sources(lang *site.Language, cited sources) (template.HTML, error) {
	if len(cited) == 0 {
		return "", nil
	}
	v := &View{Language: lang, r: r}
	for _, id := range cited {
		i := slices.IndexFunc(r.site.Resources, func(res site.Resource) bool { return res.ID == id })
		v.Sources = append(v.Sources, Source{v.resource(r.site.Resources[i]), content.SourceID(id)})
	}
	var b bytes.Buffer
	if err := r.layouts[dataLayout].ExecuteTemplate(&b, "sources", v); err != nil {
		return "", &LayoutError{layoutFinding("layouts/parts.html", err)}
	}
	return template.HTML(b.String()), nil
}
