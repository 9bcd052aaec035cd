package render

import (
	"html/template"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Chooser is a language as the language chooser and the 404 page show it.
type Chooser struct {
	*site.Language
	Href           template.URL
	Title, Tagline template.HTML
}

// T returns an interface word of the language, typeset.
func (c Chooser) T(key string) template.HTML {
	_, in := c.Say("words", key)
	return markdown.In(c.Language, c.Word(key), in)
}

// Root makes what belongs to no language: index.html, which lets readers
// choose one, 404.html and, with a base URL, sitemap, feeds and robots.txt;
// and what stands where pages were.
func (r *Renderer) Root(w *Worker, put func(name string, data []byte) error) error {
	for _, page := range []struct{ name, layout string }{{"index.html", "chooser"}, {"404.html", "not-found"}} {
		if err := r.execute(w, page.layout, r.rootView()); err != nil {
			return err
		}
		if err := put(page.name, w.page.Bytes()); err != nil {
			return err
		}
	}
	if err := r.Moved(w, put); err != nil {
		return err
	}
	return r.Addresses(put)
}

func (r *Renderer) rootView() *View {
	lang := r.site.Source
	s := r.styleOf(wearer{kind: chooserStyle}, lang, nil)
	return &View{Frame: Frame{Language: lang, r: r, refs: &Refs{}}, Words: lang,
		Title:       markdown.Plain(lang, lang.Words.Title),
		Description: markdown.Plain(lang, lang.Tagline), Style: s.Element, policy: policy(s, false)}
}

// Choosers returns all languages. Addresses are relative to the root; with a
// base URL they are absolute on the 404 page, which a server may show at any
// depth.
func (v *View) Choosers(absolute bool) []Chooser {
	var list []Chooser
	home := v.r.site.Family("index")
	for _, lang := range v.r.site.Languages {
		href := home.File(lang)
		if absolute {
			href = v.r.site.URL + href
		}
		tagline := lang // that it is in
		if lang.Source != nil && lang.Tagline == lang.Source.Tagline {
			tagline = lang.Source
		}
		list = append(list, Chooser{Language: lang, Href: template.URL(href), Title: titleOf(lang),
			Tagline: markdown.In(lang, lang.Tagline, tagline)})
	}
	return list
}
