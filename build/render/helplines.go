package render

import (
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
	Dial   template.URL  // tel: address of the number
	Speaks template.HTML // its languages, in themselves
}

// Country is a country with its helplines.
type Country struct {
	Code      string // as helplines.yaml writes it
	Name      template.HTML
	Helplines []Helpline
}

// Helplines returns the countries of helplines.yaml in the order of the
// language's alphabet, each with its lines in the order of the file.
func (v *View) Helplines() []Country {
	names := display.Regions(v.Tag)
	byName := map[string]*Country{}
	var countries []string
	for _, h := range v.r.site.Helplines {
		name := h.Country
		if region, err := language.ParseRegion(h.Country); err == nil {
			name = names.Name(region)
		}
		if byName[name] == nil {
			byName[name] = &Country{Code: strings.ToLower(h.Country), Name: v.Typeset(name)}
			countries = append(countries, name)
		}
		c := byName[name]
		c.Helplines = append(c.Helplines, helpline(h))
	}
	slices.SortStableFunc(countries, letters.NewOrder(v.Language).Compare)
	var list []Country
	for _, name := range countries {
		list = append(list, *byName[name])
	}
	return list
}

// said returns what a data block says.
func (v *View) said(data string) string {
	var s markdown.Speech
	if data == "helplines" {
		for _, country := range v.Helplines() {
			for _, h := range country.Helplines {
				for _, words := range []string{h.Name, h.Number, h.URL, h.Hours, h.Cost} {
					s.Say(words + " ")
				}
				s.Stop()
			}
		}
	}
	return s.String()
}

func helpline(h site.Helpline) Helpline {
	number := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789+*#", r) {
			return r
		}
		return -1
	}, h.Number)
	return Helpline{Helpline: h, Dial: template.URL("tel:" + number), Speaks: selfNames(h.Languages)}
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
