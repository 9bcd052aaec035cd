package check

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fieldguide/build/site"
)

var words = &Check{Name: "words", Doc: "Every interface word, plural form, block label, term and resource has its " +
	"words in every language, and none that nothing shows. Where a language lacks some, the source language's stand.",
	Site: checkWords}

func checkWords(s *Shared) {
	wanted := wantedWords(s)
	terms, resources := map[string]bool{}, map[string]bool{}
	for _, id := range s.Terms {
		terms[id] = true
	}
	for _, r := range s.Resources {
		resources[r.ID] = true
	}
	delete(resources, "") // a record without an id
	source := groups(s.Source)
	for _, lang := range s.Languages {
		w := &wordCheck{s, lang, wordFile(lang, "ui"), nil}
		switch outline, written := s.Written[w.file]; {
		case !written && lang == s.Source:
			w.Report(site.Error, site.Place{File: w.file}, w.begin(wanted),
				"the interface words of %s are missing", lang.Name)
		case !written:
			w.Report(site.Warning, site.Place{File: w.file}, w.begin(wanted),
				"the interface words of %s are missing: those of %s stand for them", lang.Name, s.Source.Name)
		case outline != nil: // else reading it has said so
			w.title()
			for name, ours := range groups(lang) {
				w.group(name, wanted[name], source[name], ours)
			}
			w.counts()
			w.tellLacks(w.file)
		}
		w.plainWords()
		records(w, "terms", terms, s.Source.Terms, lang.Terms)
		records(w, "resources", resources, s.Source.Resources, lang.Resources)
	}
}

// plainWords wants words without signs of Markdown and character references, which readers would see as they are.
func (w *wordCheck) plainWords() {
	plain := func(file, words string, path ...any) {
		if !strings.ContainsAny(words, "*_`[<&\\~") || !w.Written.Has(file, path...) {
			return
		}
		if sign, bare := markupIn(words); sign != "" {
			key := fmt.Sprint(path[len(path)-1])
			hint := key + ": " + bare
			if strings.ContainsAny(sign, "<>") || bare == "" {
				hint = "plain words: no HTML and no signs of Markdown"
			}
			w.Report(site.Error, w.Written.At(file, path...), hint, "%s holds %q, which readers see as it is written", key, sign)
		}
	}
	plain(w.file, w.lang.Title, "title")
	plain(w.file, w.lang.Tagline, "tagline")
	for name, group := range groups(w.lang) {
		for key, words := range group {
			plain(w.file, words, name, key)
		}
	}
	for id, term := range w.lang.Terms {
		plain(wordFile(w.lang, "terms"), term.Term, id, "term")
		plain(wordFile(w.lang, "terms"), term.Meaning, id, "meaning")
	}
	for id, resource := range w.lang.Resources {
		plain(wordFile(w.lang, "resources"), resource.Title, id, "title")
		plain(wordFile(w.lang, "resources"), resource.Note, id, "note")
	}
}

// groups are the groups of words in a language's ui.yaml.
func groups(lang *site.Language) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, name := range []string{"words", "blocks", "sets", "groups", "rights", "resources", "bundles"} {
		all[name] = lang.Group(name)
	}
	return all
}

// wantedWords returns, by group, the keys that the site has a use for. True are
// those that must be there: not the short names of bundles, nor the name of a
// set that the source language leaves to its first page, and of rights those that
// have a name, because where a page names another, that is said of the page.
func wantedWords(s *Shared) map[string]map[string]bool {
	blocks, sets, groups, rights := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	resources, bundles := map[string]bool{}, map[string]bool{}
	for id, block := range s.Blocks {
		if block.Label {
			blocks[id] = true
		}
	}
	for _, set := range s.Sets {
		sets[set.ID] = s.Written.Has(wordFile(s.Source, "ui"), "sets", set.ID)
	}
	for _, group := range s.Groups {
		groups[group] = true
	}
	for _, f := range s.Families {
		for _, article := range f.Rights {
			_, rights[strconv.Itoa(article)] = s.Source.Rights[strconv.Itoa(article)]
		}
	}
	for _, r := range s.Resources {
		for _, word := range []string{r.Kind, r.Cost} {
			if word != "" {
				resources[word] = true
			}
		}
	}
	for _, u := range s.Bundles.Units {
		bundles[u.ID] = false
	}
	return map[string]map[string]bool{"words": s.Words, "blocks": blocks, "sets": sets, "groups": groups,
		"rights": rights, "resources": resources, "bundles": bundles}
}

