package check

import (
	"fmt"

	"fieldguide/build/output"
	"fieldguide/build/site"
)

var budget = &Check{Name: "budget", Doc: "A page and the style in it stay within the limits of site.yaml, compressed as a server sends them."}

// Budget checks the weight of a finished page that file is the source of.
func Budget(s *site.Site, file string, lang *site.Language, html []byte, bodyBytes int) []site.Finding {
	most := s.Limits.Page
	if most == 0 || output.DeflatesWithin(html, most) {
		return nil
	}
	size := output.DeflatedSize(html)
	return []site.Finding{{File: file, Level: site.Error, Check: "budget",
		Message: fmt.Sprintf("the page in %s has %d bytes compressed, %d more than the %d of limits.page", lang.Name, size, size-most, most),
		Hint:    fmt.Sprintf("split it or shorten it: its text is %d of %d bytes uncompressed", bodyBytes, len(html))}}
}

// StyleBudget checks the weight of the style that pages carry; what says which.
func StyleBudget(s *site.Site, what string, css []byte) []site.Finding {
	size := output.DeflatedSize(css)
	if most := s.Limits.Style; most > 0 && size > most {
		return []site.Finding{{File: "static/style", Level: site.Error, Check: "budget",
			Message: fmt.Sprintf("the style of %s has %d bytes compressed, %d more than the %d of limits.style", what, size, size-most, most)}}
	}
	return nil
}
