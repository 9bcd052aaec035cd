package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fieldguide/build/site"
)

var words = &Check{Name: "words", Doc: "Every interface word, plural form, block label, term and resource has its words in every language.", Site: checkWords}

func checkWords(s *site.Site, findings *[]site.Finding, used map[string]bool) {
	for _, key := range slices.Sorted(maps.Keys(used)) {
		if _, ok := s.Source.Text[key]; !ok && used[key] {
			*findings = append(*findings, site.Finding{File: wordFile(s.Source, "ui"), Level: site.Error, Check: "words",
				Message: fmt.Sprintf("word %q is used by a layout and missing", key)})
		}
	}
	named(s, &wordCheck{lang: s.Source, findings: findings})
	shown := func(key string) bool { _, ok := used[key]; return ok }
	record := func(key string) bool {
		return slices.ContainsFunc(s.Resources, func(r site.Resource) bool { return r.Kind == key || r.Cost == key })
	}
	for _, lang := range s.Languages {
		w := &wordCheck{lang: lang, source: s.Source, findings: findings}
		w.same("words", s.Source.Text, lang.Text, shown)
		w.same("kinds", s.Source.Kinds, lang.Kinds, always)
		w.same("sets", s.Source.Sets, lang.Sets, always)
		w.same("topics", s.Source.Topics, lang.Topics, always)
		w.same("groups", s.Source.Groups, lang.Groups, always)
		w.same("rights", s.Source.Rights, lang.Rights, always)
		w.same("resources", s.Source.Records, lang.Records, record)
		w.same("blocks", s.Source.Blocks, lang.Blocks, always)
		w.want("ui", "title", lang.Title != "")
		for _, group := range s.Groups {
			w.want("ui", "groups: "+group, lang.Groups[group] != "")
		}
		for _, id := range s.Terms {
			w.want("terms", id+": term", lang.Terms[id].Term != "")
			w.want("terms", id+": meaning", lang.Terms[id].Meaning != "")
		}
		for _, id := range slices.Sorted(maps.Keys(lang.Terms)) {
			w.known("terms", id, slices.Contains(s.Terms, id))
		}
		for _, r := range s.Resources {
			w.want("resources", r.ID+": title", lang.Resources[r.ID].Title != "")
		}
		w.plurals(counted(s))
	}
}

func always(string) bool { return true }

// counted says of the words with a number that the engine knows whether this
// site shows them.
func counted(s *site.Site) map[string]bool {
	return map[string]bool{
		"minutes": slices.ContainsFunc(s.Families, func(f *site.Family) bool { return f.Minutes > 0 }),
		"results": s.Search() != nil,
		"seconds": len(s.Bundles.Units) > 0,
	}
}

// named wants a word of the source language for all that the site's data
// names; the other languages are then compared with it.
func named(s *site.Site, w *wordCheck) {
	for _, id := range slices.Sorted(maps.Keys(s.Blocks)) {
		w.want("ui", "blocks: "+id, !s.Blocks[id].Label || w.lang.Blocks[id] != "")
	}
	for _, set := range s.Sets {
		w.want("ui", "sets: "+set.ID, w.lang.Sets[set.ID] != "")
	}
	for _, topic := range s.Topics {
		w.want("ui", "topics: "+topic, w.lang.Topics[topic] != "")
	}
	for _, r := range s.Resources {
		w.want("ui", "resources: "+r.Kind, w.lang.Records[r.Kind] != "")
		w.want("ui", "resources: "+r.Cost, r.Cost == "" || w.lang.Records[r.Cost] != "")
	}
}

type wordCheck struct {
	lang, source *site.Language
	findings     *[]site.Finding
}

func wordFile(lang *site.Language, name string) string {
	return "content/" + lang.Code + "/" + name + ".yaml"
}

func (w *wordCheck) add(level site.Level, file, hint, format string, args ...any) {
	*w.findings = append(*w.findings, site.Finding{File: wordFile(w.lang, file), Level: level, Check: "words", Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (w *wordCheck) want(file, key string, there bool) {
	if !there {
		w.add(site.Error, file, "", "%q is missing", key)
	}
}

func (w *wordCheck) known(file, key string, known bool) {
	if !known {
		w.add(site.Warning, file, "", "%q is not used", key)
	}
}

// same wants the keys that the source language has and the site shows, and the
// {names} in them.
func (w *wordCheck) same(group string, theirs, ours map[string]string, shown func(key string) bool) {
	for _, key := range slices.Sorted(maps.Keys(theirs)) {
		word, there := ours[key]
		if !there || word == "" {
			if shown(key) {
				w.add(site.Error, "ui", "", "%q is missing under %s", key, group)
			}
			continue
		}
		for _, name := range names(theirs[key]) {
			if !strings.Contains(word, name) {
				w.add(site.Error, "ui", "", "%q under %s lacks %s, which the site fills in", key, group, name)
			}
		}
		w.visible(key, word)
	}
	for _, key := range slices.Sorted(maps.Keys(ours)) {
		if _, there := theirs[key]; !there {
			w.known("ui", key, false)
		}
	}
}

func (w *wordCheck) visible(key, word string) {
	for _, r := range word {
		if name := invisible(r); name != "" && !(w.lang.Joiners && name == joiner) {
			w.add(site.Error, "ui", "", "%q holds an invisible character: %s (U+%04X)", key, name, r)
		}
	}
}

// plurals wants each counted word in just the forms that CLDR gives the
// language.
func (w *wordCheck) plurals(counted map[string]bool) {
	for _, key := range slices.Sorted(maps.Keys(w.source.Counts)) {
		forms, there := w.lang.Counts[key]
		if !there {
			if shown, known := counted[key]; known && !shown {
				continue
			}
			w.add(site.Error, "ui", "", "%q is missing under counts", key)
			continue
		}
		for _, form := range w.lang.PluralForms() {
			if forms.Form(form) == "" {
				w.add(site.Error, "ui", "", "%q lacks the plural form %q, which %s has", key, site.PluralNames[form], w.lang.Name)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(w.lang.Counts)) {
		_, there := w.source.Counts[key]
		w.known("ui", key, there)
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
