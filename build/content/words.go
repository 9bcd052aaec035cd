package content

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"fieldguide/build/site"

	"go.yaml.in/yaml/v3"
)

// loadWords reads a language's ui.yaml, terms.yaml, resources.yaml and
// terminology.yaml.
// Missing words are the business of the check "words".
func (l *loader) loadWords(lang *site.Language) {
	folder := "content/" + lang.Code + "/"
	if data, ok := l.read(folder + "ui.yaml"); ok {
		l.decode("words", folder+"ui.yaml", data, &lang.Words)
	} else {
		l.find("words", folder+"ui.yaml", 0, "copy ui.yaml of another language and translate it", "the interface words of %s are missing", lang.Name)
	}
	if data, ok := l.read(folder + "terms.yaml"); ok {
		l.decode("words", folder+"terms.yaml", data, &lang.Terms)
	}
	if data, ok := l.read(folder + "resources.yaml"); ok {
		l.decode("words", folder+"resources.yaml", data, &lang.Resources)
	}
	if data, ok := l.read(folder + "terminology.yaml"); ok {
		l.decode("terminology", folder+"terminology.yaml", data, &lang.Usage)
		for _, a := range lang.Usage.Avoid {
			for i, word := range a.Not {
				a.Not[i] = strings.ToLower(word)
			}
		}
	}
}

// loadData reads what all languages share.
func (l *loader) loadData(s *site.Site) {
	const resourcesFile, helplinesFile = "content/data/resources.yaml", "content/data/helplines.yaml"
	if data, ok := l.read("content/" + s.Source.Code + "/terms.yaml"); ok {
		s.Terms = topKeys(data)
	}
	whole := true
	if data, ok := l.read(resourcesFile); ok {
		whole = l.decode("data", resourcesFile, data, &s.Resources)
	}
	for i, r := range s.Resources {
		if r.URL == "" && whole {
			l.find("data", resourcesFile, r.Line, "url: \"https://example.org/page\"", "the resource has no address")
		}
		if r.Set != "" && !slices.ContainsFunc(s.Sets, func(set *site.Set) bool { return set.ID == r.Set }) {
			l.find("data", resourcesFile, r.Line, "sets are in site.yaml", "there is no set %q", r.Set)
		}
		if r.ID == "" {
			l.find("data", resourcesFile, r.Line, "id: a-short-name", "the resource has no id")
		} else if first := slices.IndexFunc(s.Resources, func(o site.Resource) bool { return o.ID == r.ID }); first < i {
			l.find("data", resourcesFile, r.Line, "", "resource %q stands here and in line %d", r.ID, s.Resources[first].Line)
		}
	}
	if data, ok := l.read(helplinesFile); ok {
		l.decode("data", helplinesFile, data, &s.Helplines)
	}
}

// topKeys returns the keys of a YAML mapping in the order they are written.
func topKeys(data []byte) []string {
	var doc yaml.Node
	if yaml.Unmarshal(data, &doc) != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil // decoding the same file has said so
	}
	var keys []string
	for i := 0; i < len(doc.Content[0].Content); i += 2 {
		keys = append(keys, doc.Content[0].Content[i].Value)
	}
	return keys
}

// read returns a file's bytes and whether it exists. Any other failure is
// kept as the loader's error.
func (l *loader) read(name string) ([]byte, bool) {
	if info, err := fs.Lstat(l.fsys, name); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		l.find("paths", name, 0, "put the file itself here", "this is a symbolic link; links are not followed")
		return nil, false
	}
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail("reading "+name, err)
	}
	return normal(data), err == nil
}
