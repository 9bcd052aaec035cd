package content

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fieldguide/build/release"
	"fieldguide/build/site"

	"golang.org/x/text/language"
)

// settings is content/site.yaml as it is written.
type settings struct {
	Edition   string                   `yaml:"edition"`
	URL       string                   `yaml:"url"`
	Licence   site.Licence             `yaml:"licence"`
	Source    string                   `yaml:"source" need:"source: en, and a language with code: en"`
	Languages []languageSettings       `yaml:"languages"`
	Sets      []setSettings            `yaml:"sets"`
	Doors     []string                 `yaml:"doors"`
	Help      string                   `yaml:"help"`
	Glossary  string                   `yaml:"glossary"`
	Proof     []string                 `yaml:"proof"`
	Exit      site.Exit                `yaml:"exit"`
	Bundles   site.Bundles             `yaml:"bundles"`
	Release   site.Release             `yaml:"release"`
	Kinds     map[string]kindSettings  `yaml:"kinds"`
	Blocks    map[string]blockSettings `yaml:"blocks"`
	Topics    []string                 `yaml:"topics"`
	Groups    []string                 `yaml:"groups"`
	Limits    site.Limits              `yaml:"limits"`
	Loads     []site.Load              `yaml:"loads"`
	Asks      map[string]site.Ask      `yaml:"asks"`
	Stale     []site.StaleRule         `yaml:"stale"`
	Checks    map[string]site.Gravity  `yaml:"checks"`
	Moved     map[string]string        `yaml:"moved"`
	X         map[string]any           `yaml:"x"`
}

type languageSettings struct {
	Code        string   `yaml:"code" need:"code: fr, which its folder is called too"`
	Name        string   `yaml:"name" need:"name: what the language calls itself"`
	Dir         string   `yaml:"dir" need:"dir: ltr, or rtl where lines begin at the right"`
	Script      string   `yaml:"script"`
	Locale      string   `yaml:"locale"`
	Quotes      string   `yaml:"quotes"`
	Joiners     bool     `yaml:"joiners"`
	Characters  bool     `yaml:"characters"`
	SpaceBefore string   `yaml:"space-before"`
	SpaceAfter  string   `yaml:"space-after"`
	Articles    []string `yaml:"articles"`
	Joined      []string `yaml:"joined"`
	Folded      bool     `yaml:"folded"`
	Letters     string   `yaml:"letters"`
}

type setSettings struct {
	ID       string         `yaml:"id" need:"id: a-short-name"`
	Sections []string       `yaml:"sections"`
	Bands    []bandSettings `yaml:"bands"`
	Help     string         `yaml:"help"`
	X        map[string]any `yaml:"x"`
}

type bandSettings struct {
	ID     string         `yaml:"id" need:"id: a-short-name"`
	From   int            `yaml:"from"`
	To     int            `yaml:"to"`
	Help   string         `yaml:"help"`
	Adults []string       `yaml:"adults"`
	Exit   bool           `yaml:"exit"`
	X      map[string]any `yaml:"x"`
}

type kindSettings struct {
	Layout string            `yaml:"layout"`
	Style  []string          `yaml:"style"`
	Blocks map[string]string `yaml:"blocks"`
	Only   bool              `yaml:"only"`
	Tasks  string            `yaml:"tasks"`
	Exit   bool              `yaml:"exit"`
	Hidden bool              `yaml:"hidden"`
	Online bool              `yaml:"online"`
	Apart  bool              `yaml:"apart"`
	Shared bool              `yaml:"shared"`
	Whole  bool              `yaml:"whole"`
}

type blockSettings struct {
	Element string `yaml:"element"`
	Heading int    `yaml:"heading"`
	Label   bool   `yaml:"label"`
	Title   bool   `yaml:"title"`
	Data    string `yaml:"data"`
	Sound   bool   `yaml:"sound"`
	Video   bool   `yaml:"video"`
}

