package render

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// View is what a layout sees of a page. Its words are ready for the place
// they go to: HTML for text, plain strings for attributes.
type View struct {
	Frame
	Words       *site.Language // whose words the text is in; the same unless it falls back
	Family      *site.Family   // nil for the chooser and 404
	Title       string         // for <title>: the page's and the site's; that of the page one leaves to is its own
	Description string
	Name        template.HTML // the h1
	Summary     template.HTML
	Body        template.HTML
	Style       template.HTML
	Cover       *Cover // of a bundle
	Sources     []Source
	X           map[string]any // the site's own keys of the page

	layout *template.Template
	style  *Style
	policy string
	body   *Body
	moved  *site.Family // where the page is now, of one that stands where it was
	up     string       // from the chooser and 404 to the root
}

func (r *Renderer) view(f *site.Family, lang *site.Language, b *Body, in Setting) (*View, error) {
	p, words := f.In(r.site, lang)
	s := r.styleOf(r.wearer(f), lang, r.elementsIn(b.HTML))
	v := &View{Frame: Frame{Language: lang, Setting: in, r: r, from: f.Path, refs: &Refs{}}, Words: words, Family: f, body: b,
		Title:       markdown.Plain(words, p.Title),
		Description: markdown.Plain(words, p.Summary),
		Name:        markdown.HTML(words, p.Title),
		Summary:     markdown.HTML(words, p.Summary),
		X:           p.X,
		Style:       s.Element,
		style:       s,
		policy:      policy(s, b, in),
	}
	v.refs.add(&b.Refs)
	if in.TextOnly {
		v.refs.Static = slices.DeleteFunc(v.refs.Static, func(name string) bool { return slices.Contains(b.Media, name) })
		v.refs.Media = nil
	}
	sources, err := v.sources(b)
	if err != nil {
		return nil, err
	}
	v.Body = v.written(b) + sources
	if f.Kind.Layout == site.SearchLayout {
		v.policy += scripts
	}
	if f.Parent != nil && !r.site.IsExit(f) {
		v.Title += " · " + markdown.Plain(lang, lang.Words.Title)
	}
	return v, nil
}

// policy is the content policy of a page: nothing but its own style, its empty
// icon (data:), and pictures and sounds when it has any. It holds from file:// too. Browsers
// that know no hashes (CSP 1: WebKit until 2014) would refuse the style, so they
// are told 'unsafe-inline', which all others ignore beside a hash (CSP 2, §7.17).
func policy(s *Style, b *Body, in Setting) string {
	p := "default-src 'none'; style-src 'unsafe-inline' " + s.Hash + "; img-src data:"
	if b != nil && !in.TextOnly && b.Has(markdown.Image) {
		p += " 'self' file:"
	}
	if b != nil && !in.TextOnly && b.Has(markdown.Player) {
		p += "; media-src 'self' file:"
	}
	return p + "; base-uri 'none'; form-action 'none'"
}

// Policy returns the content attribute of the policy's meta element, "" for a
// file of a moment, to be printed. As text each of its quotes would be written
// as five bytes.
func (v *View) Policy() template.HTMLAttr {
	if v.policy == "" {
		return ""
	}
	return template.HTMLAttr(`content="` + v.policy + `"`)
}

// Fallback reports whether the text is not in the reader's language.
func (v *View) Fallback() bool { return v.Words != v.Language }

// Behind is what a page says of itself when its source page has changed since it
// was translated.
type Behind struct {
	Since    string         // when that was, as readers say it; "" when nobody said so
	Original template.URL   // where the source page is; "" where there is none to go to
	Language *site.Language // of the source page
}

// Behind returns what to say of a translation whose source page has changed since, nil
// for others.
func (v *View) Behind() *Behind {
	if v.body == nil || !v.body.Behind || v.Fallback() {
		return nil
	}
	source := v.r.site.Source
	b := &Behind{Since: v.SayDate(v.body.Since), Language: source}
	switch {
	case !v.Copy:
		b.Original = v.file(v.Family.File(source))
	case v.r.site.URL != "":
		b.Original = template.URL(v.r.site.URL + v.Family.File(source))
	}
	return b
}

// Own returns attributes that mark words in the reader's language on a page
// whose text is not: lang and dir, after a space; "" on others.
func (v *View) Own() template.HTMLAttr {
	if !v.Fallback() {
		return ""
	}
	return template.HTMLAttr(` lang="` + v.Code + `" dir="` + v.Dir + `"`)
}

// Audience returns classes that name the page's kind, set and band.
func (v *View) Audience() string {
	classes := v.Family.Kind.ID
	if v.Family.Set != nil {
		classes += " set-" + v.Family.Set.ID
	}
	if band := v.r.site.BandFor(v.Family); band != nil {
		classes += " band-" + band.ID
	}
	return classes
}

// Ages returns the ages that the page is for, "" when it has no band of ages.
func (v *View) Ages() template.HTML {
	if !v.Family.Band.Aged() {
		return ""
	}
	return v.Fill("ages", "ages", v.Language.Ages(v.Family.Band))
}

// Minutes returns how long the activity takes, "" when it does not say.
func (v *View) Minutes() template.HTML {
	if v.Family.Minutes == 0 {
		return ""
	}
	return v.sayCount("minutes", v.Family.Minutes)
}

