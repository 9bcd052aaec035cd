package render

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"fieldguide/build/letters"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Helpline is a helpline as a layout shows it.
type Helpline struct {
	site.Helpline
	Calls   []Call
	Address template.HTML // its URL, "" for none
	Land    template.HTML // its country
	Speaks  template.HTML // its languages, in themselves
}

// Call is a number of a helpline.
type Call struct {
	Number string       // as helplines.yaml writes it
	Dial   template.URL // its tel: address
}

// World is a region of the world with the countries that have helplines.
type World struct {
	Name      template.HTML
	Countries []Country
}

// Country is a country with its helplines.
type Country struct {
	Code      string // as helplines.yaml writes it, in small letters
	Name      template.HTML
	Helplines []Helpline

	name     string
	official bool // the reader's language is official there
}

// worldRegions are the codes that M49 has for the regions of the world.
var worldRegions = []string{"002", "019", "142", "150", "009"}

// Helplines returns the regions and countries of helplines.yaml in the order of
// the language's alphabet, in each region first the countries where the language
// is official, each with its lines in the order of the file.
func (v *View) Helplines() []World {
	order := letters.NewOrder(v.Language)
	var list []World
	for _, code := range worldRegions {
		region := language.MustParseRegion(code)
		name, in := v.region(region)
		w := World{Name: markdown.In(v.Language, name, in)}
		for _, h := range v.r.site.Helplines {
			land, err := language.ParseRegion(h.Country)
			if err != nil || !region.Contains(land) {
				continue
			}
			i := slices.IndexFunc(w.Countries, func(c Country) bool { return c.name == v.land(h.Country) })
			if i < 0 {
				i = len(w.Countries)
				w.Countries = append(w.Countries, Country{Code: strings.ToLower(h.Country), Name: v.landName(h.Country),
					name: v.land(h.Country), official: slices.Contains(v.Countries.Official, h.Country)})
			}
			w.Countries[i].Helplines = append(w.Countries[i].Helplines, v.helpline(h))
		}
		if len(w.Countries) == 0 {
			continue
		}
		slices.SortStableFunc(w.Countries, func(a, b Country) int {
			return cmp.Or(officialFirst(a, b), order.Compare(a.name, b.name))
		})
		list = append(list, w)
	}
	slices.SortStableFunc(list, func(a, b World) int { return order.Compare(string(a.Name), string(b.Name)) })
	return list
}

func officialFirst(a, b Country) int {
	switch {
	case a.official == b.official:
		return 0
	case a.official:
		return -1
	}
	return 1
}

// Numbers returns the helplines that a text shows: those of countries where the
// language is official first, as many as limits.numbers allows.
func (v *View) Numbers() []Helpline {
	list := v.allNumbers()
	return list[:min(len(list), cmp.Or(v.r.site.Limits.Numbers, len(list)))]
}

// MoreNumbers reports whether there are helplines that a text does not show.
func (v *View) MoreNumbers() bool { return len(v.allNumbers()) > len(v.Numbers()) }

func (v *View) allNumbers() []Helpline {
	var countries []Country
	for _, w := range v.Helplines() {
		countries = append(countries, w.Countries...)
	}
	slices.SortStableFunc(countries, officialFirst)
	var list []Helpline
	for _, c := range countries {
		list = append(list, c.Helplines...)
	}
	return list
}

// land returns what a country is called: by the language's countries.yaml, else by CLDR.
func (v *View) land(code string) string {
	name, _ := v.landIn(code)
	return name
}

// landIn returns what a country is called, and the language of that.
func (v *View) landIn(code string) (string, *site.Language) {
	if name := v.Countries.Names[code]; name != "" {
		return name, v.Language
	}
	if region, err := language.ParseRegion(code); err == nil {
		return v.region(region)
	}
	return code, v.Language
}

// region returns what CLDR calls a part of the world, in the source language where it has no names in the reader's.
func (v *View) region(region language.Region) (string, *site.Language) {
	for _, in := range []*site.Language{v.Language, v.r.site.Source} {
		if names := display.Regions(in.Tag); names != nil {
			return names.Name(region), in
		}
	}
	return region.String(), v.Language
}

// landName returns what a country is called, typeset.
func (v *View) landName(code string) template.HTML {
	name, in := v.landIn(code)
	return markdown.In(v.Language, name, in)
}

// said returns what a data block says. Numbers are no words: search would change with
// each of their digits.
func (v *View) said(data string) string {
	var s markdown.Speech
	if data == "helplines" {
		for _, h := range v.Numbers() {
			for _, words := range []string{h.Name, h.URL, h.Hours} {
				s.Say(words + " ")
			}
			s.Stop()
		}
	}
	return s.String()
}

func (v *View) helpline(h site.Helpline) Helpline {
	line := Helpline{Helpline: h, Land: v.landName(h.Country), Speaks: selfNames(h.Languages)}
	if h.URL != "" {
		line.Address = v.Address(h.URL)
	}
	for _, number := range h.Numbers {
		dial := strings.Map(func(r rune) rune {
			if strings.ContainsRune("0123456789+*#", r) {
				return r
			}
			return -1
		}, number)
		dial = strings.ReplaceAll(dial, "#", "%23")
		line.Calls = append(line.Calls, Call{Number: number, Dial: template.URL("tel:" + dial)})
	}
	return line
}

// selfNames lists languages by what they call themselves, each isolated from
// the direction of the text around it.
func selfNames(codes []string) template.HTML {
	var names []string
	for _, code := range codes {
		if name := display.Self.Name(language.Make(code)); name != "" {
			names = append(names, `<bdi lang="`+template.HTMLEscapeString(code)+`">`+template.HTMLEscapeString(name)+"</bdi>")
		}
	}
	return template.HTML(strings.Join(names, " · "))
}
