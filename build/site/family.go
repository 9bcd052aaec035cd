package site

import (
	"path"
	"strings"
)

// Family is one page in all its languages. Its path is its identity.
//
// Everything here comes from the source page; the pages carry words only.
type Family struct {
	Path    string // "walkers/beginners/rivers"; "walkers/index" for a folder
	Kind    *Kind
	Set     *Set  // nil outside the sets
	Band    *Band // nil outside the bands
	Order   int
	Topics  []string // what it is about, for editors: `fieldguide explain` says them, no page does
	Rights  []int    // articles of a treaty, which ui.yaml names under rights
	Picture string
	Minutes int      // how long an activity takes
	Groups  []string // whom it is for: alone, pair, class
	Exit    bool     // shows the link to leave the page first
	Pages   []*Page  // one a language, in the order of Site.Languages; nil where there is none

	Fallen []Fallen // translations that readers do not see

	Parent   *Family // index of the folder above; nil for the home page
	Children []*Family
	Prev     *Family
	Next     *Family
}

// Fallen is a translation in whose place readers see the source page.
type Fallen struct {
	Language *Language
	Page     *Page
	State    string // why, as package translate has it
}

// Page is one language of a family: where its words are, and those that
// other pages show of it.
type Page struct {
	File    string // path of the source below the site's folder
	Title   string
	Short   string // for breadcrumbs; the title when empty
	Summary string
	Updated string         // date of the last change of meaning, YYYY-MM-DD: for sitemap and feed
	Find    []string       // what people type who look for it, however they write: no reader sees it
	X       map[string]any // keys of the site's own, for layouts
	Record  string         // of a translation: what it was made from, as package translate writes it; "" when nobody knows
}

// Name is what navigation calls the page.
func (p *Page) Name() string {
	if p.Short != "" {
		return p.Short
	}
	return p.Title
}

// In returns the page in a language and the language its words are in: the
// page itself, or the source page where there is no translation.
func (f *Family) In(s *Site, l *Language) (*Page, *Language) {
	if p := f.Pages[l.Index]; p != nil {
		return p, l
	}
	return f.Pages[s.Source.Index], s.Source
}

// IsIndex reports whether the family is the index of its folder.
func (f *Family) IsIndex() bool { return path.Base(f.Path) == "index" }

// Folder returns the folder the family lies in, "" at the top.
func (f *Family) Folder() string {
	if dir := path.Dir(f.Path); dir != "." {
		return dir
	}
	return ""
}

// Section returns the top-level folder of the family, "" at the top.
func (f *Family) Section() string {
	section, _, found := strings.Cut(f.Path, "/")
	if !found {
		return ""
	}
	return section
}

// File returns the name of the page in the output, below the site's root.
func (f *Family) File(l *Language) string { return l.Code + "/" + f.Path + ".html" }
