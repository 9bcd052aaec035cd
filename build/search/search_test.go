package search_test

import (
	"slices"
	"strings"
	"testing"

	"fieldguide/build/search"
	"fieldguide/build/sitetest"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"Get help!":             "get help",
		"网络欺凌, a":               "网络 络欺 欺凌 凌 a",
		"9岁以下":                  "9 岁以 以下 下",
		"隐":                     "隐",
		"l’école":               "l ecole",
		" – ":                   "",
		"abc网络def":              "abc 网络 络 def",
		strings.Repeat("a", 50): strings.Repeat("a", 30),
	} {
		if got := strings.Join(search.Tokens(text), " "); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestKeysAreOrderedAsInJavaScript(t *testing.T) {
	keys := []string{"𝒳", "ﬀ", "z", "a", "aa", "ab", "é", "\uFFFD", "a*", ""}
	slices.SortFunc(keys, search.Compare)
	if got, want := strings.Join(keys, " "), " a a* aa ab z é 𝒳 ﬀ \uFFFD"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What these little sites hold is found, and what is hidden, not translated
// or gone is not.
func TestLittleSite(t *testing.T) {
	const sources = `
-- content/site.yaml +
-- content/en/search.md --
---
title: Find a page
summary: All pages.
kind: search
---
-- content/en/kite.md --
---
title: Our kite </script>
summary: A "story".
---
## The wind

Juma & Lina fly it.`
	fsys := sitetest.Over(strings.TrimPrefix(sources, "\n-- content/site.yaml +\n"))
	settings := string(fsys["content/site.yaml"].Data)
	fsys["content/site.yaml"].Data = []byte(strings.Replace(settings, "  guide: {layout: page}\n", "  guide: {layout: page}\n  search: {layout: search}\n  secret: {layout: page, hidden: true}\n", 1))
	terms := fsys["content/fr/terms.yaml"]
	terms.Data = append(terms.Data, "  find: [leurre]\n"...)
	fsys["layouts/search.html"] = sitetest.Over("-- a --\n{{define \"main\"}}{{range .AZ}}<h2>{{.Name}}</h2>{{range .List}}<a href=\"{{.Href}}\">{{.Name}}</a>{{end}}{{end}}{{end}}")["a"]
	res, tree := sitetest.Build(t, fsys)

	en := openIndex(t, tree, res.Site.Source)
	for query, want := range map[string][]string{
		"juma":     {"kite.html"},
		"WIND":     {"kite.html"}, // not "winning"
		"script":   {"kite.html"},
		"find":     {"kite.html"}, // one letter from wind; not the search page itself
		"groom":    {"glossary.html#grooming"},
		"kite win": {"kite.html"},
	} {
		if got := en.find(query); !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	fr := openIndex(t, tree, res.Site.Languages[1])
	if got := fr.find("juma"); len(got) > 0 {
		t.Errorf("a page that is not translated is found: %q", got)
	}
	for _, called := range []string{"manipulation", "leurre"} {
		if got := fr.find(called); !slices.Equal(got, []string{"glossary.html#grooming"}) {
			t.Errorf("%q, as a term is called, finds %q", called, got)
		}
	}
	data, err := tree.ReadFile("en/search/d0.js")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "<") {
		t.Errorf("< is not escaped in %s", data)
	}
	page, err := tree.ReadFile("en/search.html")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), `<h2>G</h2><a href="help.html">Get help</a><a href="glossary.html">Glossary</a><a href="glossary.html#grooming">grooming</a>`) {
		t.Errorf("the list from A to Z is not as expected:\n%s", page)
	}

	delete(fsys, "content/en/kite.md")
	fsys["content/en/plain.md"] = sitetest.Over("-- a --\n---\ntitle: Plain\nsummary: Dull.\nkind: secret\n---\nHidden words.\n")["a"]
	_, tree = sitetest.Build(t, fsys)
	en = openIndex(t, tree, res.Site.Source)
	for _, gone := range []string{"juma", "hidden", "dull"} {
		if got := en.find(gone); len(got) > 0 {
			t.Errorf("%q still finds %q", gone, got)
		}
	}

	delete(fsys, "content/en/search.md")
	_, tree = sitetest.Build(t, fsys)
	for _, f := range tree.Files() {
		if strings.Contains(f.Name, "search/") {
			t.Errorf("%s is made without a search page", f.Name)
		}
	}
}

// What is typed on the keys of another keyboard is read as typed on the right
// ones, but not where a word of it is known as it stands.
func TestOtherKeyboard(t *testing.T) {
	g := the(t)
	for _, lang := range g.Languages {
		if lang.Code != "ru" {
			continue
		}
		x := openIndex(t, g.tree, lang)
		for typed, meant := range map[string]string{
			"vtyz ,m.n d irjkt": "меня бьют в школе", // signs of the keys are no ends of words
			"GFHJKM":            "ПАРОЛЬ",
			"uhevbyu":           "груминг",
			"deepfake ajnj":     "deepfake",
			"ajnj grooming":     "grooming",
		} {
			if got, want := x.find(typed), x.find(meant); len(got) == 0 || !slices.Equal(got, want) {
				t.Errorf("%s: %q finds %q, %q finds %q", lang.Code, typed, got, meant, want)
			}
		}
	}
}

// The same content gives the same bytes, however many workers make it.
func TestWorkersDoNotMatter(t *testing.T) {
	if !slices.Equal(the(t).tree.Files(), buildWith(t, 5)) {
		t.Error("five workers make other files")
	}
}