// Wanted returns the keys that ui.yaml of each language must have, by group.
func Wanted(s *site.Site, words, counts map[string]bool) map[string][]string {
	list := map[string][]string{}
	wanted := wantedWords(&Shared{Site: s, Words: words})
	wanted["counts"] = counts
	for group, keys := range wanted {
		for key, must := range keys {
			if must {
				list[group] = append(list[group], key)
			}
		}
		slices.Sort(list[group])
	}
	return list
}

func wordFile(lang *site.Language, name string) string {
	return "content/" + lang.Code + "/" + name + ".yaml"
}

// wordCheck is one language's ui.yaml.
type wordCheck struct {
	*Shared
	lang  *site.Language
	file  string
	lacks []string // keys with the group that they stand under, for which the source language's words stand
}

// lack notes a key that is missing, and says so at once of the source language.
func (w *wordCheck) lack(file, key, under, hint string, path ...any) {
	if w.lang == w.Source {
		w.Report(site.Error, w.Written.At(file, path...), hint, "%q is missing%s", key, under)
		return
	}
	w.lacks = append(w.lacks, strconv.Quote(key)+under)
}

// named is how many missing keys a finding names.
const named = 3

// tellLacks says in one finding what a file of a translation lacks.
func (w *wordCheck) tellLacks(file string) {
	if n := len(w.lacks); n > 0 {
		slices.Sort(w.lacks)
		words, some := "words", strings.Join(w.lacks[:min(n, named)], ", ")
		if n == 1 {
			words = "word"
		}
		if n > named {
			some += ", …"
		}
		w.Report(site.Warning, w.Written.At(file), "write them as content/"+w.Source.Code+" does", "%s stands for %d %s missing here: %s", w.Source.Name, n, words, some)
	}
	w.lacks = nil
}

// begin says how to write the file.
func (w *wordCheck) begin(wanted map[string]map[string]bool) string {
	if theirs := wordFile(w.Source, "ui"); w.Written.At(theirs).Line > 0 {
		return "copy " + theirs + " and translate it"
	}
	var list []string
	for _, group := range slices.Sorted(maps.Keys(wanted)) {
		keys := slices.Sorted(maps.Keys(wanted[group]))
		keys = slices.DeleteFunc(keys, func(key string) bool { return !wanted[group][key] })
		if len(keys) > 0 {
			list = append(list, group+": "+strings.Join(keys, ", "))
		}
	}
	return "write it with " + strings.Join(list, "; ")
}

// title wants what the guide is called where the source language says it; else
// it is called like its home page.
func (w *wordCheck) title() {
	if w.Written.Has(wordFile(w.Source, "ui"), "title") && !w.Written.Has(w.file, "title") {
		w.lack(w.file, "title", "", "title: what the guide is called")
	}
}

// group checks a group of words.
func (w *wordCheck) group(name string, wanted map[string]bool, theirs, ours map[string]string) {
	if ours == nil && w.Written.Has(w.file, name) {
		return // it is no group, which reading it has said
	}
	for key, word := range ours {
		place := w.Written.At(w.file, name, key)
		if word == "" && wanted[key] {
			w.Report(site.Error, place, key+": its words in "+w.lang.Name, "%q has no word under %s", key, name)
			continue
		}
		for _, filled := range names(theirs[key]) {
			if !strings.Contains(word, filled) {
				w.Report(site.Error, place, "write "+filled+" where the site is to fill it in",
					"%q under %s lacks %s", key, name, filled)
			}
		}
		for _, r := range word {
			if name, hint := invisible(r); name != "" && !(w.lang.Joiners && name == joiner) {
				w.Report(site.Error, place, hint, "%q holds an invisible character: %s (U+%04X)", key, name, r)
			}
		}
	}
	keys(w, w.file, wanted, theirs, ours, name)
}

