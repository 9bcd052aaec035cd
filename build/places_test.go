package build_test

import (
	"path"
	"regexp"
	"testing"

	"fieldguide/build/output"
	"fieldguide/build/sitetest"
)

var (
	anID      = regexp.MustCompile(` id="([^"]*)"`)
	aPlace    = regexp.MustCompile(` href="#([^"]*)"`)
	aHeading  = regexp.MustCompile(`<h[23][^>]*>[^<]*`)
	inHeading = regexp.MustCompile(`^<h[23][^>]* id="`)
)

// On every page, and in a bundle of one file, no two places have one id, each
// link within the page has a place to go to, and every h2 and h3 can be linked to.
func TestEveryHeadingIsAPlace(t *testing.T) {
	t.Run("guide", func(t *testing.T) {
		_, tree := guide(t)
		checkPlaces(t, tree)
	})
	t.Run("names that layouts and notes want", func(t *testing.T) {
		_, tree := sitetest.Build(t, sitetest.Over(`
-- content/en/page.md --
---
title: Page
summary: A page whose headings are called as other places are.
---
A fact.[^1] Another.[^2]

## Note 1

### Note mark 1

## Text

## Languages

:::question
Why?
:::

## Question

:::tip {#note}
A tip.
:::

[^1]: One.
[^2]: Two.
`))
		checkPlaces(t, tree)
	})
}

func checkPlaces(t *testing.T, tree *output.Tree) {
	for _, f := range tree.Files() {
		if path.Ext(f.Name) != ".html" {
			continue
		}
		data, err := tree.ReadFile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		name, page := f.Name, string(data)
		ids := map[string]bool{}
		for _, m := range anID.FindAllStringSubmatch(page, -1) {
			if ids[m[1]] {
				t.Errorf("%s: two places are called %q", name, m[1])
			}
			ids[m[1]] = true
		}
		for _, m := range aPlace.FindAllStringSubmatch(page, -1) {
			if !ids[m[1]] {
				t.Errorf("%s: a link leads to the place %q, which is not there", name, m[1])
			}
		}
		for _, heading := range aHeading.FindAllString(page, -1) {
			if !inHeading.MatchString(heading) {
				t.Errorf("%s: no link can lead to %s", name, heading)
			}
		}
	}
}
