package build_test

import (
	"bytes"
	"strings"
	"testing"

	"fieldguide/build/sitetest"
)

// A section of nine pages; the sixth has five parts, the story as many.
func section() string {
	var b strings.Builder
	b.WriteString(`
-- content/site.yaml --
source: en
url: https://example.org/
edition: "2026-11"
glossary: glossary
help: help
languages:
  - {code: en, name: English, dir: ltr, script: latn}
  - {code: ar, name: العربية, dir: rtl, script: arab}
kinds:
  story: {layout: page, whole: true}
-- content/en/ui.yaml --
title: Walks
-- content/ar/ui.yaml --
title: نزهات
-- content/en/terms.yaml --
bog: {term: Bog, meaning: Wet ground.}
brook: {term: Brook, meaning: A small river.}
tarn: {term: Tarn, meaning: A small lake.}
-- content/en/index.md --
---
title: Walks
summary: Home.
kind: home
---
-- content/en/help.md --
---
title: Help
summary: Help.
---
-- content/en/search.md --
---
title: Find
summary: Find.
kind: search
---
-- content/en/glossary.md --
---
title: Terms
summary: Terms.
kind: glossary
---
-- content/en/hills/index.md --
---
title: Hills
summary: Hills.
---
`)
	for _, n := range "123456789" {
		kind := "guide"
		if n == '7' {
			kind = "story"
		}
		b.WriteString("-- content/en/hills/walk-" + string(n) + ".md --\n---\ntitle: Walk " + string(n) +
			"\nsummary: A walk.\nkind: " + kind + "\n---\n")
		if n == '6' || n == '7' {
			b.WriteString("## Up\n\n## *Over* & out\n\n## Along\n\n| Day | Miles |\n|---|---|\n| One | 2 |\n\n" +
				"## Down\n\n## Home\n")
		}
	}
	return b.String()
}

// Readers find their way: from a page to its parts and to the pages around it, never
// to a list that grows with the section; to search, help and another language; from
// the chooser to help; and back to whoever mends the guide, by a code.
func TestReadersFindTheirWay(t *testing.T) {
	_, tree := sitetest.Build(t, sitetest.Alone(section()))
	for _, test := range []struct {
		page       string
		want, lack []string
	}{
		{"en/hills/walk-6.html", []string{
			`<li><a href="#up">Up</a></li>`, `<li><a href="#over-out">Over &amp; out</a></li>`,
			`<a href="walk-5.html" rel="prev">`, `<b aria-current="page">Walk 6</b>`,
			`<a href="walk-7.html" rel="next">`, `<li><a href="walk-8.html">Walk 8</a></li>`,
			`<table aria-labelledby="along">`, `<th scope="row">One</th>`,
			`<a href="../search.html">`, `<a class="help" href="../help.html">`,
			`<wbr>walk-6.html</bdi> · Page code: <bdi dir="ltr">`, "-en-202611</bdi>",
			`hreflang="x-default" href="https://example.org/en/hills/walk-6.html"`,
		}, []string{"walk-4.html", "walk-9.html"}},
		{"en/hills/walk-7.html", []string{`<b aria-current="page">Walk 7</b>`}, []string{`href="#up"`}},
		{"en/hills/walk-9.html", []string{`<a href="walk-8.html" rel="prev">`}, []string{`rel="next"`, `href="#` + `up"`}},
		{"ar/hills/walk-6.html", []string{`<ul lang="en" dir="ltr">`, "-ar-202611</bdi>"}, nil},
		{"en/glossary.html", []string{
			`<nav class="letters"`, `<a href="#az.1">B</a>`, `<a href="#az.2">T</a>`, `<h2 id="az.2">T</h2>`, `<dt id="tarn">`,
		}, []string{`<nav class="side"`, "az.3"}},
		{"en/index.html", []string{`hreflang="x-default" href="https://example.org/"`}, []string{`<nav class="side"`}},
		{"index.html", []string{
			`<a class="help" href="en/help.html" hreflang="en">Get help</a>`, `<a class="help" href="ar/help.html"`,
			`<link rel="alternate" hreflang="x-default" href="https://example.org/">`,
			`<link rel="alternate" hreflang="ar" href="https://example.org/ar/index.html">`,
		}, nil},
	} {
		html, err := tree.ReadFile(test.page)
		if err != nil {
			t.Errorf("%s: %v", test.page, err)
			continue
		}
		for _, want := range test.want {
			if !bytes.Contains(html, []byte(want)) {
				t.Errorf("%s lacks %s", test.page, want)
			}
		}
		for _, lack := range test.lack {
			if bytes.Contains(html, []byte(lack)) {
				t.Errorf("%s has %s", test.page, lack)
			}
		}
	}
}
