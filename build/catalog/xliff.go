package catalog

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// xliffNamespace is that of XLIFF 1.2,
// http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html.
const xliffNamespace = "urn:oasis:names:tc:xliff:document:1.2"

// xliffStates are the words for the states of a unit.
var xliffStates = map[State]string{
	NoWords:    ` state="needs-translation"`,
	Behind:     ` state="needs-adaptation"`,
	Machine:    ` state="needs-review-translation"`,
	Translated: ` state="translated"`,
	Reviewed:   ` state="signed-off"`,
}

// XLIFF returns a catalog as XLIFF 1.2: a file element for each page. The source
// page is its skeleton; uid is the git blob id of that.
func (c *Catalog) XLIFF() []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<xliff version="1.2" xmlns="` + xliffNamespace + `">` + "\n")
	for _, p := range c.Pages {
		b.WriteString(`<file original="` + escaped(p.File) + `" source-language="` + escaped(c.Source) +
			`" target-language="` + escaped(c.Target) + `" datatype="plaintext" xml:space="preserve">` + "\n<header>\n" +
			`<skl><external-file href="` + escaped(p.File) + `" uid="` + escaped(p.Blob) + `"/></skl>` + "\n" +
			p.reference() + `<tool tool-id="fieldguide" tool-name="fieldguide"/>` + "\n</header>\n<body>\n")
		for _, u := range p.Units {
			u.xliff(&b)
		}
		b.WriteString("</body>\n</file>\n")
	}
	b.WriteString("</xliff>\n")
	return b.Bytes()
}

// reference names the translation as it was when it was exported.
func (p *Page) reference() string {
	if p.OwnBlob == "" {
		return ""
	}
	return `<reference><external-file href="` + escaped(p.OwnFile) + `" uid="` + escaped(p.OwnBlob) +
		`"/></reference>` + "\n"
}

func (u *Unit) xliff(b *bytes.Buffer) {
	approved := ""
	if u.State == Reviewed {
		approved = ` approved="yes"`
	}
	b.WriteString(`<trans-unit id="` + escaped(u.ID) + `"` + approved + ">\n<source>")
	xliffText(b, u.Source)
	b.WriteString("</source>\n<target" + xliffStates[u.State] + ">")
	xliffText(b, u.Target)
	b.WriteString("</target>\n")
	if u.Previous != nil {
		b.WriteString(`<alt-trans alttranstype="previous-version">` + "\n<source>")
		xliffText(b, u.Previous)
		b.WriteString("</source>\n<target>")
		xliffText(b, u.Target)
		b.WriteString("</target>\n</alt-trans>\n")
	}
	for _, group := range []struct {
		from  string
		notes []string
	}{{"glossary", u.Terms}, {"author", u.Notes}} {
		for _, note := range group.notes {
			b.WriteString(`<note from="` + group.from + `">` + escaped(note) + "</note>\n")
		}
	}
	b.WriteString("</trans-unit>\n")
}

func xliffText(b *bytes.Buffer, t Text) {
	for _, p := range t {
		if p.Place == 0 {
			b.WriteString(escaped(p.Words))
			continue
		}
		b.WriteString(`<x id="` + strconv.Itoa(p.Place) + `" ctype="x-` + p.What +
			`" equiv-text="` + escaped(p.Words) + `"/>`)
	}
}

// escaped is a text in XML; a line end stays one.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder does not fail
	return strings.NewReplacer("&#xA;", "\n", "&#x9;", "\t", "&#34;", "&quot;", "&#39;", "'").Replace(b.String())
}
