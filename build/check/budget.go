package check

import (
	"fmt"

	"fieldguide/build/pack"
	"fieldguide/build/site"
)

var budget = &Check{Name: "budget", Doc: "A page and the style in it stay within the limits of site.yaml, " +
	"compressed as a server sends them."}

// Page is a finished page.
type Page struct {
	Source string // the file to blame
	Name   string // in the output
	HTML   []byte
	Text   int    // bytes of it that the Markdown became
	Style  []byte // in it
	Links  bool   // it leads somewhere
}

// Budget checks the weight of a finished page. Few need compressing to find
// out: style is within its own limit compressed, and the rest small enough.
func Budget(s *site.Site, p Page) []site.Finding {
	most := s.Limits.Page
	surely := s.Limits.Style > 0 && pack.SurelyFits(p.HTML, p.Style, most-s.Limits.Style)
	if most == 0 || surely || pack.Fits(p.HTML, most) {
		return nil
	}
	size := pack.Weight(p.HTML)
	hint := fmt.Sprintf("split it or shorten it: its text is %d of %d bytes uncompressed", p.Text, len(p.HTML))
	return []site.Finding{site.Place{File: p.Source}.Find(site.Error, "budget", hint,
		"%s has %d bytes compressed, %d more than the %d of limits.page", p.Name, size, size-most, most)}
}

// StyleBudget checks the weight of the style that pages carry; what says which.
func StyleBudget(s *site.Site, what string, css []byte) []site.Finding {
	size := pack.Weight(css)
	if most := s.Limits.Style; most > 0 && size > most {
		return []site.Finding{site.Place{File: "static/style"}.Find(site.Error, "budget", "",
			"the style of %s has %d bytes compressed, %d more than the %d of limits.style",
			what, size, size-most, most)}
	}
	return nil
}
