package content

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
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
	data     []byte
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
	if err != nil && d.cutShort(data) {
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
		text, line, col, hint := misread(data, line, text)
		place.Line, place.Col = line+d.offset, col
		d.findings = append(d.findings, place.Find(site.Error, d.check, hint, "this is not valid YAML: %s", text))
		return false
	}
	if at := afterEnd(data); at >= 0 {
		place := site.Place{File: d.file, Line: 1 + bytes.Count(data[:at], []byte("\n")) + d.offset, Col: 1}
		d.findings = append(d.findings, place.Find(site.Error, d.check,
			"remove the line ...: nothing below it is read", "what follows ... is not read"))
	}
	d.data = data
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

func (d *decoder) add(n *yaml.Node, hint, format string, args ...any) {
	if comment := d.comment(n); comment != "" {
		hint, format, args = "put the words that hold the # between quotation marks",
			"what follows the # is not read: %.60q", []any{comment}
	}
	d.findings = append(d.findings, d.place(n).Find(site.Error, d.check, hint, format, args...))
}

// value stores node n in v; key names it for people.
func (d *decoder) value(n *yaml.Node, v reflect.Value, key string) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.add(n, "write the value out, or put it between quotation marks", "YAML anchors and aliases are not read here")
		return
	}
	if n.Style&yaml.TaggedStyle != 0 {
		d.add(n, "remove the "+n.Tag+", or put the value between quotation marks", "YAML tags are not read here")
		return
	}
	switch v.Kind() {
	case reflect.String, reflect.Int, reflect.Bool:
		d.scalar(n, v, key)
	case reflect.Interface:
		d.own(n, v, key)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			hint := "write it as [one, two]"
			if v.Type().Elem().Kind() == reflect.Struct {
				hint = "write lines below it, each such as - " + example(fieldsOf(v.Type().Elem()))
			}
			d.add(n, hint, "%swants a list", named(key))
			return
		}
		list, before := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)), len(d.findings)
		for i, item := range n.Content {
			d.value(item, list.Index(i), key)
		}
		if len(d.findings) == before || v.Type().Elem().Kind() == reflect.Struct {
			v.Set(list)
		}
	case reflect.Map:
		if n.Kind == yaml.MappingNode {
			v.Set(reflect.MakeMap(v.Type()))
		}
		d.mapping(n, func(k, item *yaml.Node) {
			e, before := reflect.New(v.Type().Elem()).Elem(), len(d.findings)
			d.value(item, e, k.Value)
			if len(d.findings) == before || e.Kind() == reflect.Struct {
				v.SetMapIndex(reflect.ValueOf(k.Value), e)
			}
		})
	case reflect.Struct:
		fields := fieldsOf(v.Type())
		alone := slices.IndexFunc(fields, func(f field) bool { return f.alone })
		if alone < 0 || n.Kind != yaml.ScalarNode {
			d.group(n, v)
			return
		}
		d.value(n, v.FieldByIndex(fields[alone].index), key)
	default:
		panic("content: cannot decode YAML into " + v.Type().String())
	}
}

// own stores what a site says in keys of its own: true and false, whole numbers as they are commonly written, and
// all else as text; lists and groups of them.
func (d *decoder) own(n *yaml.Node, v reflect.Value, key string) {
	of := reflect.TypeFor[string]()
	number, err := strconv.Atoi(n.Value)
	switch {
	case n.Kind == yaml.SequenceNode:
		of = reflect.TypeFor[[]any]()
	case n.Kind == yaml.MappingNode:
		of = reflect.TypeFor[map[string]any]()
	case n.Style == 0 && (n.Value == "true" || n.Value == "false"):
		of = reflect.TypeFor[bool]()
	case n.Style == 0 && err == nil && strconv.Itoa(number) == n.Value:
		of = reflect.TypeFor[int]()
	}
	value, before := reflect.New(of).Elem(), len(d.findings)
	if d.value(n, value, key); len(d.findings) == before {
		v.Set(value)
	}
}

