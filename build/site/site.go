// Package site holds the nouns of fieldguide: Site, Language, Set, Band, Kind, Family, Page and Finding.
// It reads nothing and writes nothing.
//
// A Site is what package content makes of a site folder. Once loaded nobody
// changes it: checks, renderers and bundles read the same one, at the same
// time, from as many goroutines as they like.
//
//	Site
//	├── Languages      in the order of site.yaml
//	├── Sets           audiences, each with its Bands
//	├── Kinds, Blocks  what a page is and what it is made of
//	└── Families       one a page; Pages holds it in each language
package site

import (
	"slices"
	"strings"
	"time"
)

// Site is one guide in all its languages, as read from its folder.
type Site struct {
	Edition   string // what readers quote: "2026-11"
	URL       string // where the site will be published, ending in "/"; "" when unknown
	Licence   Licence
	Source    *Language
	Languages []*Language
	Sets      []*Set
	Doors     []string // paths of the families the home page opens
	Help      string   // path of the help page when no set or band names a better one
	Glossary  string   // path of the page that shows the terms
	Exit      Exit
	Proof     []string // paths of pages, and folders of pages, that native readers and practitioners should read
	Bundles   Bundles
	Release   Release
	Kinds     map[string]*Kind
	Blocks    map[string]*Block
	Topics    []string // what pages can be about
	Groups    []string // in which an activity can be done
	Limits    Limits
	Loads     []Load
	Asks      map[string]Ask // who asks the search, by the words of Lookup.Asks
	Stale     []StaleRule
	Checks    map[string]Gravity // by check
	Moved     map[string]string  // paths that pages had, to those that they have now
	Terms     []string           // ids of the glossary, in source order
	Resources []Resource         // in the order of resources.yaml
	Helplines []Helpline         // in the order of helplines.yaml
	Credits   map[string]string  // who made a picture, by its path below static/ or its language's folder
	Static    []string           // files of static/ that are published as they are, sorted
	Media     []string           // pictures, sounds and videos beside pages, from their language's folder on: "en/help/kite.jpg"; sorted
	Drawings  []string           // names of static/drawings, without .svg, sorted
	Families  []*Family          // in reading order
	Drafts    map[string]bool    // files of pages that readers do not get yet
	Orphans   []string           // files of translations whose source page does not exist
	X         map[string]any     // keys of the site's own, for layouts
	Written   Outlines           // where things stand in the files of YAML

	byPath map[string]*Family
}

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
	Videos   bool   `yaml:"videos"`    // with videos, in formats that hold files: those are left out else
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

// Release says of a release what readers of its manifest must know.
type Release struct {
	Days int    `yaml:"days"` // that it is good for; 0 for ever
	Next string `yaml:"next"` // the public key that will sign later ones, when another will
}

// Licence says under which terms the content may be passed on. Pages show its
// name; what is passed on, bundles and feeds, also where its text stands.
type Licence struct {
	Name string `yaml:"name"`
	URL  string `yaml:"url"`
}

// String is name and address.
func (l Licence) String() string { return strings.TrimSpace(l.Name + " " + l.URL) }

// Limits are the site's budgets, in bytes. Zero means no limit.
type Limits struct {
	Page        int `yaml:"page"`         // a page as sent, compressed
	Style       int `yaml:"style"`        // the style inside a page, compressed
	Source      int `yaml:"source"`       // a Markdown file
	FrontMatter int `yaml:"front-matter"` // the block between the --- lines
	Nesting     int `yaml:"nesting"`      // blocks, quotes and lists inside each other (levels)
	Summary     int `yaml:"summary"`      // words in a summary; characters are not counted
	Find        int `yaml:"find"`         // words or phrases under find: in a page
	FindLetters int `yaml:"find-letters"` // letters in all of them
	File        int `yaml:"file"`         // a bundle that is one HTML file
	FileZipped  int `yaml:"file-zipped"`  // the same, compressed
	Search      int `yaml:"search"`       // the part of a search index that is fetched at once, compressed
	Helpline    int `yaml:"helpline"`     // months between the call, or the older source, of a helpline and the edition
	Numbers     int `yaml:"numbers"`      // helplines that a text shows; the page of all has the rest

	Picture       int `yaml:"picture"`        // a picture as pages show it
	PictureWidth  int `yaml:"picture-width"`  // … in pixels
	PictureOpened int `yaml:"picture-opened"` // memory to open one, and to read any file that is shown
	Sound         int `yaml:"sound"`          // a sound
	Video         int `yaml:"video"`          // a video
	Near          int `yaml:"near"`           // pages of its section that a page leads to, after the one before it
	Parts         int `yaml:"parts"`          // parts that a page has at least when it lists them; 0 for no list
}

