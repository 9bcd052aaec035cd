package build_test

import (
	"context"
	"fmt"
	"log"

	"fieldguide/build"
	"fieldguide/build/output"

	"golang.org/x/tools/txtar"
)

// smallest is a site of one language and one page, with its layouts. A site on
// disk is opened with Sources, which lays it over the built-in layouts.
const smallest = `
-- content/site.yaml --
source: en
languages: [{code: en, name: English, dir: ltr}]
kinds: {index: {layout: page}}
-- content/en/ui.yaml --
title: A guide
words: {notes: Notes, note-back: Back, table: Table, blank: blank, ages-under: "under {n}", ages-range: "{from}–{to}"}
-- content/en/index.md --
---
title: Home
summary: The first page.
---
"Hello", said the goat.
-- layouts/base.html --
{{define "base"}}<html lang="{{.Code}}"><title>{{.Title}}</title>
{{template "main" .}}</html>
{{end}}
-- layouts/parts.html --
-- layouts/page.html --
{{define "main"}}<h{{.H 1}}>{{.Name}}</h{{.H 1}}>
{{.Body}}{{end}}
-- layouts/chooser.html --
{{define "base"}}{{range .Choosers false}}<a href="{{.Href}}">{{.Name}}</a>{{end}}{{end}}
-- layouts/not-found.html --
{{define "base"}}Not found{{end}}
`

func ExampleBuild() {
	folder, err := txtar.FS(txtar.Parse([]byte(smallest)))
	if err != nil {
		log.Fatal(err)
	}
	tree := output.Memory() // or output.Stage("public")
	res, err := build.Build(context.Background(), folder, tree, build.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, finding := range res.Findings {
		fmt.Println(finding)
	}
	page, err := tree.ReadFile("en/index.html")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s", page)
	// Output:
	// <html lang="en"><title>Home</title>
	// <h1>Home</h1>
	// <p>“Hello”, said the goat.</p>
	// </html>
}
