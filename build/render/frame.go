package render

import (
	"html/template"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// Frame is what layouts see whatever they draw: whose reader it is for, the
// words of that language, and where links lead from. What it is asked for
// besides is remembered: see Refs.
type Frame struct {
	*site.Language // whose reader this is
	Setting

	r    *Renderer
	from string // path that links lead from, below the language's folder
	refs *Refs
}

// Setting is where a page will stand.
type Setting struct {
	Copy      bool       // in a copy of one language, to take away
	Downloads []Download // what the page offers to take away
	Book      *Book      // in a document that holds other pages too; nil in a file of its own
	TextOnly  bool       // words stand for pictures and sounds
	NoVideos  bool       // links to videos lead to the published site
}

// Book is a document of many pages.
type Book struct {
	XML    bool // it is XHTML
	Deeper int  // levels that the headings of pages go down in it

	// Part returns the prefix of a page's ids.
	Part func(f *site.Family) string
	// To returns the address that leads from one page to a place of another,
	// false when there is none: the words of the link stay.
	To func(from, to *site.Family, place string) (href string, ok bool)

	// Picture and Sound return the attributes of what shows or plays a file on a page, false where its words stand for
	// it; nil for nowhere.
	Picture, Sound func(page *site.Family, name string) (attrs string, ok bool)
}

// Refs are what a page refers to in its frame: what it links to and what it
// shows of others.
type Refs struct {
	Families []*site.Family // pages that it links to, in the same language
	Static   []string       // files of static/, and beside pages, that it links to
	Media    []string       // pictures and sounds that it shows, by the names of the files that they are made of

	drawing bool // a drawing stands in its frame
}

func (refs *Refs) family(f *site.Family) {
	if !slices.Contains(refs.Families, f) {
		refs.Families = append(refs.Families, f)
	}
}

func (refs *Refs) static(name string) {
	if !slices.Contains(refs.Static, name) {
		refs.Static = append(refs.Static, name)
	}
}

func (refs *Refs) medium(name string) {
	if !slices.Contains(refs.Media, name) {
		refs.Media = append(refs.Media, name)
	}
}

func (refs *Refs) add(more *Refs) {
	for _, f := range more.Families {
		refs.family(f)
	}
	for _, name := range more.Static {
		refs.static(name)
	}
	for _, name := range more.Media {
		refs.medium(name)
	}
}

// Link is a link that a layout shows. Without an address its words stand
// alone: a book does not hold the page.
type Link struct {
	Href    template.URL
	Name    template.HTML
	Summary template.HTML
	Lang    *site.Language // set when the words are not in the reader's language
	Ages    template.HTML
	Drawing template.HTML
	Code    string // of the language it leads to, in the language menu
	Dir     string
	Current bool
	Missing bool // that language has no translation
}

// T returns an interface word, typeset: {{.T "help"}}.
func (v *Frame) T(key string) template.HTML { return v.r.words[v.Index][key] }

// Gap returns the space between an interface word and what follows it, none after
// a full-width mark: {{.T "source"}}{{.Gap "source"}}<a …>.
func (v *Frame) Gap(key string) string { return markdown.Gap(v.Language.Word(key)) }

// Optional returns an interface word that a site may do without, typeset:
// {{with .Optional "standing"}}<p>{{.}}</p>{{end}}.
func (v *Frame) Optional(key string) template.HTML { return v.T(key) }

// Fill returns an interface word with its {name} filled in, typeset:
// {{.Fill "edition" "edition" .Site.Edition}}.
func (v *Frame) Fill(key string, pairs ...string) template.HTML {
	_, in := v.Language.Say("words", key)
	return markdown.In(v.Language, v.Language.Fill(key, pairs...), in)
}

// SayDate says a date as readers of the language do, plain: "November 2026" for
// 2026-11.
func (v *Frame) SayDate(text string) string { return v.Language.Date(text) }

// Typeset sets a line of the reader's language.
func (v *Frame) Typeset(text string) template.HTML { return markdown.HTML(v.Language, text) }

// say returns a word of a group of ui.yaml, typeset.
func (v *Frame) say(group, key string) template.HTML {
	word, in := v.Language.Say(group, key)
	return markdown.In(v.Language, word, in)
}

// sayCount returns a counted word, typeset.
func (v *Frame) sayCount(key string, n int) template.HTML {
	text, in := v.Language.SayCount(key, n)
	return markdown.In(v.Language, text, in)
}

// Address sets an address: in one piece, whatever direction the text around it has,
// that may break after dots and slashes: {{.Address .URL}}.
func (v *Frame) Address(address string) template.HTML {
	html := markdown.Address(address)
	if v.Book != nil && v.Book.XML {
		html = template.HTML(strings.ReplaceAll(string(html), "<wbr>", "<wbr/>"))
	}
	return html
}

// Site returns the site, for what is the same on all pages.
func (v *Frame) Site() *site.Site { return v.r.site }

// SiteTitle returns the title of the site, typeset.
func (v *Frame) SiteTitle() template.HTML { return titleOf(v.Language) }

// titleOf is the site's title in a language, which is the source's where that has no other.
func titleOf(lang *site.Language) template.HTML {
	if source := lang.Source; source != nil && lang.Words.Title == source.Words.Title {
		return markdown.In(lang, lang.Words.Title, source)
	}
	return markdown.HTML(lang, lang.Words.Title)
}

// Multilingual reports whether there is another language to go to.
func (v *Frame) Multilingual() bool { return !v.Copy && len(v.r.site.Languages) > 1 }

// Drawing returns a drawing of static/drawings as an ornament, "" when there
// is none: {{.Drawing "kite"}}.
func (v *Frame) Drawing(name string) template.HTML {
	d, known := v.r.drawings[name]
	v.refs.drawing = v.refs.drawing || known
	if v.Book != nil && v.Book.XML {
		return d.xml
	}
	return d.html
}

// H returns the level that a heading of the page stands at where the page
// stands: <h{{.H 2}}>…</h{{.H 2}}>.
func (v *Frame) H(level int) int {
	if v.Book != nil {
		level += v.Book.Deeper
	}
	return min(level, 6)
}

// to returns the address of a family's page in the same language.
func (v *Frame) to(f *site.Family) template.URL {
	if v.Book != nil {
		href, _ := v.Book.To(v.r.site.Family(v.from), f, "")
		return template.URL(href)
	}
	v.refs.family(f)
	return template.URL(content.Relative(v.from, f.Path) + ".html")
}

// link returns a link to a family, named as in lists or, when brief, as in
// navigation.
func (v *Frame) link(f *site.Family, brief bool) Link {
	p, words := f.In(v.r.site, v.Language)
	l := Link{Href: v.to(f), Name: markdown.HTML(words, p.Title)}
	if brief {
		l.Name = markdown.HTML(words, p.Name())
	}
	if words != v.Language {
		l.Lang = words
	}
	return l
}

// crumbs leads from the home page to a page.
func (v *Frame) crumbs(to *site.Family) []Link {
	var list []Link
	for ; to != nil; to = to.Parent {
		list = append([]Link{v.link(to, true)}, list...)
	}
	return list
}

func (v *Frame) helpLink(help *site.Family, here bool) *Link {
	if help == nil {
		return nil
	}
	return &Link{Href: v.to(help), Current: here}
}

// file returns the address of a file in the output, from its root.
func (v *Frame) file(name string) template.URL {
	return template.URL(content.Relative(v.Code+"/"+v.from, name))
}

// Search returns the address of the search page, "" when the site has none.
func (v *Frame) Search() template.URL {
	if page := v.r.site.Search(); page != nil && !v.Copy {
		return v.to(page)
	}
	return ""
}
