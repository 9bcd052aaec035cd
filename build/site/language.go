package site

import (
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Language is one of the site's languages with its words.
type Language struct {
	Index       int          // its place in Site.Languages
	Code        string       // BCP 47, lower case: the folder of its pages
	Name        string       // in itself: "العربية"
	Dir         string       // "ltr" or "rtl"
	Script      string       // ISO 15924, lower case: chooses the style file
	Tag         language.Tag // for plurals, collation and numbers
	Quotes      [4]string    // outer open and close, inner open and close; also the apostrophe is the last
	Joiners     bool         // writes with zero-width joiners, as Persian and Hindi do
	Characters  bool         // writes without spaces between words: texts are measured in characters
	SpaceBefore string       // marks that a narrow no-break space precedes
	SpaceAfter  string       // marks that a narrow no-break space follows
	Articles    []string     // written together with the next word; lists from A to Z pass over them
	Joined      []string     // what else is written together with the next word, which is found without it
	Folded      bool         // lists from A to Z order folded words
	Letters     string       // small letters with a mark that nobody types without it
	Source      *Language    // whose words stand for those it lacks; nil for the source language itself
	Words
}

// Words are what a language's ui.yaml, terms.yaml, resources.yaml and search.yaml say.
type Words struct {
	Title      string            `yaml:"title"`
	Tagline    string            `yaml:"tagline"`
	Text       map[string]string `yaml:"words"`
	Counts     map[string]Forms  `yaml:"counts"`
	Blocks     map[string]string `yaml:"blocks"`
	Sets       map[string]string `yaml:"sets"`
	Groups     map[string]string `yaml:"groups"`
	Rights     map[string]string `yaml:"rights"`
	Terms      map[string]Term   `yaml:"-"`
	Typography Typography        `yaml:"typography"`
	Dates      Dates             `yaml:"dates"`
	Bundles    map[string]string `yaml:"bundles"`   // short names of units to take away, 30 characters
	Records    map[string]string `yaml:"resources"` // names of the kinds of resource
	Resources  map[string]Named  `yaml:"-"`
	Usage      Usage             `yaml:"-"`
	Lookup     Lookup            `yaml:"-"`
	Countries  Countries         `yaml:"-"`
}

// Countries are what a language's countries.yaml says of the world.
type Countries struct {
	Official []string          `yaml:"official"` // where the language is official, by the codes of ISO 3166-1
	Names    map[string]string `yaml:"names"`    // of countries that CLDR names differently
}

// Typography says what a language keeps on one line, beside the signs of money
// and percent, which all do. A language that says nothing keeps nothing else.
type Typography struct {
	BeforeNumber []string `yaml:"before-number"` // signs and short words that stay with the number after them: №, art.
	AfterNumber  []string `yaml:"after-number"`  // what numbers count that stays with them: km
	StaysUp      string   `yaml:"stays-up"`      // marks that never begin a line, when a space stands before them
}

// Usage is what a language's terminology.yaml says of words: which are not
// used, and which initials need no spelling out.
type Usage struct {
	Avoid         []Avoided `yaml:"avoid"`
	Acronyms      []string  `yaml:"acronyms"`
	Abbreviations []string  `yaml:"abbreviations"` // that end in a full stop and do not end a sentence
}

// Lookup is what a language's search.yaml says of how its words are looked for.
// See package letters.
type Lookup struct {
	Beginnings []string            `yaml:"beginnings"` // what is taken off the beginning of a word, once
	Whole      []string            `yaml:"whole"`      // how words begin from whose beginning nothing is taken
	Endings    []string            `yaml:"endings"`    // what is taken off its end; "ies/y" puts something in its place
	Again      int                 `yaml:"again"`      // letters that stay when one more ending goes; 3 at least
	Common     []string            `yaml:"common"`     // words that decide nothing
	Keys       map[string]string   `yaml:"keys"`       // by signs of a Latin keyboard, the letters on the same keys
	Asks       map[string][]string `yaml:"asks"`       // words and phrases that show who asks, see Site.Asks
}

// Avoided are words that harm or mislead, and what to say instead. A word
// that ends in * stands for all that begin so. Not is in lower case.
type Avoided struct {
	Not []string `yaml:"not" need:"not: [a word, another]"`
	Say string   `yaml:"say" need:"say: what to say instead"`
}

// Term is a glossary entry in one language.
type Term struct {
	Term    string   `yaml:"term" need:"term: what it is called"`
	Meaning string   `yaml:"meaning" need:"meaning: what it means, in a sentence or two"`
	Also    []string `yaml:"also"`    // other words that texts may use for it
	Find    []string `yaml:"find"`    // what people type who look for it, however they write: no reader sees it
	Explain bool     `yaml:"explain"` // in the source language: linked where a page for adults first uses it
}

// Named is a resource's words in one language.
type Named struct {
	Title string `yaml:"title" need:"title: what it is called"`
	Note  string `yaml:"note"`
}

// Forms are the plural forms of one counted word, by their CLDR names.
// "{n}" stands for the number.
type Forms struct {
	Zero  string `yaml:"zero"`
	One   string `yaml:"one"`
	Two   string `yaml:"two"`
	Few   string `yaml:"few"`
	Many  string `yaml:"many"`
	Other string `yaml:"other"`
}

// Form returns the text for a CLDR plural category.
func (f Forms) Form(c plural.Form) string {
	switch c {
	case plural.Zero:
		return f.Zero
	case plural.One:
		return f.One
	case plural.Two:
		return f.Two
	case plural.Few:
		return f.Few
	case plural.Many:
		return f.Many
	}
	return f.Other
}

// PluralNames are the CLDR names of the plural categories, by plural.Form.
var PluralNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two",
	plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// PluralForm returns the category that a whole number takes in the language.
func (l *Language) PluralForm(n int) plural.Form {
	return plural.Cardinal.MatchPlural(l.Tag, n, 0, 0, 0, 0)
}

// PluralForms returns the categories that whole numbers take in the
// language, in CLDR order.
func (l *Language) PluralForms() []plural.Form {
	var used [6]bool
	for n := range 1000 {
		used[l.PluralForm(n)] = true
	}
	used[l.PluralForm(1_000_000)] = true
	var forms []plural.Form
	for _, f := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many, plural.Other} {
		if used[f] {
			forms = append(forms, f)
		}
	}
	return forms
}

