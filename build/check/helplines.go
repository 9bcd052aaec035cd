package check

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"fieldguide/build/site"

	"golang.org/x/text/language"
)

const helplineFile = "content/data/helplines.yaml"

var helplines = &Check{Name: "helplines", Doc: "A helpline has a country, a name and a way to reach it, no other " +
	"has its number there, and it is confirmed: somebody called it, or two publishers, one of them the service or a " +
	"public authority, say its number in the words quoted; the call or the older source is of the last " +
	"limits.helpline months before the edition.", Site: func(s *Shared) {
	first := map[string]int{} // by country and number
	for i := range s.Helplines {
		l := record{Shared: s, Helpline: &s.Helplines[i], i: i}
		l.name = cmp.Or(l.Helpline.Name, "this helpline")
		l.reached()
		for n, number := range l.Numbers {
			key := l.Country + " " + site.Digits(number)
			if before, ok := first[key]; ok {
				l.bad([]any{"numbers", n}, "keep one record of each number",
					"%s has the number of line %d", l.name, s.Written.At(helplineFile, before).Line)
				continue
			}
			first[key] = i
		}
		l.confirmed()
	}
}}

// record is a helpline under check.
type record struct {
	*Shared
	*site.Helpline
	i    int
	name string
}

// bad reports what is wrong where the path of keys leads in the record.
func (l *record) bad(path []any, hint, format string, args ...any) {
	l.Report(site.Error, l.Written.At(helplineFile, append([]any{l.i}, path...)...), hint, format, args...)
}

// reached checks where the helpline is and how it is reached.
func (l *record) reached() {
	if region, err := language.ParseRegion(l.Country); l.Country != "" && (err != nil || !region.IsCountry()) {
		l.bad([]any{"country"}, "two letters of ISO 3166, such as KE", "%q is not a country", l.Country)
	}
	written := func(key string) bool { return l.Written.Has(helplineFile, l.i, key) }
	if len(l.Numbers) == 0 && !written("numbers") && !written("url") {
		l.bad([]any{"numbers"}, "numbers: or url:", "%s has neither a number nor an address", l.name)
	}
	for n, number := range l.Numbers {
		if strings.Trim(number, "0123456789+-() *#") != "" || site.Digits(number) == "" {
			l.bad([]any{"numbers", n}, "digits, with + - ( ) * # and spaces",
				"%q is not a number that a phone can dial", number)
		}
	}
	if l.URL != "" && !strings.HasPrefix(l.URL, "https://") {
		l.bad([]any{"url"}, "https://…", "%q is not a safe address", l.URL)
	}
}

// confirmed checks who says so, and when.
func (l *record) confirmed() {
	dated := true
	switch l.Confirmed {
	case "": // said where it is read
		return
	case site.Called:
		dated = l.day(l.CalledOn, "called-on: 2026-11-22", "called-on")
	case site.Published:
		dated = l.published()
	default:
		l.bad([]any{"confirmed"}, "confirmed: called, or published with two sources",
			"nothing is confirmed by %q", l.Confirmed)
		return
	}
	edition, ok := l.EditionDate()
	since, _ := parseDay(l.Dated())
	if dated && ok && l.Limits.Helpline > 0 && since.AddDate(0, l.Limits.Helpline, 0).Before(edition) {
		l.bad([]any{"confirmed"}, "call it and write the new date, quote newer pages, or leave it out",
			"%s was last confirmed on %s, more than %d months before the edition %s",
			l.name, l.Dated(), l.Limits.Helpline, l.Edition)
	}
}

// parseDay reads a day, or a month as its first day.
func parseDay(date string) (time.Time, error) {
	if len(date) == len("2026-01") {
		date += "-01"
	}
	return time.Parse(time.DateOnly, date)
}

// day checks a date, and reports whether it is one.
func (l *record) day(date, hint string, path ...any) bool {
	_, err := parseDay(date)
	if err != nil {
		l.bad(path, hint, "%s has no date here, and its age counts from it", l.name)
	}
	return err == nil
}

// published checks the sources of a helpline that nobody here has called, and
// reports whether all have a date.
func (l *record) published() (dated bool) {
	official := func(q site.Quote) bool { return q.By == site.Service || q.By == site.Authority }
	if len(l.Publishers()) < 2 {
		l.bad([]any{"sources"}, "quote a second publisher, or call and write confirmed: called",
			"%s has fewer than two sources that do not depend on each other", l.name)
		return false
	}
	if !slices.ContainsFunc(l.Sources, official) {
		l.bad([]any{"sources"}, "quote the service or a public authority, or call and write confirmed: called",
			"of the sources of %s none is the service or a public authority", l.name)
	}
	dated = true
	for n, q := range l.Sources {
		if q.By != "" && q.By != site.Other && !official(q) {
			l.bad([]any{"sources", n, "by"}, "by: service, authority or other", "%q says not who publishes it", q.By)
		}
		for _, said := range l.unsaid(q) {
			l.bad([]any{"sources", n, "passage"}, "quote the words that hold it; if they hold another, leave the helpline out",
				"the passage does not hold %s", said)
		}
		if !l.day(q.Date, "date: 2026-01-27, of the page or its archived copy, or leave it out", "sources", n, "date") {
			dated = false
		}
	}
	return dated
}

// unsaid returns the helpline's numbers that a quoted passage does not hold, or
// the site of a helpline that has an address only.
func (l *record) unsaid(q site.Quote) (list []string) {
	if q.Passage == "" {
		return nil // said where it is read
	}
	for _, number := range l.Numbers {
		if !q.Holds(number) {
			list = append(list, number)
		}
	}
	if address, err := url.Parse(l.URL); err == nil && len(l.Numbers) == 0 && address.Host != "" {
		if host := strings.TrimPrefix(address.Host, "www."); !strings.Contains(strings.ToLower(q.Passage), host) {
			list = append(list, host)
		}
	}
	return list
}
