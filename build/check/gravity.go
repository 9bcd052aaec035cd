package check

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"fieldguide/build/site"
)

// Named returns the check of a name, nil when there is none.
func Named(name string) *Check {
	if i := slices.IndexFunc(All, func(c *Check) bool { return c.Name == name }); i >= 0 {
		return All[i]
	}
	return nil
}

// Names returns the names of all checks, in order.
func Names() (list []string) {
	for _, c := range All {
		list = append(list, c.Name)
	}
	return list
}

// Grave returns findings as grave as checks: in site.yaml makes them, without those that it switches off. Those of a
// firm check are never made less than they are.
func Grave(s *site.Site, findings []site.Finding) []site.Finding {
	if s == nil || len(s.Checks) == 0 {
		return findings
	}
	var list []site.Finding
	for _, f := range findings {
		level, _ := s.GravityOf(f.Check, f.File)
		switch c := Named(f.Check); {
		case level == string(site.Error):
			f.Level = site.Error
		case c != nil && c.Firm != "":
		case level == string(site.Warning):
			f.Level = site.Warning
		case level == site.Off:
			continue
		}
		list = append(list, f)
	}
	return list
}

// levels are what site.yaml can make of a check.
var levels = []string{string(site.Error), string(site.Warning), site.Off, site.On}

// gravity checks what site.yaml says of checks.
func (s *Shared) gravity() {
	parts := s.parts()
	for _, name := range slices.Sorted(maps.Keys(s.Checks)) {
		c, g := Named(name), s.Checks[name]
		if c == nil {
			s.Report(site.Error, s.Written.Key(site.SettingsFile, "checks", name),
				cmp.Or(nearest(name, Names()), "`fieldguide help check` lists them"), "there is no check %q", name)
			continue
		}
		if s.Written.Has(site.SettingsFile, "checks", name, "level") {
			s.level(c, g.Level, name, "level")
		} else if g.Level != "" {
			s.level(c, g.Level, name)
		}
		for i, in := range g.In {
			s.level(c, in.Level, name, "in", i, "level")
			for key, word := range map[string]string{"page": in.Page, "under": in.Under, "kind": in.Kind,
				"language": in.Language} {
				if known := parts[key]; word != "" && !slices.Contains(known.words, word) {
					s.Report(site.Error, s.Written.At(site.SettingsFile, "checks", name, "in", i, key),
						nearest(word, known.words), "checks names the %s %q, but there is no such %s",
						known.what, word, known.what)
				}
			}
		}
	}
}

// level checks a level that stands at a path below checks:.
func (s *Shared) level(c *Check, level string, path ...any) {
	at := s.Written.At(site.SettingsFile, append([]any{"checks"}, path...)...)
	switch {
	case level == "": // it is missing, which reading it has said
	case !slices.Contains(levels, level):
		s.Report(site.Error, at, nearest(level, levels), "%q is not how grave a check can be", level)
	case c.Firm != "" && level != string(site.Error) && level != site.On:
		s.Report(site.Error, at, c.Firm, "the check %q cannot be made less grave", c.Name)
	}
}

// partNames are what a key of a site.Part can name.
type partNames struct {
	what  string
	words []string
}

// parts returns what the keys of a site.Part can name in this site.
func (s *Shared) parts() map[string]partNames {
	var codes, pages []string
	for _, lang := range s.Languages {
		codes = append(codes, lang.Code)
	}
	folders := map[string]bool{}
	for _, f := range s.Families {
		pages = append(pages, f.Path)
		for folder := path.Dir(f.Path); folder != "."; folder = path.Dir(folder) {
			folders[folder] = true
		}
	}
	return map[string]partNames{"page": {"page", pages}, "under": {"folder", slices.Sorted(maps.Keys(folders))},
		"kind": {"kind", slices.Sorted(maps.Keys(s.Kinds))}, "language": {"language", codes}}
}

// mostWords is how many words a hint lists.
const mostWords = 12

// nearest says which of some words may be meant, "" when there are too many to say.
func nearest(word string, words []string) string {
	if near := site.Nearest(word, words); near != "" {
		return "did you mean " + near + "?"
	}
	if len(words) > mostWords {
		return ""
	}
	return "it can be " + strings.Join(words, ", ")
}