// counts wants each counted word in just the forms that CLDR gives the
// language.
func (w *wordCheck) counts() {
	for key, forms := range w.lang.Counts {
		var lacks []string
		for _, form := range w.lang.PluralForms() {
			if forms.Form(form) == "" {
				lacks = append(lacks, site.PluralNames[form])
			}
		}
		if len(lacks) > 0 {
			w.Report(site.Error, w.Written.Key(w.file, "counts", key), lacks[0]+`: "{n} …"`,
				"%q lacks plural forms that %s has: %s", key, w.lang.Name, strings.Join(lacks, ", "))
		}
	}
	keys(w, w.file, w.Counts, w.Source.Counts, w.lang.Counts, "counts")
}

// example shows how what is missing is written: a counted word in all its forms.
func (w *wordCheck) example(key string, group []any) string {
	if len(group) == 0 || group[0] != "counts" {
		return key + ": its words in " + w.lang.Name
	}
	var forms []string
	for _, form := range w.lang.PluralForms() {
		forms = append(forms, site.PluralNames[form]+`: "{n} …"`)
	}
	return key + ": {" + strings.Join(forms, ", ") + "}"
}

// records wants words for each of some records, in a file of their own.
func records[V any](w *wordCheck, name string, wanted map[string]bool, theirs, ours map[string]V) {
	file := wordFile(w.lang, name)
	switch outline, written := w.Written[file]; {
	case outline != nil:
		keys(w, file, wanted, theirs, ours)
		w.tellLacks(file)
	case written || len(wanted) == 0:
	case w.lang == w.Source:
		w.Report(site.Error, site.Place{File: file}, "write this file, with an entry for each id",
			"the %s of %s are missing", name, w.lang.Name)
	default:
		w.Report(site.Warning, site.Place{File: file}, "copy "+wordFile(w.Source, name)+" and translate it",
			"the %s of %s are missing: those of %s stand for them", name, w.lang.Name, w.Source.Name)
	}
}

// keys reports the keys that are missing, and those that nothing shows. A
// misspelt key is both, and one finding. What the source language lacks or has
// in vain is said of it alone.
func keys[V any](w *wordCheck, file string, wanted map[string]bool, theirs, ours map[string]V, group ...any) {
	source := w.lang == w.Source
	path := func(key string) []any { return append(slices.Clone(group), key) }
	under := ""
	if len(group) > 0 {
		under = fmt.Sprintf(" under %v", group...)
	}
	lacks := map[string]bool{}
	for key, must := range wanted {
		if _, inSource := theirs[key]; (source || inSource || !must) && !w.Written.Has(file, path(key)...) {
			lacks[key] = must
		}
	}
	for _, key := range slices.Sorted(maps.Keys(ours)) {
		_, use := wanted[key]
		place := w.Written.Key(file, path(key)...)
		if _, inSource := theirs[key]; use || inSource && !source || place.Line == 0 {
			continue // of use, said of the source, or built in
		}
		level, hint := site.Warning, "remove it"
		if near := site.Nearest(key, slices.Sorted(maps.Keys(lacks))); near != "" {
			hint = "did you mean " + near + "?"
			if lacks[near] {
				level = site.Error
			}
			delete(lacks, near)
		}
		w.Report(level, place, hint, "nothing shows %q%s", key, under)
	}
	for key, must := range lacks {
		if must {
			w.lack(file, key, under, w.example(key, group), path(key)...)
		}
	}
}

// names returns the {names} in a word.
func names(word string) []string {
	var list []string
	for {
		open := strings.IndexByte(word, '{')
		shut := strings.IndexByte(word, '}')
		if open < 0 || shut < open {
			return list
		}
		list = append(list, word[open:shut+1])
		word = word[shut+1:]
	}
}
