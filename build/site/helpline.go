package site

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Helpline is a place to call or write to. The engine never invents one: it is
// filled in by whoever deploys the site and has called, or from published
// sources, whose words are quoted.
type Helpline struct {
	Country   string   `yaml:"country" need:"two letters of ISO 3166, such as KE"` // alpha-2
	Name      string   `yaml:"name" need:"name: what it calls itself"`
	Numbers   []string `yaml:"numbers"`
	URL       string   `yaml:"url"`
	Hours     string   `yaml:"hours"`
	Languages []string `yaml:"languages"`
	Free      bool     `yaml:"free"`     // calling costs nothing
	Official  bool     `yaml:"official"` // run or named by a public authority
	Confirmed string   `yaml:"confirmed" need:"confirmed: called, or published with two sources"`
	CalledOn  string   `yaml:"called-on"`
	Sources   []Quote  `yaml:"sources"`
}

// Quote is what a published page says of a helpline.
type Quote struct {
	Passage   string `yaml:"passage" need:"passage: the words that hold the number"`
	URL       string `yaml:"url" need:"url: \"https://example.org/page\""`
	Publisher string `yaml:"publisher" need:"publisher: who answers for that page"`
	By        string `yaml:"by" need:"by: service, authority or other"`
	Date      string `yaml:"date"` // of the page or its archived copy, at least its month
}

// Ways in which a helpline is confirmed.
const (
	Called    = "called"    // by whoever deploys the site
	Published = "published" // by its sources
)

// What a source is to the helpline.
const (
	Service   = "service"   // the helpline itself, or who runs it
	Authority = "authority" // a public one
	Other     = "other"
)

// Dated returns the day from which the helpline's age counts, as it is written:
// that of the call, or of the older source. It is "" where a source has none.
func (h *Helpline) Dated() string {
	if h.Confirmed == Called {
		return h.CalledOn
	}
	var dates []string
	for _, q := range h.Sources {
		dates = append(dates, q.Date)
	}
	if len(dates) == 0 {
		return ""
	}
	return slices.Min(dates)
}

// Publishers returns who publishes the sources, each once.
func (h *Helpline) Publishers() []string {
	var list []string
	for _, q := range h.Sources {
		if !slices.Contains(list, q.Publisher) {
			list = append(list, q.Publisher)
		}
	}
	return list
}

// Digits returns the digits of a number in Western form and nothing else, so
// that numbers written in different ways can be compared.
func Digits(number string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return western(r)
		}
		return -1
	}, number)
}

// western returns the sign from 0 to 9 for a decimal digit of any script, which
// come in runs of ten, and any other sign as it is.
func western(r rune) rune {
	for _, run := range unicode.Nd.R16 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return '0' + (r-rune(run.Lo))%10
		}
	}
	return r
}

// Holds reports whether the passage says the number and no longer one, whatever
// signs and spaces stand between the digits of either.
func (q Quote) Holds(number string) bool {
	digits := Digits(number)
	if digits == "" {
		return false
	}
	const before, between, after = `(?:^|[\pL,;/])[^\pL0-9,;/]*`, `[^\pL0-9,;]*`, `(?:[^0-9]|$)`
	said := regexp.MustCompile(before + strings.Join(strings.Split(digits, ""), between) + after)
	return said.MatchString(strings.Map(western, q.Passage))
}
