package check

import (
	"cmp"
	"strings"
	"time"

	"fieldguide/build/site"

	"golang.org/x/text/language"
)

const helplineFile = "content/data/helplines.yaml"

var helplines = &Check{Name: "helplines", Doc: "A helpline has a country, a name and a way to reach it, and was " +
	"checked by somebody within limits.helpline months before the edition.", Site: func(s *Shared) {
	for i, h := range s.Helplines {
		bad := func(key, hint, format string, args ...any) {
			s.Report(site.Error, s.Written.At(helplineFile, i, key), hint, format, args...)
		}
		if region, err := language.ParseRegion(h.Country); h.Country != "" && (err != nil || !region.IsCountry()) {
			bad("country", "two letters of ISO 3166, such as KE", "%q is not a country", h.Country)
		}
		if h.Number == "" && !s.Written.Has(helplineFile, i, "url") {
			bad("number", "number: or url:", "%s has neither a number nor an address", cmp.Or(h.Name, "this helpline"))
		}
		if strings.Trim(h.Number, "0123456789+-() *#") != "" {
			bad("number", "digits, with + - ( ) * # and spaces", "%q is not a number that a phone can dial", h.Number)
		}
		if h.URL != "" && !strings.HasPrefix(h.URL, "https://") {
			bad("url", "https://…", "%q is not a safe address", h.URL)
		}
		if h.CheckedOn == "" {
			continue
		}
		checked, err := time.Parse(time.DateOnly, h.CheckedOn)
		if err != nil {
			bad("checked-on", "checked-on: 2026-11-22", "checked-on wants a date, not %q", h.CheckedOn)
			continue
		}
		edition, ok := s.EditionDate()
		if ok && s.Limits.Helpline > 0 && checked.AddDate(0, s.Limits.Helpline, 0).Before(edition) {
			bad("checked-on", "call it, then write the new date",
				"%s was last checked on %s, more than %d months before the edition %s",
				h.Name, h.CheckedOn, s.Limits.Helpline, s.Edition)
		}
	}
}}
