package site

import (
	"cmp"
	"strings"
)

// Levels that site.yaml can give a check, beside those of findings.
const (
	On  = "on"  // as grave as the check itself says; what is not said otherwise is on
	Off = "off" // its findings are not shown and stop nothing
)

// Gravity is how grave the findings of a check are: on a page, the first of In that fits it, else Level.
type Gravity struct {
	Level string `yaml:"level" alone:"true"`
	In    []Part `yaml:"in"`
}

// Part is a part of the site in which a check is otherwise grave. An empty field fits all.
type Part struct {
	Page     string `yaml:"page"`     // path of one page
	Under    string `yaml:"under"`    // folder that the page lies in, at any depth
	Kind     string `yaml:"kind"`     // of page
	Language string `yaml:"language"` // code, for its pages and its files of words
	Level    string `yaml:"level" need:"level: error, warning, off, or on for what the check itself says"`
}

// Nowhere is the number of the part when the level of a Gravity itself counts.
const Nowhere = -1

// GravityOf returns how grave the findings of a check in a file are, and by which part of its Gravity.
func (s *Site) GravityOf(check, file string) (level string, part int) {
	g, said := s.Checks[check]
	if !said {
		return On, Nowhere
	}
	lang, page := s.PageOf(file)
	kind := ""
	if f := s.Family(page); f != nil {
		kind = f.Kind.ID
	}
	for i, in := range g.In {
		if (in.Page == "" || in.Page == page) && (in.Under == "" || strings.HasPrefix(page, in.Under+"/")) &&
			(in.Kind == "" || in.Kind == kind) && (in.Language == "" || in.Language == lang) {
			return in.Level, i
		}
	}
	return cmp.Or(g.Level, On), Nowhere
}

// PageOf returns the code of the language whose folder a file lies in, and the path of the page that it is the text of:
// "fr" and "help/index" for content/fr/help/index.md, "fr" and "" for content/fr/ui.yaml, "" for files elsewhere.
func (s *Site) PageOf(file string) (lang, page string) {
	below, inside := strings.CutPrefix(file, "content/")
	code, name, found := strings.Cut(below, "/")
	if !inside || !found || s.Language(code) == nil {
		return "", ""
	}
	page, isPage := strings.CutSuffix(name, ".md")
	if !isPage {
		return code, ""
	}
	return code, page
}

// Language returns the language of a code, nil when the site has none of it.
func (s *Site) Language(code string) *Language {
	for _, lang := range s.Languages {
		if lang.Code == code {
			return lang
		}
	}
	return nil
}
