package site

import "path"

// SearchLayout is the layout of search pages.
const SearchLayout = "search"

// Search returns the site's search page, nil for none.
func (s *Site) Search() *Family {
	for _, f := range s.Families {
		if f.Kind.Layout == SearchLayout {
			return f
		}
	}
	return nil
}

// Shards returns the folder of the search index, seen from the search page f.
func (f *Family) Shards() string { return path.Base(f.Path) + "/" }

// Ask says which pages come first, and which last, when the words of a query
// show who asks: paths of pages, or of folders for all pages in them.
type Ask struct {
	Bring []string `yaml:"bring"` // pages that are found even if they hold no other word of the query, the best first
	First []string `yaml:"first"`
	Last  []string `yaml:"last"`
	Mutes []string `yaml:"mutes"` // asks that do not count then
	Quiet bool     `yaml:"quiet"` // its words decide nothing else
}