// Group returns a group of interface words by its name in ui.yaml.
func (w *Words) Group(name string) map[string]string {
	switch name {
	case "words":
		return w.Text
	case "blocks":
		return w.Blocks
	case "sets":
		return w.Sets
	case "groups":
		return w.Groups
	case "rights":
		return w.Rights
	case "resources":
		return w.Records
	case "bundles":
		return w.Bundles
	}
	return nil
}

// Say returns a word of a group and the language that it is in: the source
// language where this one lacks it. It is "" where both do.
func (l *Language) Say(group, key string) (word string, in *Language) {
	word, ok := l.Group(group)[key]
	if !ok && l.Source != nil {
		if word, ok = l.Source.Group(group)[key]; ok {
			return word, l.Source
		}
	}
	return word, l
}

// SayCount returns a counted word in the form that n takes, and the language that it is in.
func (l *Language) SayCount(key string, n int) (text string, in *Language) {
	text = l.Counts[key].Form(l.PluralForm(n))
	if text == "" && l.Source != nil {
		return l.Source.SayCount(key, n)
	}
	return strings.ReplaceAll(text, "{n}", l.Number(n)), l
}

// Term returns an entry of the glossary and the language that it is in.
func (l *Language) Term(id string) (Term, *Language) {
	if t, ok := l.Terms[id]; ok || l.Source == nil {
		return t, l
	}
	return l.Source.Terms[id], l.Source
}

// Resource returns the words of a resource and the language that they are in.
func (l *Language) Resource(id string) (Named, *Language) {
	if r, ok := l.Resources[id]; ok || l.Source == nil {
		return r, l
	}
	return l.Source.Resources[id], l.Source
}

// TitleIn returns the language that the title of a resource is in: the source language
// for one that is left as it is there, as titles of what was not translated are.
func (l *Language) TitleIn(id string) *Language {
	words, in := l.Resource(id)
	if l.Source != nil && words.Title == l.Source.Resources[id].Title {
		return l.Source
	}
	return in
}

// Word returns an interface word, the source language's where this one lacks
// it, or its key in brackets where both do: a check has named it by then.
func (l *Language) Word(key string) string {
	w, in := l.Say("words", key)
	if _, ok := in.Text[key]; ok {
		return w
	}
	return "[" + key + "]"
}

// Fill returns an interface word with each {name} replaced.
func (l *Language) Fill(key string, pairs ...string) string {
	word := l.Word(key)
	for i := 0; i+1 < len(pairs); i += 2 {
		word = strings.ReplaceAll(word, "{"+pairs[i]+"}", pairs[i+1])
	}
	return word
}

// Count returns a counted word in the form that n takes.
func (l *Language) Count(key string, n int) string {
	if text, _ := l.SayCount(key, n); text != "" {
		return text
	}
	return "[" + key + "]"
}
