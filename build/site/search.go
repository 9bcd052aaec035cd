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