// loadSettings reads content/site.yaml into a Site without pages. It returns
// nil for the site when there is nothing to go on with.
func (l *loader) loadSettings() *site.Site {
	var in settings
	before := len(l.findings)
	l.yaml("site", site.SettingsFile, &in)
	if !l.isOwn(site.SettingsFile) && len(in.Languages) == 0 {
		l.findings = l.findings[:before]
		l.find("site", site.Place{File: site.SettingsFile},
			"begin with `fieldguide build --site FOLDER`, where FOLDER holds content/site.yaml",
			"this folder holds no site: %s is missing", site.SettingsFile)
	}
	if len(l.findings) > before {
		return nil
	}
	s := &site.Site{Edition: in.Edition, URL: in.URL, Licence: in.Licence, Doors: in.Doors, Help: in.Help,
		Glossary: in.Glossary, Exit: in.Exit, Proof: in.Proof, Bundles: in.Bundles,
		Release: in.Release, Topics: in.Topics, Groups: in.Groups, Limits: in.Limits, Loads: in.Loads,
		Asks: in.Asks, Stale: in.Stale, Checks: in.Checks, Moved: in.Moved, X: in.X,
		Kinds: map[string]*site.Kind{}, Blocks: map[string]*site.Block{},
		Written: l.written}
	if s.URL != "" && !strings.HasSuffix(s.URL, "/") {
		s.URL += "/"
	}
	if strings.ContainsAny(s.URL, "?#") {
		l.bad("write it like https://example.org/guide/", at("url"), "below the address %q no page can lie", in.URL)
	}
	if in.Release.Days < 0 {
		l.bad("days: 400, or 0 for ever", at("release", "days"), "no release is good for %d days", in.Release.Days)
	}
	if in.Release.Next != "" {
		if _, err := release.ParseKey(in.Release.Next); err != nil {
			l.bad("the line that begins with RW in the file of the key", at("release", "next"), "%v", err)
		}
	}
	if !l.languages(s, &in) {
		return nil
	}
	l.sets(s, in.Sets)
	for id, b := range in.Blocks {
		block := &site.Block{ID: id, Element: cmp.Or(b.Element, "section"), Heading: b.Heading, Label: b.Label,
			Title: b.Title, Data: b.Data, Sound: b.Sound, Video: b.Video}
		if !slices.Contains([]string{"section", "div", "details"}, block.Element) {
			l.bad("element is section, div or details", at("blocks", id, "element"),
				"block %q: unknown element %q", id, b.Element)
		}
		s.Blocks[id] = block
	}
	for id, kind := range in.Kinds {
		s.Kinds[id] = l.kind(s, id, kind)
	}
	return s
}

// at is a path of keys and numbers in site.yaml.
func at(path ...any) []any { return path }

// bad adds a finding about what stands at a path in site.yaml.
func (l *loader) bad(hint string, path []any, format string, args ...any) {
	l.find("site", l.written.At(site.SettingsFile, path...), hint, format, args...)
}

// languages puts the languages into the site and reports whether it can go on
// with them: it has its source language.
func (l *loader) languages(s *site.Site, in *settings) bool {
	for i, li := range in.Languages {
		l.codes = append(l.codes, li.Code)
		switch known := func(o *site.Language) bool { return o.Code == li.Code }; {
		case !isPathName(li.Code):
			l.bad("code: "+strings.ToLower(li.Code), at("languages", i, "code"),
				"a code is lower-case letters, digits and hyphens, not %q", li.Code)
		case slices.ContainsFunc(s.Languages, known):
			l.bad("keep one of the two", at("languages", i, "code"), "language %q is listed twice", li.Code)
		default:
			s.Languages = append(s.Languages, l.language(i, len(s.Languages), li))
		}
	}
	for _, lang := range s.Languages {
		if lang.Code == in.Source {
			s.Source = lang
		}
	}
	if s.Source == nil && !slices.Contains(l.codes, in.Source) {
		l.bad("source: en, and a language with code: en", at("source"),
			"the source language %q is not among the languages", in.Source)
	}
	for _, lang := range s.Languages {
		if lang != s.Source {
			lang.Source = s.Source
		}
	}
	return s.Source != nil
}

