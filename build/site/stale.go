package site

import "strings"

// StaleRule says what readers get of a translation whose source page has
// changed since. The first rule of a site that fits a page counts; an empty
// field fits all.
type StaleRule struct {
	Page  string `yaml:"page"`  // path of one page
	Under string `yaml:"under"` // folder that the page lies in, at any depth
	Kind  string `yaml:"kind"`
	Set   string `yaml:"set"`
	Show  string `yaml:"show" need:"show: notice, mark or source"`
}

// What readers get of a translation that is behind.
const (
	ShowNotice = "notice" // the old words, and a line that says so
	ShowMark   = "mark"   // also marks where the source has changed
	ShowSource = "source" // the source page
)

// ShowStale returns what readers get of a translation of f that is behind.
func (s *Site) ShowStale(f *Family) string {
	for _, r := range s.Stale {
		if (r.Page == "" || r.Page == f.Path) && (r.Under == "" || strings.HasPrefix(f.Path, r.Under+"/")) &&
			(r.Kind == "" || r.Kind == f.Kind.ID) && (r.Set == "" || f.Set != nil && r.Set == f.Set.ID) {
			return r.Show
		}
	}
	return ShowNotice
}
