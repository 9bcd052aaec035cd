package site

import (
	"slices"
	"strings"
)

// IsHelp reports whether f is the help page of the site, a set or a band.
func (s *Site) IsHelp(f *Family) bool {
	is := f.Path == s.Help
	for _, set := range s.Sets {
		is = is || f.Path == set.Help
		for _, band := range set.Bands {
			is = is || f.Path == band.Help
		}
	}
	return is
}

// HelpFor returns the path of the help page that fits the readers of f:
// its band's, else its set's, else the site's.
func (s *Site) HelpFor(f *Family) string {
	switch {
	case f.Band != nil && f.Band.Help != "":
		return f.Band.Help
	case f.Set != nil && f.Set.Help != "":
		return f.Set.Help
	}
	return s.Help
}

// ProofPages returns the pages that native readers and practitioners should read
// in each language, in the order of site.yaml; the help pages where it names none.
func (s *Site) ProofPages() (list []*Family) {
	in := func(is func(f *Family) bool) {
		for _, f := range s.Families {
			if is(f) && !slices.Contains(list, f) {
				list = append(list, f)
			}
		}
	}
	for _, name := range s.Proof {
		in(func(f *Family) bool { return name == f.Path || strings.HasPrefix(f.Path, name+"/") })
	}
	if len(s.Proof) == 0 {
		in(s.IsHelp)
	}
	return list
}
