package render

import (
	"bytes"
	"html/template"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Chooser is a language as the language chooser and the 404 page show it.
type Chooser struct {
	*site.Language
	Href           template.URL
	Help           template.URL // of its help page, "" for none
	Title, Tagline template.HTML
}

// T returns an interface word of the language, typeset.
func (c Chooser) T(key string) template.HTML {
	_, in := c.Say("words", key)
	return markdown.In(c.Language, c.Word(key), in)
}

// Root makes what belongs to no language: index.html, which lets readers
// choose one, 404.html there and in the folder of each language and, with a base URL,
// sitemap, feeds and robots.txt; and what stands where pages were. Of one Renderer
// it is the same each time, and is made once.
func (r *Renderer) Root(w *Worker, put func(name string, data []byte) error) error {
	if r.root == nil {
		var made []rootFile
		if err := r.makeRoot(w, func(name string, data []byte) error {
			made = append(made, rootFile{name, bytes.Clone(data)})
			return nil
		}); err != nil {
			return err
		}
		r.root = made
	}
	for _, f := range r.root {
		if err := put(f.name, f.data); err != nil {
			return err
		}
	}
	return nil
}

type rootFile struct {
	name string
	data []byte
}

func (r *Renderer) makeRoot(w *Worker, put func(name string, data []byte) error) error {
	type page struct {
		name, layout string
		lang         *site.Language
	}
	pages := []page{{"index.html", "chooser", r.site.Source}, {NotFound, "not-found", r.site.Source}}
	for _, lang := range r.site.Languages {
		pages = append(pages, page{lang.Code + "/" + NotFound, "not-found", lang})
	}
	for _, p := range pages {
		view := r.rootView(p.lang)
		view.up = strings.Repeat("../", strings.Count(p.name, "/"))
		if err := r.execute(w, p.layout, view); err != nil {
			return err
		}
		if err := put(p.name, w.page); err != nil {
			return err
		}
	}
	if err := r.Moved(w, put); err != nil {
		return err
	}
	return r.Addresses(put)
}

// NotFound is the page that a server shows for addresses that lead nowhere, in
// the root and in the folder of each language.
const NotFound = "404.html"

func (r *Renderer) rootView(lang *site.Language) *View {
	s := r.styleOf(wearer{kind: chooserStyle}, lang, nil)
	return &View{Frame: Frame{Language: lang, r: r, refs: &Refs{}}, Words: lang,
		Title:       markdown.Plain(lang, lang.Words.Title),
		Description: markdown.Plain(lang, lang.Tagline), Style: s.Element, policy: policy(s, nil, Setting{})}
}

// Choosers returns all languages. Addresses are relative to the page; with a
// base URL they are absolute on the 404 page, which a server may show at any
// depth.
func (v *View) Choosers(absolute bool) []Chooser {
	var list []Chooser
	root := v.up
	if absolute && v.r.site.URL != "" {
		root = v.r.site.URL
	}
	home, help := v.r.site.Family("index"), v.r.site.Family(v.r.site.Help)
	for _, lang := range v.r.site.Languages {
		tagline := lang // that it is in
		if lang.Source != nil && lang.Tagline == lang.Source.Tagline {
			tagline = lang.Source
		}
		c := Chooser{Language: lang, Href: template.URL(root + home.File(lang)), Title: titleOf(lang),
			Tagline: markdown.In(lang, lang.Tagline, tagline)}
		if help != nil {
			c.Help = template.URL(root + help.File(lang))
		}
		list = append(list, c)
	}
	return list
}