// Kind says which layout shows a page and which blocks it is made of.
type Kind struct {
	ID     string
	Layout string
	Style  []string         // further style files, beside base and the layout's own
	Blocks map[string]Count // how often each block stands in such a page
	Only   bool             // no other blocks than these
	Tasks  Count            // how many task list items it has
	Exit   bool             // shows the link to leave the page first
	Hidden bool             // stands in no list and no reading order
	Online bool             // stands in no bundle
	Apart  bool             // is never printed with the other pages of its part: notes and answers for adults
	Shared bool             // shows data that changes in all such pages at once, so bundles hold these together, last
	Whole  bool             // is read from its beginning to its end: it lists no parts of itself
}

// Count is how often something may occur. Max below zero means any number.
type Count struct{ Min, Max int }

// Has reports whether n is within the count.
func (c Count) Has(n int) bool { return n >= c.Min && (c.Max < 0 || n <= c.Max) }

// Block is one fenced container, `:::name`.
type Block struct {
	ID      string
	Element string // div, section or details
	Heading int    // level of its label, or else its title, as a heading; 0 makes it a paragraph
	Label   bool   // shows the label that ui.yaml gives for it
	Title   bool   // takes title words after its name
	Data    string // data rows shown in it: "helplines"
	Sound   bool   // its title leads to a sound, and its text is what the sound says
	Video   bool   // its title leads to a video, and its text, with a picture, is what the video shows and says
}

// Resource is a publication or service that the guide points to.
// Its words are each language's own, in Language.Resources.
type Resource struct {
	ID        string   `yaml:"id" need:"id: a-short-name"`
	URL       string   `yaml:"url" need:"url: \"https://example.org/page\""`
	Owner     string   `yaml:"owner" need:"owner: who publishes it"`
	Kind      string   `yaml:"kind" need:"kind: a word that ui.yaml has under resources:"`
	Year      int      `yaml:"year"`
	Languages []string `yaml:"languages"`
	Age       string   `yaml:"age"`   // of its readers, "9-12"; "" for adults or anyone: see ParseAges
	Cost      string   `yaml:"cost"`  // a word of ui.yaml: free
	Cited     bool     `yaml:"cited"` // stands on the pages that cite it, not among the resources
	Set       string   `yaml:"set"`   // the set it is the official text of, if any
}

// Family returns the family at path, or nil.
func (s *Site) Family(path string) *Family { return s.byPath[path] }

// MediaIn returns the picture, sound or video at a path below a language's folder, the source language's where that one has
// none, "" where there is none: "en/help/kite.jpg" for "help/kite.jpg".
func (s *Site) MediaIn(lang *Language, path string) string {
	for _, l := range []*Language{lang, s.Source} {
		if name := l.Code + "/" + path; slices.Contains(s.Media, name) {
			return name
		}
	}
	return ""
}

// SourceOf returns the file that a picture, a sound, a video or a file of static/ is read from, by its name in the output.
func (s *Site) SourceOf(name string) string {
	if _, beside := slices.BinarySearch(s.Media, name); beside {
		return "content/" + name
	}
	return "static/" + name
}

// IsDraft reports whether the page at a path is a draft as a whole: its source page is.
func (s *Site) IsDraft(path string) bool {
	return len(s.Drafts) > 0 && s.Drafts["content/"+s.Source.Code+"/"+path+".md"]
}

// EditionDate returns the first day of an edition such as "2026-11" or
// "2026-11-22", and whether it names one. It is the site's only clock.
func (s *Site) EditionDate() (time.Time, bool) {
	for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(form, s.Edition); err == nil {
			return t, true
		}
	}
	return time.Unix(0, 0).UTC(), false
}

// Index prepares Family for use. Package content calls it once, after loading.
func (s *Site) Index() {
	s.byPath = make(map[string]*Family, len(s.Families))
	for _, f := range s.Families {
		s.byPath[f.Path] = f
	}
}
