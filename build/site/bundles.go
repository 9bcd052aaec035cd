package site

import "strings"

// Bundles are the files to take away.
type Bundles struct {
	Name  string   `yaml:"name"`  // that their file names begin with
	Units []Unit   `yaml:"units"` // what there is to take, in the order that pages offer it
	Pages []string `yaml:"pages"` // kinds each page of which is one HTML file, too: a unit of its own, after those above
}

// Unit is a part of the site that readers can take away, in each language on
// its own or in all together.
type Unit struct {
	ID      string   `yaml:"id"`     // in file names: name-language-id.zip
	Set     string   `yaml:"set"`    // whose pages it holds …
	Folder  string   `yaml:"folder"` // … or the folder whose pages; neither for the whole site
	Page    string   `yaml:"-"`      // … or the one page that it holds: see Bundles.Pages
	With    []string `yaml:"with"`   // paths of further pages that it holds
	All     bool     `yaml:"all"`    // all languages in one file
	Formats []string `yaml:"formats"`

	TextOnly bool   `yaml:"text-only"` // without pictures and sounds: their words stand for them
	Cover    string `yaml:"cover"`     // a picture in static/ that e-books show of it
}

// Holds reports whether a page belongs to the unit by its place.
func (u *Unit) Holds(f *Family) bool {
	switch {
	case u.Set != "":
		return f.Set != nil && f.Set.ID == u.Set
	case u.Folder != "":
		return strings.HasPrefix(f.Path, u.Folder+"/")
	case u.Page != "":
		return f.Path == u.Page
	}
	return true
}

// Offered reports whether the page is where readers look for the unit: the
// index of its folder, of its set, or the page itself. All units but those of
// one page are offered on pages of the layout downloads too.
func (u *Unit) Offered(f *Family) bool {
	switch {
	case u.Set != "":
		return f.IsIndex() && f.Set != nil && f.Set.ID == u.Set && f.Folder() == f.Section()
	case u.Folder != "":
		return f.Path == u.Folder+"/index"
	case u.Page != "":
		return f.Path == u.Page
	}
	return false
}
