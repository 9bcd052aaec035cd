package build_test

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/output"
	"fieldguide/build/search"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
)

// What stands under find: is in the search index and nowhere else: on no page
// and in no bundle. A translation has its own, and none of its source's.
func TestFindIsShownNowhere(t *testing.T) {
	res, tree := sitetest.Build(t, sitetest.Alone(`
-- content/site.yaml --
source: en
languages: [{code: en, name: English, dir: ltr}, {code: fr, name: Français, dir: ltr}]
bundles:
  name: walks
  units: [{id: all-of-it, formats: [zip, html, epub, zim]}]
-- content/en/ui.yaml --
title: Walks
-- content/fr/ui.yaml --
title: Marches
-- content/en/index.md --
---
title: Walks
summary: All walks.
find: [wanderlust]
---
-- content/fr/index.md --
---
title: Marches
summary: Toutes les marches.
find: [vagabond]
---
-- content/en/search.md --
---
title: Search
summary: Find a page.
kind: search
---
`))
	in := map[string][]string{"wanderlust": nil, "vagabond": nil}
	look := func(name string, data []byte) {
		for word := range in {
			if bytes.Contains(bytes.ToLower(data), []byte(word)) {
				in[word] = append(in[word], name)
			}
		}
	}
	bundles := 0
	for _, f := range tree.Files() {
		data, err := tree.ReadFile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		look(f.Name, data)
		if ext := path.Ext(f.Name); ext == ".zip" || ext == ".epub" || ext == ".zim" {
			bundles++
			for name, data := range sitetest.Inside(ext, data) {
				look(f.Name+" "+name, data)
			}
		}
	}
	if bundles == 0 {
		t.Error("no bundle was made")
	}
	for word, lang := range map[string]string{"wanderlust": "en", "vagabond": "fr"} {
		for _, name := range in[word] {
			if !strings.HasPrefix(name, lang+"/search/") {
				t.Errorf("%q is in %s", word, name)
			}
		}
		if !finds(t, res, tree, lang, word) {
			t.Errorf("%q is not found", word)
		}
	}
}

// finds reports whether the search of a language finds something.
func finds(t *testing.T, res *build.Result, tree *output.Tree, lang, query string) bool {
	t.Helper()
	read := func(name string) ([]byte, error) { return tree.ReadFile(lang + "/search/" + name) }
	at := slices.IndexFunc(res.Site.Languages, func(l *site.Language) bool { return l.Code == lang })
	x, err := search.Open(res.Site.Languages[at], read)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := x.Find(query, true)
	if err != nil {
		t.Fatal(err)
	}
	return len(docs) > 0
}
