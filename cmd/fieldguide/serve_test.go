package main

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/cache"
	"fieldguide/build/serve"
	"fieldguide/build/sitetest"
)

// previewed shows a site as serve does.
func previewed(t *testing.T, archive string) serve.Preview {
	t.Helper()
	e := &env{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard}
	p, err := e.preview(t.Context(), t.TempDir(), sitetest.Over(archive), &build.Memory{Store: cache.Memory()})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// texts are the findings of a page.
func texts(p serve.Preview, page string) (list []string) {
	for _, problem := range p.Problems {
		if slices.Contains(problem.Pages, page) {
			list = append(list, problem.Text)
		}
	}
	return list
}

const faulty = `
-- content/en/bad.md --
---
title: One
summary: One line.
---

# Oops

Text.
-- content/en/good.md --
---
title: Two
summary: One line.
---

Fine.
-- content/en/later.md --
---
title: Later
summary: Not ready.
draft: true
---

To [two](good.md).
`

// From the first start every page is shown that can be made, each with its own findings, in the languages that fall back
// to it too; drafts are pages.
func TestServeShowsWhatCanBeMade(t *testing.T) {
	p := previewed(t, faulty)
	if p.Broken {
		t.Fatal("an error in one page stops all")
	}
	for name, want := range map[string]int{"en/bad.html": 1, "fr/bad.html": 1, "en/good.html": 0, "en/later.html": 0, "index.html": 0} {
		if _, err := p.ReadFile(name); err != nil {
			t.Errorf("%s is not shown: %v", name, err)
		}
		if got := texts(p, name); len(got) != want || want > 0 && !strings.HasPrefix(got[0], "content/en/bad.md:6:1: error: ") {
			t.Errorf("%s has the findings %q, want %d", name, got, want)
		}
	}
}

// A link to a draft works in the preview, and is told.
func TestServeTellsOfLinksToDrafts(t *testing.T) {
	p := previewed(t, faulty+"-- content/en/to.md --\n---\ntitle: To\nsummary: It leads there.\n---\n[later](later.md)\n")
	page, err := p.ReadFile("en/to.html")
	if err != nil || !strings.Contains(string(page), `<a href="later.html">`) {
		t.Errorf("%v\n%s", err, page)
	}
	if got := texts(p, "en/to.html"); len(got) != 1 || !strings.Contains(got[0], "leads to a draft") {
		t.Errorf("%q", got)
	}
}

// The preview has pages for translators: a page beside its source, with what is wrong at its passage, and how all
// translations stand; each page of the site leads there.
func TestServeHelpsTranslators(t *testing.T) {
	p := previewed(t, faulty+"-- content/fr/good.md --\n---\ntitle: Deux\nsummary: Une ligne.\n---\n\n"+
		"Bien, [ici](lost.md).\n")
	for name, wants := range map[string][]string{
		"beside/fr/good.html": {"Fine.", "Bien, [ici]", "lost.md", "content/fr/good.md:6:7", `href="../../status/fr/"`,
			`href="../../beside/ar/good.html"`, "fieldguide sync good <span>--lang fr"},
		"beside/en/good.html": {"This is the source page", `aria-current="page"`},
		"beside/ar/good.html": {"There is no page in this language yet", "fieldguide new ar good"},
		"status/index.html":   {`href="fr/index.html"`, "العربية"},
		"status/fr/_top.html": {`href="../../beside/fr/good.html"`},
	} {
		page, err := p.Desk(name)
		if err != nil {
			t.Error(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(page), want) {
				t.Errorf("%s lacks %q\n%s", name, want, page)
			}
		}
	}
	for _, name := range []string{"beside/fr/nothing.html", "beside/../secret", "status/xx/index.html", "other"} {
		if _, err := p.Desk(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, want := range map[string]string{
		"fr/good.html": "beside/fr/good.html", "en/good.html": "beside/en/good.html", "index.html": "status/",
	} {
		if links := p.Links(name); len(links) == 0 || links[0].Desk != want {
			t.Errorf("%s leads to %v, want %s", name, links, want)
		}
	}
}

// While no page can be made, that is said.
func TestServeWithoutPages(t *testing.T) {
	for name, archive := range map[string]string{
		"settings": "-- content/site.yaml --\nsource: [en\n",
		"layout":   "-- layouts/base.html --\n{{define \"base\"}}{{if}}\n",
	} {
		p := previewed(t, archive)
		if !p.Broken || p.ReadFile != nil || len(p.Problems) == 0 || !p.Problems[0].Error {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if p := previewed(t, "-- layouts/page.html --\n{{define \"main\"}}{{.Nothing}}{{end}}\n"); p.Broken {
		t.Error("a layout that fails on some pages stops all")
	} else if _, err := p.ReadFile("en/children/index.html"); err != nil {
		t.Error(err)
	}
}
