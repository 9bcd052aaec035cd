package site

import "slices"

// Set is an audience: children, industry … Its pages lie in its sections.
type Set struct {
	ID       string
	Sections []string // folders below the language folder
	Bands    []*Band
	Help     string // path of the help page for this set
	X        map[string]any
}

// Band is a range of ages within a set, both ends included.
type Band struct {
	ID     string
	From   int
	To     int
	Help   string   // path of the help page for these readers
	Adults []string // paths of pages for the adult beside these readers
	Exit   bool     // its pages show the link to leave first
	X      map[string]any
}

// SetOf returns the set that owns a top-level folder, or nil.
func (s *Site) SetOf(section string) *Set {
	for _, set := range s.Sets {
		if slices.Contains(set.Sections, section) {
			return set
		}
	}
	return nil
}

// BandFor returns the band whose readers f is for: its own, or the one that it
// is the help page of; nil for none.
func (s *Site) BandFor(f *Family) *Band {
	if f.Band != nil {
		return f.Band
	}
	for _, set := range s.Sets {
		for _, b := range set.Bands {
			if b.Help == f.Path {
				return b
			}
		}
	}
	return nil
}
