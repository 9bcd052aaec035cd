package catalog_test

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/catalog"
)

// rule says of an element of XLIFF 1.2 what it must have and what may stand in it,
// in this order: "x" once, "x?" at most once, "a|b*" any of them as often as one
// likes, "x+" once or more; "text" is words and the elements for placeholders.
// See https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
type rule struct {
	need, may string
	holds     []string
}

var xliffRules = map[string]rule{
	"xliff": {"version", "", []string{"file+"}},
	"file": {"original source-language datatype", "target-language space tool-id date",
		[]string{"header?", "body"}},
	"header":        {"", "", []string{"skl?", "phase-group?", "glossary|reference|count-group|note|tool*"}},
	"skl":           {"", "", []string{"external-file"}},
	"reference":     {"", "", []string{"external-file"}},
	"external-file": {"href", "uid crc", nil},
	"tool":          {"tool-id tool-name", "tool-version tool-company", nil},
	"body":          {"", "", []string{"group|trans-unit|bin-unit*"}},
	"trans-unit": {"id", "approved resname restype translate",
		[]string{"source", "seg-source?", "target?", "context-group|note|alt-trans*"}},
	"alt-trans": {"", "alttranstype origin tool-id",
		[]string{"source?", "seg-source?", "target+", "context-group|note*"}},
	"source": {"", "lang", []string{"text"}},
	"target": {"", "lang state state-qualifier", []string{"text"}},
	"note":   {"", "from priority annotates lang", []string{"text"}},
	"x":      {"id", "ctype equiv-text clone", nil},
}

// xliffValues are what attributes can be; others begin with x-.
var xliffValues = map[string]string{
	"version":  "1.2",
	"datatype": "plaintext",
	"approved": "yes no",
	"state": "final needs-adaptation needs-l10n needs-review-adaptation needs-review-l10n needs-review-translation " +
		"needs-translation new signed-off translated",
	"alttranstype": "proposal previous-version rejected reference accepted",
	"ctype":        "image pb lb",
	"space":        "default preserve",
}

// element is one of a file.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

// broken returns what breaks the rules of XLIFF 1.2 in a file.
func broken(data []byte) (problems []string) {
	var root element
	if err := xml.Unmarshal(data, &root); err != nil {
		return []string{err.Error()}
	}
	if root.XMLName.Local != "xliff" || root.XMLName.Space != "urn:oasis:names:tc:xliff:document:1.2" {
		problems = append(problems, "the root is "+root.XMLName.Local)
	}
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	var look func(e *element)
	look = func(e *element) {
		name := e.XMLName.Local
		r, known := xliffRules[name]
		if !known {
			say("there is no element %s", name)
			return
		}
		has := map[string]string{}
		for _, a := range e.Attrs {
			has[a.Name.Local] = a.Value
			if a.Name.Local != "xmlns" && !slices.Contains(strings.Fields(r.need+" "+r.may), a.Name.Local) {
				say("%s cannot have %s", name, a.Name.Local)
			}
			values, listed := xliffValues[a.Name.Local]
			if listed && !slices.Contains(strings.Fields(values), a.Value) && !strings.HasPrefix(a.Value, "x-") {
				say("%s of %s cannot be %q", a.Name.Local, name, a.Value)
			}
		}
		for _, need := range strings.Fields(r.need) {
			if has[need] == "" {
				say("%s lacks %s", name, need)
			}
		}
		if !fits(e, r.holds) {
			say("%s holds what it cannot, or in another order", name)
		}
		ids := map[string]bool{}
		for i := range e.Children {
			c := &e.Children[i]
			look(c)
			for _, a := range c.Attrs {
				if a.Name.Local == "id" && name == "body" {
					if ids[a.Value] {
						say("two units have the id %q", a.Value)
					}
					ids[a.Value] = true
				}
			}
		}
		if name == "trans-unit" && len(e.Children) > 1 {
			source, target := codes(&e.Children[0]), codes(&e.Children[1])
			for id, n := range target {
				if n > 1 || source[id] == 0 {
					say("the target of %s has x %s, %d in the source", has["id"], id, source[id])
				}
			}
		}
	}
	look(&root)
	return problems
}

