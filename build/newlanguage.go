package build

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fieldguide/build/bundle"
	"fieldguide/build/check"
	"fieldguide/build/cldr"
	"fieldguide/build/content"
	"fieldguide/build/fix"
	"fieldguide/build/site"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Begun is a language that a site begins.
type Begun struct {
	Language *site.Language
	Words    int    // interface words to translate
	First    string // path of the page to translate first
	Edits    Edits
}

// NewLanguage works out how the site below fsys begins a language: a line in site.yaml with what CLDR says of it, and
// a ui.yaml that holds every word that the site shows as a comment, so that nothing counts as translated. What cannot
// be is a Refusal.
func NewLanguage(fsys fs.FS, code string) (*Begun, error) {
	l, err := describe(code)
	if err != nil {
		return nil, err
	}
	before, err := load(fsys, nil, false)
	if err != nil {
		return nil, err
	}
	if before.render == nil {
		return nil, refuse("the site cannot be read: run `fieldguide check` first")
	}
	for _, have := range before.site.Languages {
		if have.Code == code {
			return nil, refuse("%s is a language of this site already: %s", code, have.Name)
		}
	}
	layers := content.Layers(fsys)
	own := layers[len(layers)-1]
	file := "content/" + code + "/ui.yaml"
	if _, err := fs.Stat(own, file); !errors.Is(err, fs.ErrNotExist) {
		return nil, refuse("%s is there already; add the language to %s by hand:\n  - {%s}", file, site.SettingsFile,
			strings.Join(languageItem(code, l), ", "))
	}
	settings, err := fs.ReadFile(own, site.SettingsFile)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", site.SettingsFile, err)
	}
	byHand := refuse("%s is not written so that a line can be added to it; write under languages:\n  - {%s}",
		site.SettingsFile, strings.Join(languageItem(code, l), ", "))
	settings, ok := addLanguage(settings, languageItem(code, l))
	if !ok {
		return nil, byHand
	}
	after, err := load(Over(fix.Over(own, Edits{site.SettingsFile: settings})), nil, false)
	if err != nil {
		return nil, err
	}
	if after.render == nil || len(after.site.Languages) != len(before.site.Languages)+1 {
		return nil, byHand
	}
	s := after.site
	lang := s.Languages[slices.IndexFunc(s.Languages, func(l *site.Language) bool { return l.Code == code })]
	b := &Begun{Language: lang, First: cmp.Or(s.Help, "index"), Edits: Edits{site.SettingsFile: settings}}
	words, counts := after.render.Words(bundle.Words(s))
	text, n := wordsToTranslate(s, lang, check.Wanted(s, words, counts))
	b.Words = n
	b.Edits[file] = text
	return b, nil
}

// describe returns what CLDR says of a language by its code.
func describe(code string) (cldr.Language, error) {
	tag, err := language.Parse(code)
	names := cldr.Names()
	did := ""
	if near := site.Nearest(strings.ToLower(code), slices.Collect(maps.Keys(names))); near != "" {
		did = fmt.Sprintf("; did you mean %s?", near)
		if names[near] != near {
			did = fmt.Sprintf("; did you mean %s (%s)?", names[near], near)
		}
	}
	switch own := strings.ToLower(tag.String()); {
	case err != nil:
		return cldr.Language{}, refuse("%q is no language code of BCP 47%s", code,
			cmp.Or(did, "; it is one such as sw, pt-br or zh-hant"))
	case own != code:
		return cldr.Language{}, refuse("the code of %q is written %s", code, own)
	}
	l, known := cldr.Find(tag)
	if !known {
		return l, refuse("CLDR does not say what %q calls itself%s\nif you know, write under languages: in %s\n"+
			"  - {code: %s, name: …, dir: ltr}", code, did, site.SettingsFile, code)
	}
	return l, nil
}

// languageItem is a language as site.yaml has it, key by key.
func languageItem(code string, l cldr.Language) []string {
	item := []string{"code: " + code, "name: " + scalar(l.Name), "dir: " + l.Dir, "script: " + l.Script}
	if l.Characters {
		item = append(item, "characters: true")
	}
	if l.Joiners {
		item = append(item, "joiners: true")
	}
	return append(item, "quotes: "+strconv.Quote(l.Quotes))
}

// scalar is a text as YAML has it within braces.
func scalar(text string) string {
	if strings.ContainsAny(text, ",[]{}:#&*!|>'\"%@`?-") {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
	}
	return text
}

// wordsToTranslate is a ui.yaml in which each word that a language lacks is a comment, and how many they are.
func wordsToTranslate(s *site.Site, lang *site.Language, wanted map[string][]string) ([]byte, int) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Interface words of %s. Each line that begins with # is a word of %s, which is shown until it is\n"+
		"# translated: write it in %[1]s and take the # away, there and from the line of the group above it.\n"+
		"# Keys stay as they are; words in {braces} are filled in.\n", lang.Name, s.Source.Name)
	n := 0
	line := func(indent int, key, word string) {
		fmt.Fprintf(&b, "# %s%s: %s\n", strings.Repeat("  ", indent), key, content.Scalar(word))
		n++
	}
	for _, said := range []struct{ key, word string }{{"title", s.Source.Title}, {"tagline", s.Source.Tagline}} {
		if s.Written.Has("content/"+s.Source.Code+"/ui.yaml", said.key) { // else the home page says it
			line(0, said.key, said.word)
		}
	}
	for _, group := range []string{"words", "blocks", "sets", "groups", "rights", "resources"} {
		lacks := slices.DeleteFunc(wanted[group], func(key string) bool {
			_, has := lang.Group(group)[key]
			_, known := s.Source.Group(group)[key]
			return has || !known
		})
		if len(lacks) > 0 {
			fmt.Fprintf(&b, "# %s:\n", group)
		}
		for _, key := range lacks {
			line(1, quotedKey(key), s.Source.Group(group)[key])
		}
	}
	counts := slices.DeleteFunc(wanted["counts"], func(key string) bool { return lang.Counts[key] != site.Forms{} })
	if len(counts) > 0 {
		fmt.Fprint(&b, "# counts:\n")
	}
	for _, key := range counts {
		fmt.Fprintf(&b, "#   %s:\n", key)
		forms := s.Source.Counts[key]
		for _, form := range lang.PluralForms() {
			fmt.Fprintf(&b, "#     # %s\n#     %s: %s\n", numbers(lang, form), site.PluralNames[form],
				content.Scalar(cmp.Or(forms.Form(form), forms.Other)))
		}
		n++
	}
	return b.Bytes(), n
}

// numbers are the first few that take a plural form.
func numbers(lang *site.Language, form plural.Form) string {
	var list []string
	for n := 0; n < 1000 && len(list) < 4; n++ {
		if lang.PluralForm(n) == form {
			list = append(list, strconv.Itoa(n))
		}
	}
	if len(list) == 0 { // a form of millions
		return "1000000"
	}
	if len(list) == 4 {
		list[3] = "…"
	}
	return strings.Join(list, ", ")
}

// quotedKey is a key, which would be no text if it were a bare number.
func quotedKey(key string) string {
	if _, err := strconv.Atoi(key); err == nil {
		return strconv.Quote(key)
	}
	return key
}
