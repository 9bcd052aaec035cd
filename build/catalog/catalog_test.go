package catalog_test

import (
	"strings"
	"testing"

	"fieldguide/build/catalog"
)

// What is written is read: every unit with its words, its state, and the states of
// the pages that it was made from.
func TestCatalogsComeBack(t *testing.T) {
	c := sample()
	for format, read := range map[string]func() (*catalog.Came, int){
		"po": func() (*catalog.Came, int) {
			came, findings := catalog.ReadPO("a.po", c.PO())
			return came, len(findings)
		},
		"xliff": func() (*catalog.Came, int) {
			came, findings := catalog.ReadXLIFF("a.xliff", c.XLIFF())
			return came, len(findings)
		},
	} {
		came, findings := read()
		if findings > 0 || came.Target != "fr" {
			t.Errorf("%s: %d findings, language %q", format, findings, came.Target)
		}
		i := 0
		for _, p := range c.Pages {
			for _, u := range p.Units {
				s := came.Units[i]
				i++
				want := u.State
				switch {
				case want < catalog.Translated:
					want = catalog.Behind // all that somebody has to look at
				case format == "po":
					want = catalog.Translated
				}
				if s.ID != u.ID || s.Page != p.Path || s.Source != u.Message(u.Source) ||
					s.Target != u.Message(u.Target) || s.State != want {
					t.Errorf("%s: %s came back as %+v", format, u.ID, s)
				}
				if u == p.Units[0] && (s.Blob != p.Blob || s.OwnBlob != p.OwnBlob) {
					t.Errorf("%s: %s is made from %s and %s", format, u.ID, s.Blob, s.OwnBlob)
				}
			}
		}
		if i != len(came.Units) {
			t.Errorf("%s: %d units of %d", format, len(came.Units), i)
		}
	}
}

// What is wrong in a file is named with its line.
func TestWrongCatalogs(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"msgctxt \"a#1 p\"\nmsgid \"A\nmsgstr \"B\"\n", "a.po:2: error: this text has no quotation marks around it"},
		{"msgctxt \"a#1 p\"\nmsgid \"A\"\nmsgstr \"B \"c\"\"\n", "a.po:3: error: a quotation mark ends the text here"},
		{"msgctxt \"a#1 p\"\nmsgid \"A\"\nmsgstr \"B \\q\"\n", "a.po:3: error: a backslash has \"q\" after it"},
		{"msgctxt \"a\"\nmsgid \"A\"\nmsgstr \"B\"\n\nmsgctxt \"a\"\nmsgid \"A\"\nmsgstr \"C\"\n",
			"a.po:5: error: a is there twice, first in line 1"},
		{"msgid \"A\"\nmsgstr \"B\"\n", "a.po:1: error: this entry has no msgctxt"},
		{"msgctxt \"a\"\nmsgid \"A\"\nmsgid_plural \"As\"\nmsgstr[0] \"B\"\nmsgstr[1] \"C\"\n",
			"a.po:1: error: a has plural forms"},
		{"---\ntitle: A\n", "a.po:1: error: this is no line of a PO file: \"---\""},
		{"\"A\"\n", "a.po:1: error: this text belongs to nothing"},
		{"msgid \"\xff\"\n", "a.po:1: error: the file is not UTF-8"},
		{"<xliff version=\"1.2\"><file><body>\n<trans-unit>", "a.po:2: error: this is no XML that can be read"},
		{"<xliff version=\"2.0\"/>", "a.po:1: error: this is no file of XLIFF 1.2"},
		{"<xliff version=\"1.2\"><trans-unit id=\"a\"/>\n<trans-unit id=\"a\"/></xliff>",
			"a.po:2: error: a is there twice, first in line 1"},
		{"<xliff version=\"1.2\"><trans-unit/></xliff>", "a.po:1: error: this unit has no id"},
	} {
		read := catalog.ReadPO
		if strings.HasPrefix(c.text, "<") {
			read = catalog.ReadXLIFF
		}
		_, findings := read("a.po", []byte(c.text))
		if len(findings) == 0 || !strings.HasPrefix(findings[0].String(), c.want) {
			t.Errorf("%q: got %v, want %s", c.text, findings, c.want)
		}
	}
}
