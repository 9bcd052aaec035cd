package site

import "strings"

// Load is how much reading a page may ask for: of its longest sentence and of
// its source page as a whole. The first load of a site that fits a page
// counts; an empty field fits all.
type Load struct {
	Page     string         `yaml:"page"`     // path of one page
	Under    string         `yaml:"under"`    // folder that the page lies in, at any depth
	Kind     string         `yaml:"kind"`     //
	Band     string         `yaml:"band"`     // whose readers it is for
	Sentence int            `yaml:"sentence"` // words, or characters where the language counts those; 0 for no limit
	In       map[string]int `yaml:"in"`       // the same for languages that differ, by code
	Strict   bool           `yaml:"strict"`   // children and easy-read: a sentence too long, or initials, is an error
	Words    int            `yaml:"words"`    // of the source page; 0 for no limit
}

// LoadOf returns the reading load that a page may have, the zero Load when
// nothing limits it.
func (s *Site) LoadOf(f *Family) Load {
	band := s.BandFor(f)
	for _, l := range s.Loads {
		if (l.Page == "" || l.Page == f.Path) && (l.Under == "" || strings.HasPrefix(f.Path, l.Under+"/")) &&
			(l.Kind == "" || l.Kind == f.Kind.ID) && (l.Band == "" || band != nil && l.Band == band.ID) {
			return l
		}
	}
	return Load{}
}

// Longest returns how long a sentence in a language may be, 0 for any length.
func (l Load) Longest(lang *Language) int {
	if most, ok := l.In[lang.Code]; ok {
		return most
	}
	return l.Sentence
}
