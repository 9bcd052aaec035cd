package site

import (
	"strconv"
	"strings"
	"time"
)

// Dates are how a language says a date: CLDR's facts. A language that says
// nothing shows dates as they are written, 2026-11-22.
type Dates struct {
	Months []string `yaml:"months"` // twelve, as they stand beside a year
	In     []string `yaml:"in"`     // the same beside a day, where they differ
	Month  string   `yaml:"month"`  // "{month} {year}"
	Day    string   `yaml:"day"`    // "{day} {month} {year}"
}

// Date says a date as readers do: "November 2026" for 2026-11. What is no date,
// or has no words in the language, stays as it is.
func (l *Language) Date(text string) string {
	form, months := l.Dates.Day, l.Dates.In
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		form, months = l.Dates.Month, l.Dates.Months
		if t, err = time.Parse("2006-01", text); err != nil {
			return text
		}
	}
	if len(months) == 0 {
		months = l.Dates.Months
	}
	if form == "" || len(months) != 12 {
		return text
	}
	return strings.NewReplacer("{day}", strconv.Itoa(t.Day()), "{month}", months[t.Month()-1],
		"{year}", strconv.Itoa(t.Year())).Replace(form)
}
