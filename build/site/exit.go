package site

// Exit is where the link "leave this page" leads.
type Exit struct {
	Page string `yaml:"page"` // path of a dull page, which says nothing of this site: for copies without a network
	URL  string `yaml:"url"`  // a harmless address elsewhere, for the published site; "" for none
}

// HasExit reports whether f shows the link to leave the page: because it says
// so, or its kind or band does.
func (s *Site) HasExit(f *Family) bool {
	return s.Exit != (Exit{}) && (f.Exit || f.Kind.Exit || f.Band != nil && f.Band.Exit)
}

// IsExit reports whether f is the dull page that one leaves to.
func (s *Site) IsExit(f *Family) bool { return s.Exit.Page != "" && f.Path == s.Exit.Page }