// group stores the pairs of a mapping in the fields of a struct.
func (d *decoder) group(n *yaml.Node, v reflect.Value) {
	fields := fieldsOf(v.Type())
	if n.Kind != yaml.MappingNode {
		hint := "write it as " + example(fields)
		if n == d.doc.Content[0] {
			hint = "write lines such as " + strings.Trim(example(fields), "{}")
		}
		d.add(n, hint, "%s, where keys with values are wanted", what(n))
		return
	}
	written, strange := map[string]bool{}, false
	d.mapping(n, func(k, item *yaml.Node) {
		i := slices.IndexFunc(fields, func(f field) bool { return f.key == k.Value })
		if i < 0 {
			strange = true // a needed key, misspelt
			hint := "it can have " + strings.Join(keysOf(fields), ", ")
			known := slices.IndexFunc(fields, func(f field) bool { return slices.Contains(f.also, strings.ToLower(k.Value)) })
			if known >= 0 {
				hint = "it is called " + fields[known].key + " here"
			} else if near := site.Nearest(k.Value, keysOf(fields)); near != "" {
				hint = "did you mean " + near + "?"
			}
			d.add(k, hint, "unknown key %q", k.Value)
			if known >= 0 {
				d.rename(n, k, fields[known].key)
			}
			return
		}
		written[k.Value] = true
		switch {
		case item.Kind == yaml.ScalarNode && item.Value == "" && item.Anchor == "" &&
			item.Style&yaml.TaggedStyle == 0 && (fields[i].need != "" || k.Value == "url"):
			d.add(item, cmp.Or(fields[i].need, "remove the key"), "%shas no value", named(k.Value))
		case k.Value != "url" || d.address(item):
			d.value(item, v.FieldByIndex(fields[i].index), k.Value)
		}
	})
	for _, f := range fields {
		if f.need != "" && !written[f.key] && !strange {
			d.add(n, f.need, "key %q is missing", f.key)
		}
	}
}

// rename says that what was just found is mended when a key of a mapping has another name, unless that is there too.
func (d *decoder) rename(mapping, key *yaml.Node, name string) {
	for i := 0; i < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == name {
			return
		}
	}
	if at := d.place(key); key.Line > 0 && key.Style == 0 {
		d.findings[len(d.findings)-1].Mend = &site.Mend{Edits: []site.Edit{{Line: at.Line, Col: at.Col, EndLine: at.Line,
			EndCol: at.Col + utf8.RuneCountInString(key.Value), Text: name}}}
	}
}

// address reports whether n may be followed in the web.
func (d *decoder) address(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return true // if it is wrong, value says so
	}
	if t := Resolve(&site.Site{}, &site.Family{}, n.Value); strings.HasPrefix(strings.ToLower(t.URL), "http") {
		return true
	}
	d.add(n, cmp.Or(addressHint(n.Value), `url: "https://example.org/page", with %20 for a space`),
		"the address %.80q is not one to follow", n.Value)
	return false
}

// mapping calls visit for each pair of a mapping, refusing repeated keys.
func (d *decoder) mapping(n *yaml.Node, visit func(k, item *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		d.add(n, "write it as key: value", "%s, where keys with values are wanted", what(n))
		return
	}
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode || k.Tag == "!!merge" {
			d.add(k, "write it as key: value", "a key must be a plain word")
			continue
		}
		if line, twice := seen[k.Value]; twice {
			d.add(k, "keep one of the two", "key %q stands here and in line %d", k.Value, line+d.offset)
			continue
		}
		seen[k.Value] = k.Line
		visit(k, n.Content[i+1])
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, key string) {
	if n.Kind != yaml.ScalarNode {
		d.add(n, "write it as "+cmp.Or(key, "key")+": value", "%swants one value, not a list or a group", named(key))
		return
	}
	if n.Tag == "!!null" {
		d.add(n, "give it a value, or remove the key", "%shas no value", named(key))
		return
	}
	switch v.Kind() {
	case reflect.String:
		if d.check == "words" && n.Line > 0 && n.Style == 0 && strings.HasPrefix(n.LineComment, "#") {
			d.add(n, key+": "+strconv.Quote(n.Value+" "+n.LineComment)+"; a comment stands on a line of its own",
				"what follows the # is not read: %.60q", n.LineComment)
		}
		v.SetString(n.Value)
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		if err != nil {
			d.add(n, "digits alone, such as 3", "%swants a whole number, not %q", named(key), n.Value)
			return
		}
		v.SetInt(int64(i))
	case reflect.Bool:
		if n.Value != "true" && n.Value != "false" {
			d.add(n, "", "%swants true or false, not %q", named(key), n.Value)
			return
		}
		v.SetBool(n.Value == "true")
	}
}

// what says what stands in a wrong place.
func what(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode:
		return "here is a list"
	case n.Kind == yaml.ScalarNode && n.Value != "":
		return fmt.Sprintf("here is %.40q", n.Value)
	}
	return "here is nothing"
}

func named(key string) string {
	if key == "" {
		return "this "
	}
	return fmt.Sprintf("key %q ", key)
}
