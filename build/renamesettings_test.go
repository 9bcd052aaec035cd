package build

import (
	"testing"
	"testing/fstest"

	"fieldguide/build/content"
)

// moved: grows in the form that it has; line ends stay, in site.yaml and in pages.
func TestAddMoved(t *testing.T) {
	const moved = "moved: # paths that pages had, to those that they have now\n"
	for before, want := range map[string]string{
		"source: en\n":                         "source: en\n\n" + moved + "  a: b\n  c/d: e\n",
		"source: en":                           "source: en\n\n" + moved + "  a: b\n  c/d: e\n",
		"moved:\n    x: y # why\n\nsource: en": "moved:\n    x: y # why\n    a: b\n    c/d: e\n\nsource: en",
		"moved: {x: y} # why\nsource: en\n":    "moved: {x: y, a: b, c/d: e} # why\nsource: en\n",
		"source: en\r\nmoved:\r\n  x: y\r\n":   "source: en\r\nmoved:\r\n  x: y\r\n  a: b\r\n  c/d: e\r\n",
	} {
		got, ok := addMoved([]byte(before), map[string]string{"c/d": "e", "a": "b"})
		if !ok || string(got) != want {
			t.Errorf("%q became %v %q, want %q", before, ok, got, want)
		}
	}
	for _, text := range []string{"moved: []\n", "moved: x\n", "{source: en}\n"} {
		if got, ok := addMoved([]byte(text), map[string]string{"a": "b"}); ok {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestRenameKeepsLineEnds(t *testing.T) {
	const settings = "source: en\r\nhelp: 'help'\r\nlanguages:\r\n- {code: en, name: English, dir: ltr}\r\n"
	page := func(text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\r\ntitle: x\r\nsummary: y\r\n---\r\n" + text)}
	}
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte(settings)}, "content/en/help.md": page("Ask.\r\n"),
		"content/en/index.md": page("See [help](help.md#now).\r\n\r\n- [more](help.md)\r\n"), "static/x": {}}
	r, err := Rename(content.Over(fsys, Over(fstest.MapFS{})), "help", "way-out")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"content/en/index.md": string(page("See [help](way-out.md#now).\r\n\r\n- [more](way-out.md)\r\n").Data),
		"content/site.yaml": "source: en\r\nhelp: 'way-out'\r\nlanguages:\r\n- {code: en, name: English, dir: ltr}\r\n\r\n" +
			"moved: # paths that pages had, to those that they have now\r\n  help: way-out\r\n",
	} {
		if got := string(r.Edits[name]); got != want {
			t.Errorf("%s:\n%q\nwant\n%q", name, got, want)
		}
	}
}
