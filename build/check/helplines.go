package check

import (
	"fmt"
	"strings"
	"time"

	"fieldguide/build/site"

	"golang.org/x/text/language"
)

const helplineFile = "content/data/helplines.yaml"

var helplines = &Check{Name: "helplines", Doc: "A helpline has a country, a name and a way to reach it, and was checked by somebody within limits.helpline months before the edition.", Site: func(s *site.Site, findings *[]site.Finding, _ map[string]bool) {
	for _, h := range s.Helplines {
		add := func(hint, format string, args ...any) {
			*findings = append(*findings, site.Finding{File: helplineFile, Line: h.Line, Level: site.Error, Check: "helplines", Message: fmt.Sprintf(format, args...), Hint: hint})
		}
		if region, err := language.ParseRegion(h.Country); err != nil || !region.IsCountry() {
			add("two letters of ISO 3166, such as KE", "%q is not a country", h.Country)
		}
		if h.Name == "" {
			add("", "the helpline has no name")
		}
		if h.Number == "" && h.URL == "" {
			add("number: or url:", "%s has neither a number nor an address", h.Name)
		}
		if strings.Trim(h.Number, "0123456789+-() *#") != "" {
			add("digits, with + - ( ) * # and spaces", "%q is not a number that a phone can dial", h.Number)
		}
		if h.URL != "" && !strings.HasPrefix(h.URL, "https://") {
			add("https://…", "%q is not a safe address", h.URL)
		}
		if h.CheckedBy == "" {
			add("checked-by: who called it", "nobody says that %s was checked", h.Name)
		}
		checked, err := time.Parse(time.DateOnly, h.CheckedOn)
		if err != nil {
			add("checked-on: 2026-11-22", "checked-on wants a date, not %q", h.CheckedOn)
			continue
		}
		if edition, ok := s.EditionDate(); ok && s.Limits.Helpline > 0 && checked.AddDate(0, s.Limits.Helpline, 0).Before(edition) {
			add("call it, then write the new date", "%s was last checked on %s, more than %d months before the edition %s", h.Name, h.CheckedOn, s.Limits.Helpline, s.Edition)
		}
	}
}}
