package content

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"fieldguide/build/parallel"
	"fieldguide/build/site"
)

// loadAllWords reads the words of all languages, as many at a time as there are
// cores: each with a loader of its own, whose findings come in the languages' order.
func (l *loader) loadAllWords(s *site.Site) {
	parts := make([]loader, len(s.Languages))
	err := parallel.Each(context.Background(), 0, len(parts), func() func(i int) error {
		return func(i int) error {
			part := &parts[i]
			*part = loader{fsys: l.fsys, files: l.files, written: site.Outlines{}}
			part.loadWords(s, s.Languages[i])
			return part.err
		}
	})
	if l.err == nil {
		l.err = err
	}
	for i := range parts {
		l.findings = append(l.findings, parts[i].findings...)
		maps.Copy(l.written, parts[i].written)
		l.unread = l.unread || parts[i].unread
	}
}

// loadWords reads a language's ui.yaml, terms.yaml, resources.yaml,
// countries.yaml, terminology.yaml and search.yaml. Missing words are the business of the check "words".
func (l *loader) loadWords(s *site.Site, lang *site.Language) {
	folder := "content/" + lang.Code + "/"
	l.yaml("words", folder+"ui.yaml", &lang.Words)
	if d := l.yaml("words", folder+"terms.yaml", &lang.Terms); d != nil && lang == s.Source {
		s.Terms = d.keys()
	}
	l.yaml("words", folder+"resources.yaml", &lang.Resources)
	l.yaml("words", folder+"countries.yaml", &lang.Countries)
	l.yaml("terminology", folder+"terminology.yaml", &lang.Usage)
	l.lookup(s, folder+"search.yaml", &lang.Lookup)
	for _, a := range lang.Usage.Avoid {
		for i, word := range a.Not {
			a.Not[i] = strings.ToLower(word)
		}
	}
}

// lookup reads how words of a language are looked for.
func (l *loader) lookup(s *site.Site, file string, to *site.Lookup) {
	l.yaml("find", file, to)
	for _, ask := range keys(to.Asks) {
		if _, known := s.Asks[ask]; !known {
			l.find("find", l.written.Key(file, "asks", ask), didYouMean(ask, keys(s.Asks)),
				"site.yaml says nothing of %q under asks", ask)
		}
	}
}

const (
	resourcesFile = "content/data/resources.yaml"
	helplinesFile = "content/data/helplines.yaml"
	CreditsFile   = "content/data/credits.yaml"
)

// loadData reads what all languages share.
func (l *loader) loadData(s *site.Site) {
	l.yaml("data", resourcesFile, &s.Resources)
	l.yaml("data", helplinesFile, &s.Helplines)
	l.yaml("data", CreditsFile, &s.Credits)
	sets := make([]string, len(s.Sets))
	for i, set := range s.Sets {
		sets[i] = set.ID
	}
	for i, r := range s.Resources {
		bad := func(key, hint, format string, args ...any) {
			l.find("data", l.written.At(resourcesFile, i, key), hint, format, args...)
		}
		if r.Set != "" && !slices.Contains(sets, r.Set) {
			bad("set", didYouMean(r.Set, sets), "there is no set %q", r.Set)
		}
		if _, ok := site.ParseAges(r.Age); !ok && r.Age != "" {
			bad("age", `age: "9-12"`, "age wants the first and the last year, not %q", r.Age)
		}
		same := func(o site.Resource) bool { return o.ID == r.ID }
		if first := slices.IndexFunc(s.Resources, same); first < i && r.ID != "" {
			line := l.written.At(resourcesFile, first, "id").Line
			bad("id", "give one of them another id", "resource %q stands here and in line %d", r.ID, line)
		}
	}
}

// read returns a file's bytes and whether it exists. Any other failure is
// kept as the loader's error.
func (l *loader) read(name string) ([]byte, bool) {
	if info, err := fs.Lstat(l.fsys, name); err == nil && l.misplaced(name, info.Mode(), aFile) {
		return nil, false
	}
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail("reading "+name, err)
	}
	return normal(data), err == nil
}
