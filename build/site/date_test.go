package site_test

import (
	"testing"

	"fieldguide/build/site"
)

func TestDate(t *testing.T) {
	ru := &site.Language{Words: site.Words{Dates: site.Dates{
		Months: []string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
		In:     []string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
		Month:  "{month} {year} г.", Day: "{day} {month} {year} г.",
	}}}
	for _, test := range []struct {
		lang       *site.Language
		text, want string
	}{
		{ru, "2026-11", "ноябрь 2026 г."},
		{ru, "2026-11-02", "2 ноября 2026 г."},
		{ru, "2026", "2026"},
		{ru, "third", "third"},
		{ru, "2026-13", "2026-13"},
		{&site.Language{}, "2026-11", "2026-11"},
	} {
		if got := test.lang.Date(test.text); got != test.want {
			t.Errorf("%s: got %s; want %s", test.text, got, test.want)
		}
	}
}
