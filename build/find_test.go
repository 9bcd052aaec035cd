package build_test

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"fieldguide/build/sitetest"
)

// What stands under find: is in the search index and nowhere else: on no page
// and in no bundle. A translation has its own, and none of its source's.
func TestFindIsShownNowhere(t *testing.T) {
	_, tree := sitetest.Build(t, sitetest.Alone(`
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
		if len(in[word]) == 0 {
			t.Errorf("%q is found nowhere", word)
		}
	}
}
