package content

import (
	"testing"

	"fieldguide/build/site"
)

// Each value of a YAML file has its place, and what is missing has that of what
// lacks it, however it is written.
func TestPlaces(t *testing.T) {
	const text = `# A comment
source: en
limits: {page: 1, "style": 2}
loads:
  - {kind: story, in: {ar: 7,
      zh: 14}}
  -  under: a

     sentence: >
       8
doors: [a, 'é', b]
`
	var in settings
	d := &decoder{check: "site", file: "site.yaml"}
	d.decode([]byte(text), &in)
	written := site.Outlines{"site.yaml": d.outline()}
	for _, test := range []struct {
		path       []any
		value, key string
		has        bool
	}{
		{at("source"), "2:9", "2:1", true},
		{at("limits"), "3:9", "3:1", true},
		{at("limits", "style"), "3:28", "3:19", true},
		{at("limits", "source"), "3:1", "3:1", false},
		{at("loads", 0), "5:5", "5:5", true},
		{at("loads", 0, "in", "zh"), "6:11", "6:7", true},
		{at("loads", 0, "band"), "5:5", "5:5", false},
		{at("loads", 1, "under"), "7:13", "7:6", true},
		{at("loads", 1, "sentence"), "9:16", "9:6", true},
		{at("loads", 2, "sentence"), "4:1", "4:1", false},
		{at("doors", 1), "11:12", "11:12", true},
		{at("doors", 2), "11:17", "11:17", true},
		{at("doors", "b"), "11:1", "11:1", false},
		{at("help"), "", "", false},
		{at("help", "page"), "", "", false},
		{at(), "2:1", "", true},
	} {
		place := func(want string) string {
			if want == "" {
				return "site.yaml"
			}
			return "site.yaml:" + want
		}
		if got := written.At("site.yaml", test.path...).String(); got != place(test.value) {
			t.Errorf("%v stands at %s, want %s", test.path, got, place(test.value))
		}
		if got := written.Key("site.yaml", test.path...).String(); got != place(test.key) {
			t.Errorf("the key of %v stands at %s, want %s", test.path, got, place(test.key))
		}
		if got := written.Has("site.yaml", test.path...); got != test.has {
			t.Errorf("%v is written: %v, want %v", test.path, got, test.has)
		}
	}
	if got := written.At("none.yaml", "a").String(); got != "none.yaml" || written.Has("none.yaml", "a") {
		t.Errorf("in a file that is not there, %s", got)
	}
}

// Front matter may begin anywhere and be written in many ways.
func TestFrontPlace(t *testing.T) {
	for _, test := range []struct{ text, title, second, missing string }{
		{"---\ntitle: A\ntopics: [a, b]\n---\n", "2:8", "3:13", "1"},
		{"\uFEFF---\r\ntitle: A\r\ntopics:\r\n- a\r\n- b\r\n---\r\n", "2:8", "5:3", "1"},
		{"\n\n---\n# A comment\ntitle: >\n  A\ntopics:\n  - a\n  # one more\n  - \"b\"\n---\n", "5:8", "10:5", "3"},
		{"---\n{title: A, topics: [a,\n b]}\n---\n", "2:9", "3:2", "1"},
		{"---\n---\n", "1", "1", "1"},
		{"---\ntitle: [\n---\n", "", "", ""},
		{"---\ntitle: A\n", "", "", ""},
		{"No front matter.", "", "", ""},
	} {
		for _, want := range []struct {
			place string
			path  []any
		}{{test.title, at("title")}, {test.second, at("topics", 1)}, {test.missing, at("kind")}} {
			place := "page.md"
			if want.place != "" {
				place += ":" + want.place
			}
			if got := FrontPlace("page.md", []byte(test.text), want.path...).String(); got != place {
				t.Errorf("%q: %v stands at %s, want %s", test.text, want.path, got, place)
			}
		}
	}
}
