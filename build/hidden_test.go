package build_test

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"fieldguide/build/sitetest"
)

const hiddenSite = `
-- content/site.yaml --
source: en
help: help
languages:
  - {code: en, name: English, dir: ltr}
  - {code: fr, name: Français, dir: ltr}
bundles:
  name: guide
  units:
    - {id: whole, formats: [zip, html, epub, zim]}
    - {id: part, folder: part, formats: [zip, html, epub, zim]}
    - {id: all, all: true, formats: [zip, zim]}
-- content/en/index.md --
---
title: Guide
summary: All of it.
kind: home
---
-- content/en/help.md --
---
title: Help
summary: Whom to ask.
---
-- content/en/search.md --
---
title: Search
summary: Find words.
kind: search
---
-- content/en/part/index.md --
---
title: A part
summary: Of the guide.
---
-- content/en/part/page.md --
---
title: A page
summary: With remarks.
order: 1
---
<!-- allow: figures — unseenword -->

Of 900 parrots <!-- unseenword --> in a row.

- one
  <!-- unseenword -->
- two

<!-- unseenword
unseenword -->

| a <!-- unseenword --> | b |
|---|---|
| c | d |

:::tip
<!-- unseenword -->
Words.
:::

## Below <!-- unseenword -->
-- content/fr/part/page.md --
---
title: Une page
summary: Avec des remarques.
---
<!-- allow: figures — unseenword -->

Ces 900 perroquets <!-- unseenword -->.

- un
- deux

| a | b |
|---|---|
| c | d |

:::tip
Mots.
:::

## Plus bas
-- content/en/part/between.md --
---
title: Unseenword title
summary: Unseenword summary.
order: 2
draft: true
---
The unseenword page.
-- content/en/part/zebra.md --
---
title: A zebra
summary: The last one.
order: 3
---
Stripes.
-- content/fr/part/zebra.md --
---
title: Unseenword
summary: Unseenword.
draft: true
---
Unseenword.
`

// What is written for people who write is in no output: comments, and drafts of pages and of translations. Words beside
// them are in the site, in every bundle and in the index of the search.
func TestCommentsAndDraftsAreInNoOutput(t *testing.T) {
	res, tree := sitetest.Build(t, sitetest.Alone(hiddenSite))
	if len(res.Findings) > 0 {
		t.Fatal(sitetest.Findings(res.Findings))
	}
	seen := map[string]bool{}
	look := func(name, kind string, data []byte) {
		if bytes.Contains(bytes.ToLower(data), []byte("unseenword")) {
			t.Errorf("%s has the word", name)
		}
		if bytes.Contains(bytes.ToLower(data), []byte("parrot")) {
			seen[kind] = true
		}
		if strings.Contains(name, "between") {
			t.Errorf("%s is made of a draft", name)
		}
	}
	for _, f := range tree.Files() {
		data, err := tree.ReadFile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		kind := path.Dir(f.Name)
		switch ext := path.Ext(f.Name); {
		case kind == "downloads" && ext != ".html":
			for name, data := range sitetest.Inside(ext, data) {
				look(f.Name+"/"+name, f.Name, data)
			}
		case kind == "downloads":
			look(f.Name, f.Name, data)
		default:
			look(f.Name, kind, data)
		}
	}
	if !finds(t, res, tree, "en", "parrot") || finds(t, res, tree, "en", "unseenword") {
		t.Error("the search finds the word, or not the one beside it")
	}
	for _, want := range []string{"en/part", "downloads/guide-all-all.zip", "downloads/guide-all-all.zim"} {
		if !seen[want] {
			t.Errorf("%s lacks the word beside it", want)
		}
	}
	for _, unit := range []string{"whole", "part"} {
		for _, format := range []string{"zip", "html", "epub", "zim"} {
			if name := "downloads/guide-en-" + unit + "." + format; !seen[name] {
				t.Errorf("%s lacks the word beside it", name)
			}
		}
	}
	// Neighbours pass over a draft, and a translation that is one does not count.
	page, _ := tree.ReadFile("en/part/page.html")
	if !bytes.Contains(page, []byte(`href="zebra.html"`)) {
		t.Errorf("the next page is not that after the draft:\n%s", page)
	}
	for _, p := range res.Pages {
		if want := map[string]int{"en": 0, "fr": 5}[p.Language]; p.Fallen != want {
			t.Errorf("%s: %d pages are not translated, want %d", p.Language, p.Fallen, want)
		}
	}
}
