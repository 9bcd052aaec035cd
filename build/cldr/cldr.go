// Package cldr knows what the Unicode CLDR says of languages: how each calls and writes itself.
//
// languages.tsv beside this file was made from the JSON packages of CLDR 48.2, cldr-localenames-full, cldr-misc-full
// and cldr-core: the name of each language in its own languages.json, layout, delimiters, the likely script; a script
// whose lines break between letters (lbLetters) writes without spaces, and a language whose exemplar characters hold
// U+200C or U+200D with joiners. Plural categories are those of golang.org/x/text.
package cldr

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language is what CLDR says of a language.
type Language struct {
	Name       string // in itself, as it begins a line: "Kiswahili"
	Dir        string // "ltr" or "rtl"
	Script     string // ISO 15924, lower case
	Quotes     string // outer open and close, inner open and close
	Characters bool   // writes without spaces between words
	Joiners    bool   // writes with zero-width joiners
}

//go:embed languages.tsv
var table string

var languages = sync.OnceValue(func() map[string]Language {
	list := map[string]Language{}
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		list[row[0]] = Language{Name: asTitle(row[1]), Dir: row[2], Script: row[3], Quotes: row[4],
			Characters: strings.Contains(row[5], "characters"), Joiners: strings.Contains(row[5], "joiners")}
	}
	return list
})

// Find returns what CLDR says of a language, and whether it knows it. Of one that is spoken in several regions or
// written in several scripts, what it says of the tag as it is; else of the language, with the region in its name.
func Find(tag language.Tag) (Language, bool) {
	if l, known := languages()[tag.String()]; known {
		return l, true
	}
	base, script, region := tag.Raw()
	l, known := languages()[base.String()+"-"+script.String()]
	if !known {
		l, known = languages()[base.String()]
		asUsual := script == (language.Script{}) || l.Script == strings.ToLower(script.String())
		if !known || !asUsual {
			return Language{}, false
		}
	}
	if names := display.Regions(tag); names != nil && region != (language.Region{}) {
		l.Name += " (" + names.Name(region) + ")"
	}
	return l, true
}

// Names returns what languages are called, in English and in themselves, all in small letters, with their codes.
func Names() map[string]string {
	list := map[string]string{}
	english := display.English.Languages()
	for code, l := range languages() {
		list[strings.ToLower(code)] = strings.ToLower(code)
		list[strings.ToLower(l.Name)] = strings.ToLower(code)
		list[strings.ToLower(english.Name(language.Make(code)))] = strings.ToLower(code)
	}
	delete(list, "")
	return list
}

// asTitle begins a name with a capital, unless it has one in it: isiZulu.
func asTitle(name string) string {
	if strings.ContainsFunc(name, unicode.IsUpper) {
		return name
	}
	first, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(first)) + name[n:]
}
