package content

import (
	"bytes"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"fieldguide/build/site"

	"go.yaml.in/yaml/v3"
)

// decoder reads YAML strictly into Go values and keeps what it finds wrong,
// each with its true line and column.
//
// Unknown and repeated keys, wrong types, null, anchors, aliases and tags are
// findings, and so is a missing key whose field has a tag `need`: what to write
// there. A name in the tag `also` of a field is one that other tools give it: such
// a key can be mended. A single value may stand for a struct: it is that of the
// field with a tag `alone`. Scalars go into strings as they are written: `NO` stays
// NO and `010` stays 010. What stands under the key url of a struct must be an address
// that is safe to follow, by the rule for links in pages (see Resolve). What is
// wrong is a finding and is not stored, and neither is a list that holds it:
// items keep their numbers.
type decoder struct {
	check    string // name under which findings are reported
	file     string
	offset   int      // lines of the file before the YAML
	below    [][]byte // the same file in the layers below, the lowest first: keys that data lacks are theirs
	doc      *yaml.Node
	findings []site.Finding
}

// Scalar returns a text of one line as YAML has it after a key.
func Scalar(text string) string {
	out, err := yaml.Marshal(text)
	if err != nil || bytes.Count(out, []byte("\n")) > 1 {
		return strconv.Quote(text)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// decode reads data into the struct or map that v points to and reports
// whether nothing was wrong.
func (d *decoder) decode(data []byte, v any) bool {
	var doc yaml.Node
	err := yaml.Unmarshal(data, &doc)
	if (err != nil || len(doc.Content) > 0 && doc.Content[0].Kind == yaml.ScalarNode) && d.fullWidth(data) {
		return false
	}
	if err != nil {
		line, text := yamlError(err)
		if rest, ok := strings.CutPrefix(text, "unknown anchor '"); ok { // the library does not say where
			name, _, _ := strings.Cut(rest, "'")
			before, _, _ := bytes.Cut(data, []byte("*"+name))
			line = 1 + bytes.Count(before, []byte("\n"))
		}
		place := site.Place{File: d.file, Line: line + d.offset}
		d.findings = append(d.findings, place.Find(site.Error, d.check,
			`quote a value that holds a colon or begins with a special sign: title: "Yes: ask first"`,
			"this is not valid YAML: %s", text))
		return false
	}
	d.merge(&doc)
	d.doc = &doc
	to, before := reflect.ValueOf(v).Elem(), len(d.findings)
	switch {
	case len(doc.Content) > 0:
		d.value(doc.Content[0], to, "")
	case to.Kind() == reflect.Struct:
		d.group(&yaml.Node{Kind: yaml.MappingNode}, to)
	}
	return len(d.findings) == before
}

// wideKey is a key that ends in the colon of Chinese keyboards.
var wideKey = regexp.MustCompile(`(?m)^ *[a-z-]+：`)

// fullWidth reports the first colon of Chinese keyboards after a key, if there is one. Its mend takes all of them.
func (d *decoder) fullWidth(data []byte) bool {
	mend := &site.Mend{Opens: true}
	for _, m := range wideKey.FindAllIndex(data, -1) {
		start := bytes.LastIndexByte(data[:m[1]], '\n') + 1
		line, col := 1+bytes.Count(data[:m[1]], []byte("\n"))+d.offset, utf8.RuneCount(data[start:m[1]])
		text := ": "
		if strings.HasPrefix(string(data[m[1]:]), " ") {
			text = ":"
		}
		mend.Edits = append(mend.Edits, site.Edit{Line: line, Col: col, EndLine: line, EndCol: col + 1, Text: text})
	}
	if len(mend.Edits) == 0 {
		return false
	}
	first := site.Place{File: d.file, Line: mend.Edits[0].Line, Col: mend.Edits[0].Col}
	found := first.Find(site.Error, d.check, "write an ordinary colon and a space: key: value",
		"a full-width colon (：) ends no key")
	found.Mend = mend
	d.findings = append(d.findings, found)
	return true
}

// outline says where all that was decoded stands, nil when it is no YAML.
func (d *decoder) outline() *site.Outline {
	whole := site.Place{File: d.file, Line: d.offset} // of front matter, the line that opens it
	switch {
	case d.doc == nil:
		return nil
	case len(d.doc.Content) == 0:
		return &site.Outline{Key: whole, Value: whole, Parts: map[string]*site.Outline{}}
	}
	return d.part(d.doc.Content[0], whole)
}

func (d *decoder) part(n *yaml.Node, key site.Place) *site.Outline {
	o := &site.Outline{Key: key, Value: d.place(n)}
	switch n.Kind {
	case yaml.SequenceNode:
		o.Parts = make(map[string]*site.Outline, len(n.Content))
		for i, item := range n.Content {
			o.Parts[strconv.Itoa(i)] = d.part(item, d.place(item))
		}
	case yaml.MappingNode:
		o.Parts = make(map[string]*site.Outline, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			if k := n.Content[i]; o.Parts[k.Value] == nil {
				o.Parts[k.Value] = d.part(n.Content[i+1], d.place(k))
			}
		}
	}
	return o
}

// keys returns the keys of a mapping in the order they are written.
func (d *decoder) keys() (list []string) {
	if d.doc == nil || len(d.doc.Content) == 0 || d.doc.Content[0].Kind != yaml.MappingNode {
		return nil // decoding it has said so
	}
	for i := 0; i < len(d.doc.Content[0].Content); i += 2 {
		list = append(list, d.doc.Content[0].Content[i].Value)
	}
	return list
}

func (d *decoder) place(n *yaml.Node) site.Place {
	return site.Place{File: d.file, Line: n.Line + d.offset, Col: n.Column}
}

func (d *decoder) add(n *yaml.Node, hint, format string, args ...any) {
	d.findings = append(d.findings, d.place(n).Find(site.Error, d.check, hint, format, args...))
}

// yamlError takes the line out of a message of the YAML library:
// "yaml: line 3: mapping values are not allowed in this context".
func yamlError(err error) (line int, text string) {
	text = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		number, after, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			return n, after
		}
	}
	return 1, text
}
