package search_test

import (
	"fmt"
	"log"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/search"

	"golang.org/x/tools/txtar"
)

const kites = `
-- content/site.yaml --
source: en
languages: [{code: en, name: English, dir: ltr}]
kinds: {index: {}, guide: {}, search: {layout: search}}
-- content/en/index.md --
---
title: Home
summary: The first page.
---
-- content/en/search.md --
---
title: Search
summary: Find a page.
kind: search
---
-- content/en/kite.md --
---
title: Our kite
summary: A story.
---
The kite flies.
`

// A shard of words: each with the pages that hold it, and how much they are
// about it.
func Example() {
	folder, err := txtar.FS(txtar.Parse([]byte(kites)))
	if err != nil {
		log.Fatal(err)
	}
	s, _, err := content.Load(folder, nil)
	if err != nil {
		log.Fatal(err)
	}
	index := search.New(s, func(name string, data []byte) error {
		if strings.HasPrefix(name, "en/search/w") {
			fmt.Printf("%s\n%s", name, data)
		}
		return nil
	})
	var w markdown.Writer
	kite, lang := s.Family("kite"), s.Source
	texts, _, err := content.Read(folder, s, kite)
	if err != nil {
		log.Fatal(err)
	}
	text := w.Page(texts.Docs[lang.Index], markdown.Options{Language: lang})
	if err := index.Add(lang, index.Docs(kite, lang, text)); err != nil {
		log.Fatal(err)
	}
	if _, err := index.Close(s.Source); err != nil {
		log.Fatal(err)
	}
	// Output:
	// en/search/w0.js
	// fieldguide("w0","z8eL","\n0a 0D\n0flies 07\n0kite 0k\n0our 0h\n0story 0D\n0the 07\n")
}