// Groups returns the groups in which the activity can be done.
func (v *View) Groups() []template.HTML {
	var list []template.HTML
	for _, group := range v.Family.Groups {
		list = append(list, v.say("groups", group))
	}
	return list
}

// Crumbs returns the way from the home page to the page above this one.
func (v *View) Crumbs() []Link { return v.crumbs(v.Family.Parent) }

// Help returns the link to the help page that fits these readers, nil for none.
func (v *View) Help() *Link {
	help := v.r.site.Family(v.r.site.HelpFor(v.Family))
	return v.helpLink(help, help == v.Family)
}

// Prev returns the page before this one in its section, nil for none.
func (v *View) Prev() *Link { return v.neighbour(v.Family.Prev) }

// Next returns the page after this one in its section, nil for none.
func (v *View) Next() *Link { return v.neighbour(v.Family.Next) }

// Exit returns the link to leave the page, nil on pages that need none.
func (v *View) Exit() *Link {
	s := v.r.site
	target := s.Family(s.Exit.Page)
	if !s.HasExit(v.Family) {
		return nil
	}
	var l Link
	switch {
	case s.Exit.URL != "" && !v.Copy:
		l.Href = template.URL(s.Exit.URL)
	case target != nil:
		l.Href = v.to(target)
	}
	if l.Href == "" { // a book without the page to leave to
		return nil
	}
	return &l
}

// Languages returns the page in every language, as the language menu lists it;
// none where there is no other.
func (v *View) Languages() []Link {
	return v.languages(v.Family.Path, func(lang *site.Language) bool { return v.Family.Pages[lang.Index] == nil })
}

func (v *Frame) languages(path string, missing func(lang *site.Language) bool) []Link {
	if !v.Multilingual() {
		return nil
	}
	var list []Link
	for _, lang := range v.r.site.Languages {
		list = append(list, Link{
			Href: template.URL(content.Relative(v.Code+"/"+path, lang.Code+"/"+path) + ".html"), Name: template.HTML(template.HTMLEscapeString(lang.Name)),
			Code: lang.Code, Dir: lang.Dir, Current: lang == v.Language, Missing: missing(lang),
		})
	}
	return list
}

// Resources returns the records of resources.yaml with this language's words.
func (v *View) Resources() []Resource {
	var list []Resource
	for _, res := range v.r.site.Resources {
		if !res.Cited {
			list = append(list, v.resource(res))
		}
	}
	return list
}

// Resource is a record of resources.yaml with its words.
type Resource struct {
	site.Resource
	Title, Note, Kind, Ages, Cost template.HTML

	Speaks template.HTML // its languages, in themselves
}

func (v *View) resource(res site.Resource) Resource {
	words, in := v.Language.Resource(res.ID)
	var ages template.HTML
	if band, ok := site.ParseAges(res.Age); ok {
		ages = v.Fill("ages", "ages", v.Language.Ages(&band))
	}
	return Resource{Resource: res, Title: markdown.In(v.Language, words.Title, v.Language.TitleIn(res.ID)),
		Note: markdown.In(v.Language, words.Note, in), Kind: v.say("resources", res.Kind), Ages: ages,
		Cost: v.say("resources", res.Cost), Speaks: selfNames(res.Languages)}
}

// Official returns the official publication for the page's set, nil outside
// the sets.
func (v *View) Official() *Resource {
	for _, res := range v.r.site.Resources {
		if v.Family.Set != nil && res.Set == v.Family.Set.ID {
			found := v.resource(res)
			return &found
		}
	}
	return nil
}

// Rights returns the names of the rights that the page is about.
func (v *View) Rights() []template.HTML {
	var list []template.HTML
	for _, article := range v.Family.Rights {
		name, in := v.Language.Say("rights", strconv.Itoa(article))
		list = append(list, markdown.In(v.Language, fmt.Sprintf("%s (%d)", name, article), in))
	}
	return list
}

// Adults returns the pages for the adult beside the readers of this one.
func (v *View) Adults() []Link {
	band := v.r.site.BandFor(v.Family)
	if band == nil || v.Family.Kind.Apart || v.Family.IsIndex() {
		return nil
	}
	var list []Link
	for _, path := range band.Adults {
		if f := v.r.site.Family(path); f != nil {
			list = append(list, v.link(f, false))
		}
	}
	return list
}

// Feed returns the absolute address of the language's feed, "" without a base
// URL.
func (v *View) Feed() template.URL {
	if v.r.site.URL == "" || v.Copy {
		return ""
	}
	return template.URL(v.r.site.URL + v.Code + "/feed.xml")
}

// Alternates returns the absolute addresses of the page in each language that
// has it, when the site has a base URL.
func (v *View) Alternates() []Link {
	base := v.r.site.URL
	if base == "" || v.Copy || v.Fallback() {
		return nil
	}
	var list []Link
	for _, lang := range v.r.site.Languages {
		if v.Family.Pages[lang.Index] != nil {
			list = append(list, Link{Href: template.URL(base + v.Family.File(lang)), Code: lang.Code, Current: lang == v.Language})
		}
	}
	return append(list, Link{Href: template.URL(v.r.forOthers(v.Family)), Code: "x-default"})
}