// codes counts the placeholders of a text.
func codes(e *element) map[string]int {
	n := map[string]int{}
	for _, c := range e.Children {
		for _, a := range c.Attrs {
			if a.Name.Local == "id" {
				n[a.Value]++
			}
		}
	}
	return n
}

// fits reports whether what an element holds is in the order that is wanted.
func fits(e *element, holds []string) bool {
	if len(holds) == 1 && holds[0] == "text" {
		return !slices.ContainsFunc(e.Children, func(c element) bool { return c.XMLName.Local != "x" })
	}
	if strings.TrimSpace(e.Text) != "" {
		return false
	}
	at := 0
	for _, want := range holds {
		names := strings.Split(strings.TrimRight(want, "?*+"), "|")
		n := 0
		for at < len(e.Children) && slices.Contains(names, e.Children[at].XMLName.Local) {
			n++
			at++
		}
		switch want[len(want)-1] {
		case '?':
			if n > 1 {
				return false
			}
		case '+':
			if n == 0 {
				return false
			}
		case '*':
		default:
			if n != 1 {
				return false
			}
		}
	}
	return at == len(e.Children)
}

// TestXLIFFRules holds what is written against the rules of XLIFF 1.2, and the
// rules against files that break them.
func TestXLIFFRules(t *testing.T) {
	data := string(sample().XLIFF())
	if problems := broken([]byte(data)); len(problems) > 0 {
		t.Errorf("%v in\n%s", problems, data)
	}
	for _, wrong := range [][2]string{
		{`version="1.2"`, `version="2.0"`}, {` datatype="plaintext"`, ""}, {`state="translated"`, `state="done"`},
		{"<header>", "<header><note>a</note>"}, {`<x id="1"`, "<x"}, {"<source>", "<source><b>a</b>"},
		{`alttranstype="previous-version"`, `alttranstype="old"`}, {`id="a#2 p"`, `id="a#title"`},
		{"</xliff>", ""}, {`<tool tool-id="fieldguide"`, "<tool"}, {"urn:oasis:names:tc:xliff:document:1.2", "urn:x"},
	} {
		if !strings.Contains(data, wrong[0]) {
			t.Fatalf("%q is not in\n%s", wrong[0], data)
		}
		if len(broken([]byte(strings.Replace(data, wrong[0], wrong[1], 1)))) == 0 {
			t.Errorf("%q in the place of %q breaks no rule", wrong[1], wrong[0])
		}
	}
}

// sample is a catalog with a unit of every kind and state.
func sample() *catalog.Catalog {
	words := func(s string) catalog.Text { return catalog.Text{{Words: s}} }
	place := func(before, after string) catalog.Text {
		return catalog.Text{{Words: before}, {Words: "b.md?x=\"1\"&y", Place: 1, What: "address"}, {Words: after}}
	}
	return &catalog.Catalog{Title: "A \"guide\"", Source: "en", Target: "fr", Pages: []*catalog.Page{
		{Path: "a", File: "content/en/a.md", Blob: strings.Repeat("1", 40),
			OwnFile: "content/fr/a.md", OwnBlob: strings.Repeat("2", 40),
			Units: []*catalog.Unit{
				{ID: "a#title", Source: words("A & b <c>"), Target: words("A & b <c>"), State: catalog.Translated},
				{ID: "a#1 p", Source: place("See {this} [", ")."), Target: place("Voir {ceci} [", ")."), State: catalog.Behind,
					Previous: words("See that {1}"), Notes: []string{"Calm -- like\na friend"}, Terms: []string{"x = y"}},
				{ID: "a#2 p", Source: words("One\ntwo\n\nthree\t\\ \"four\""), Target: words("Un\ndeux"), State: catalog.Machine},
				{ID: "a#3 code", Source: words("code {1}\n"), State: catalog.NoWords},
				{ID: "a#4 p", Source: words("Same"), Target: words("Pareil"), State: catalog.Reviewed},
				{ID: "a#5 p", Source: words("Same"), Target: words("Même"), State: catalog.Reviewed},
			}},
		{Path: "d/e", File: "content/en/d/e.md", Blob: strings.Repeat("3", 40),
			Units: []*catalog.Unit{{ID: "d/e#title", Source: words("E"), State: catalog.NoWords}}},
	}}
}
