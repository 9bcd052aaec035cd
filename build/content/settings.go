package content

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"fieldguide/build/site"

	"golang.org/x/text/language"
)

// settings is content/site.yaml as it is written.
type settings struct {
	Edition   string                   `yaml:"edition"`
	URL       string                   `yaml:"url"`
	Licence   site.Licence             `yaml:"licence"`
	Source    string                   `yaml:"source"`
	Languages []languageSettings       `yaml:"languages"`
	Sets      []setSettings            `yaml:"sets"`
	Doors     []string                 `yaml:"doors"`
	Help      string                   `yaml:"help"`
	Glossary  string                   `yaml:"glossary"`
	Exit      site.Exit                `yaml:"exit"`
	Bundles   site.Bundles             `yaml:"bundles"`
	Kinds     map[string]kindSettings  `yaml:"kinds"`
	Blocks    map[string]blockSettings `yaml:"blocks"`
	Topics    []string                 `yaml:"topics"`
	Groups    []string                 `yaml:"groups"`
	Limits    site.Limits              `yaml:"limits"`
	Loads     []site.Load              `yaml:"loads"`
}

type languageSettings struct {
	Line        int      `yaml:"-"`
	Code        string   `yaml:"code"`
	Name        string   `yaml:"name"`
	Dir         string   `yaml:"dir"`
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
	Line     int            `yaml:"-"`
	ID       string         `yaml:"id"`
	Sections []string       `yaml:"sections"`
	Bands    []bandSettings `yaml:"bands"`
	Help     string         `yaml:"help"`
}

type bandSettings struct {
	Line   int      `yaml:"-"`
	ID     string   `yaml:"id"`
	From   int      `yaml:"from"`
	To     int      `yaml:"to"`
	Help   string   `yaml:"help"`
	Adults []string `yaml:"adults"`
	Exit   bool     `yaml:"exit"`
}

type kindSettings struct {
	Line   int               `yaml:"-"`
	Layout string            `yaml:"layout"`
	Style  []string          `yaml:"style"`
	Blocks map[string]string `yaml:"blocks"`
	Only   bool              `yaml:"only"`
	Tasks  string            `yaml:"tasks"`
	Exit   bool              `yaml:"exit"`
	Hidden bool              `yaml:"hidden"`
	Online bool              `yaml:"online"`
	Apart  bool              `yaml:"apart"`
}

type blockSettings struct {
	Line    int    `yaml:"-"`
	Element string `yaml:"element"`
	Heading int    `yaml:"heading"`
	Label   bool   `yaml:"label"`
	Title   bool   `yaml:"title"`
	Data    string `yaml:"data"`
}

const settingsFile = "content/site.yaml"

// loadSettings reads content/site.yaml into a Site without pages. It returns
// nil for the site when there is nothing to go on with.
func (l *loader) loadSettings() *site.Site {
	var in settings
	data, _ := fs.ReadFile(l.fsys, settingsFile)
	whole := l.decode("site", settingsFile, data, &in)
	if _, err := fs.Stat(top(l.fsys), settingsFile); err != nil && whole && len(in.Languages) == 0 {
		l.find("site", settingsFile, 0, "begin with `fieldguide build --site FOLDER`, where FOLDER holds content/site.yaml", "this folder holds no site: %s is missing", settingsFile)
		return nil
	}
	if !whole {
		return nil
	}
	s := &site.Site{Edition: in.Edition, URL: in.URL, Licence: in.Licence, Doors: in.Doors, Help: in.Help, Glossary: in.Glossary, Exit: in.Exit, Bundles: in.Bundles,
		Topics: in.Topics, Groups: in.Groups, Limits: in.Limits, Loads: in.Loads, Kinds: map[string]*site.Kind{}, Blocks: map[string]*site.Block{}}
	l.settings = data
	bad := func(line int, hint, format string, args ...any) {
		l.find("site", settingsFile, line, hint, format, args...)
	}
	if s.URL != "" && !strings.HasSuffix(s.URL, "/") {
		s.URL += "/"
	}
	if strings.ContainsAny(s.URL, "?#") {
		bad(lineOf(data, "url"), "write it like https://example.org/guide/",
			"below the address %q no page can lie", in.URL)
	}
	for i, li := range in.Languages {
		lang, err := li.language(i)
		if err != nil {
			bad(li.Line, "", "language %q: %v", li.Code, err)
			continue
		}
		if slices.ContainsFunc(s.Languages, func(o *site.Language) bool { return o.Code == lang.Code }) {
			bad(li.Line, "", "language %q is listed twice", li.Code)
			continue
		}
		s.Languages = append(s.Languages, lang)
		if lang.Code == in.Source {
			s.Source = lang
		}
	}
	if s.Source == nil {
		bad(lineOf(data, "source"), "source: en, and a language with code: en", "the source language %q is not among the languages", in.Source)
		return nil
	}
	for _, si := range in.Sets {
		s.Sets = append(s.Sets, si.set())
	}
	for id, b := range in.Blocks {
		block := &site.Block{ID: id, Element: b.Element, Heading: b.Heading, Label: b.Label, Title: b.Title, Data: b.Data}
		if block.Element == "" {
			block.Element = "section"
		}
		if !slices.Contains([]string{"section", "div", "details"}, block.Element) {
			bad(b.Line, "element is section, div or details", "block %q: unknown element %q", id, b.Element)
		}
		s.Blocks[id] = block
	}
	for id, ki := range in.Kinds {
		kind, err := ki.kind(id)
		if err != nil {
			bad(ki.Line, "a count is 2, 0-1 or 1+", "kind %q: %v", id, err)
		}
		for block := range kind.Blocks {
			if s.Blocks[block] == nil {
				bad(ki.Line, "add it under blocks:", "kind %q has a block %q that is not under blocks", id, block)
			}
		}
		s.Kinds[id] = kind
	}
	return s
}