// language returns a language, with the usual in the place of what is wrong.
func (l *loader) language(i, index int, in languageSettings) *site.Language {
	wrong := func(key, hint, format string, args ...any) {
		l.bad(hint, at("languages", i, key), "language %q: "+format, append([]any{in.Code}, args...)...)
	}
	tag, err := language.Parse(cmp.Or(in.Locale, in.Code))
	if err != nil {
		key := "locale"
		if in.Locale == "" {
			key = "code"
		}
		wrong(key, "such as pt, pt-BR or zh-Hans", "%q is not a language tag of BCP 47", cmp.Or(in.Locale, in.Code))
	}
	if in.Dir != "ltr" && in.Dir != "rtl" {
		wrong("dir", "dir: ltr, or rtl where lines begin at the right", "dir is ltr or rtl, not %q", in.Dir)
		in.Dir = "ltr"
	}
	if in.Script == "" {
		script, _ := tag.Script()
		in.Script = strings.ToLower(script.String())
	}
	const usual = "“”‘’"
	quotes := []rune(cmp.Or(in.Quotes, usual))
	if len(quotes) != 4 {
		wrong("quotes", "quotes: "+usual, "quotes are four signs, outer and inner, not %d", len(quotes))
		quotes = []rune(usual)
	}
	lang := &site.Language{Index: index, Code: in.Code, Name: in.Name, Dir: in.Dir, Script: in.Script, Tag: tag,
		Joiners: in.Joiners, Characters: in.Characters, SpaceBefore: in.SpaceBefore, SpaceAfter: in.SpaceAfter,
		Articles: in.Articles, Joined: in.Joined, Folded: in.Folded, Letters: in.Letters}
	for i, q := range quotes {
		lang.Quotes[i] = string(q)
	}
	return lang
}

// sets puts the sets into the site, one for each in site.yaml.
func (l *loader) sets(s *site.Site, in []setSettings) {
	sets, sections := map[string]bool{}, map[string]string{}
	for i, si := range in {
		if sets[si.ID] {
			l.bad("keep one of the two", at("sets", i, "id"), "set %q is listed twice", si.ID)
		}
		set := &site.Set{ID: si.ID, Sections: si.Sections, Help: si.Help, X: si.X}
		if len(set.Sections) == 0 {
			set.Sections = []string{si.ID}
		}
		for j, section := range set.Sections {
			if owner, taken := sections[section]; taken && !sets[si.ID] {
				l.bad("pages of a section belong to one set", at("sets", i, "sections", j),
					"section %q is in set %q already", section, owner)
			}
			sections[section] = si.ID
		}
		sets[si.ID] = true
		bands := map[string]bool{}
		for j, b := range si.Bands {
			switch {
			case bands[b.ID]:
				l.bad("keep one of the two", at("sets", i, "bands", j, "id"), "band %q is listed twice", b.ID)
			case b.To < b.From:
				l.bad("from: 9, to: 12", at("sets", i, "bands", j, "to"),
					"band %q ends at %d, before it begins at %d", b.ID, b.To, b.From)
			}
			bands[b.ID] = true
			set.Bands = append(set.Bands,
				&site.Band{ID: b.ID, From: b.From, To: b.To, Help: b.Help, Adults: b.Adults, Exit: b.Exit, X: b.X})
		}
		s.Sets = append(s.Sets, set)
	}
}

func (l *loader) kind(s *site.Site, id string, in kindSettings) *site.Kind {
	kind := &site.Kind{ID: id, Layout: cmp.Or(in.Layout, "page"), Style: in.Style, Only: in.Only, Exit: in.Exit,
		Hidden: in.Hidden, Online: in.Online, Apart: in.Apart, Shared: in.Shared, Whole: in.Whole,
		Blocks: map[string]site.Count{}, Tasks: site.Count{Max: -1}}
	count := func(text string, path ...any) site.Count {
		n, err := parseCount(text)
		if err != nil {
			l.bad("a count is 2, 0-1 or 1+", path, "kind %q: %v", id, err)
		}
		return n
	}
	if in.Tasks != "" {
		kind.Tasks = count(in.Tasks, "kinds", id, "tasks")
	}
	for block, text := range in.Blocks {
		kind.Blocks[block] = count(text, "kinds", id, "blocks", block)
		if s.Blocks[block] == nil {
			l.find("site", l.written.Key(site.SettingsFile, "kinds", id, "blocks", block), "add it under blocks:",
				"kind %q has a block %q that is not under blocks", id, block)
		}
	}
	return kind
}

// parseCount reads "2", "0-1" and "1+".
func parseCount(text string) (site.Count, error) {
	if least, ok := strings.CutSuffix(text, "+"); ok {
		n, err := strconv.Atoi(least)
		if err != nil {
			return site.Count{}, fmt.Errorf("%q is not a count", text)
		}
		return site.Count{Min: n, Max: -1}, nil
	}
	from, to, isRange := strings.Cut(text, "-")
	if !isRange {
		to = from
	}
	least, err := strconv.Atoi(from)
	if err != nil {
		return site.Count{}, fmt.Errorf("%q is not a count", text)
	}
	most, err := strconv.Atoi(to)
	if err != nil || most < least {
		return site.Count{}, fmt.Errorf("%q is not a count", text)
	}
	return site.Count{Min: least, Max: most}, nil
}