func (in languageSettings) language(index int) (*site.Language, error) {
	if in.Locale == "" {
		in.Locale = in.Code
	}
	tag, err := language.Parse(in.Locale)
	if err != nil {
		return nil, fmt.Errorf("%q is not a language tag of BCP 47", in.Locale)
	}
	if in.Dir != "ltr" && in.Dir != "rtl" {
		return nil, fmt.Errorf("dir is ltr or rtl, not %q", in.Dir)
	}
	if in.Name == "" {
		return nil, fmt.Errorf("it has no name in itself")
	}
	if !isPathName(in.Code) {
		return nil, fmt.Errorf("a code is lower-case letters, digits and hyphens")
	}
	if in.Script == "" {
		script, _ := tag.Script()
		in.Script = strings.ToLower(script.String())
	}
	lang := &site.Language{Index: index, Code: in.Code, Name: in.Name, Dir: in.Dir, Script: in.Script, Tag: tag, Joiners: in.Joiners, Characters: in.Characters,
		SpaceBefore: in.SpaceBefore, SpaceAfter: in.SpaceAfter,
		Articles: in.Articles, Joined: in.Joined, Folded: in.Folded, Letters: in.Letters}
	if in.Quotes == "" {
		in.Quotes = "“”‘’"
	}
	quotes := []rune(in.Quotes)
	if len(quotes) != 4 {
		return nil, fmt.Errorf("quotes are four signs, outer and inner: “”‘’")
	}
	for i, q := range quotes {
		lang.Quotes[i] = string(q)
	}
	return lang, nil
}

func (in setSettings) set() *site.Set {
	set := &site.Set{ID: in.ID, Sections: in.Sections, Help: in.Help}
	if len(set.Sections) == 0 {
		set.Sections = []string{in.ID}
	}
	for _, b := range in.Bands {
		set.Bands = append(set.Bands, &site.Band{ID: b.ID, From: b.From, To: b.To, Help: b.Help, Adults: b.Adults, Exit: b.Exit})
	}
	return set
}

func (in kindSettings) kind(id string) (*site.Kind, error) {
	kind := &site.Kind{ID: id, Layout: in.Layout, Style: in.Style, Only: in.Only, Exit: in.Exit, Hidden: in.Hidden, Online: in.Online, Apart: in.Apart, Blocks: map[string]site.Count{}, Tasks: site.Count{Max: -1}}
	if kind.Layout == "" {
		kind.Layout = "page"
	}
	var err error
	if in.Tasks != "" {
		kind.Tasks, err = parseCount(in.Tasks)
	}
	for block, text := range in.Blocks {
		n, countErr := parseCount(text)
		if countErr != nil {
			err = countErr
		}
		kind.Blocks[block] = n
	}
	return kind, err
}

// parseCount reads "2", "0-1" and "1+".
func parseCount(text string) (site.Count, error) {
	if least, ok := strings.CutSuffix(text, "+"); ok {
		n, err := strconv.Atoi(least)
		return site.Count{Min: n, Max: -1}, err
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
