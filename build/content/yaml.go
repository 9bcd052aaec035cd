package content

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"fieldguide/build/site"

	"go.yaml.in/yaml/v3"
)

// decoder reads YAML strictly into Go values and keeps what it finds wrong,
// each with its true line and column.
//
// A struct with a field Line is told where it stands. Unknown and repeated keys, wrong types, null, anchors, aliases and tags are
// findings. Scalars go into strings as they are written: `NO` stays NO and
// `010` stays 010. What stands under the key url of a struct must be an address
// that is safe to follow, by the rule for links in pages (see Resolve); another
// one is a finding and is not stored.
type decoder struct {
	check    string // name under which findings are reported
	file     string
	offset   int      // lines of the file before the YAML
	below    [][]byte // the same file in the layers below, the lowest first: keys that data lacks are theirs
	findings []site.Finding
}

// decode reads data into the struct or map that v points to and reports
// whether nothing was wrong.
func (d *decoder) decode(data []byte, v any) bool {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		line, text := yamlError(err)
		if rest, ok := strings.CutPrefix(text, "unknown anchor '"); ok { // the library does not say where
			name, _, _ := strings.Cut(rest, "'")
			before, _, _ := bytes.Cut(data, []byte("*"+name))
			line = 1 + bytes.Count(before, []byte("\n"))
		}
		d.findings = append(d.findings, site.Finding{File: d.file, Line: line + d.offset, Level: site.Error, Check: d.check,
			Message: "this is not valid YAML: " + text, Hint: "quote a value that holds a colon or begins with a special sign: title: \"Yes: ask first\""})
		return false
	}
	d.merge(&doc)
	if len(doc.Content) == 0 {
		return true
	}
	before := len(d.findings)
	d.value(doc.Content[0], reflect.ValueOf(v).Elem(), "")
	return len(d.findings) == before
}

// merge adds to a document the keys that only the layers below have. They stand
// in another file, so they have no line.
func (d *decoder) merge(doc *yaml.Node) {
	for i := len(d.below) - 1; i >= 0; i-- {
		var lower yaml.Node
		if yaml.Unmarshal(d.below[i], &lower) != nil || len(lower.Content) == 0 {
			continue // whoever writes that layer is told of it
		}
		if len(doc.Content) == 0 {
			*doc = lower
			unplace(doc)
			continue
		}
		mergeKeys(doc.Content[0], lower.Content[0])
	}
}

// mergeKeys adds the keys of a mapping that upper lacks, at any depth. Lists
// and single values are upper's.
func mergeKeys(upper, lower *yaml.Node) {
	if upper.Kind != yaml.MappingNode || lower.Kind != yaml.MappingNode {
		return
	}
	have := map[string]*yaml.Node{}
	for i := 0; i+1 < len(upper.Content); i += 2 {
		have[upper.Content[i].Value] = upper.Content[i+1]
	}
	for i := 0; i+1 < len(lower.Content); i += 2 {
		if value := have[lower.Content[i].Value]; value != nil {
			mergeKeys(value, lower.Content[i+1])
			continue
		}
		unplace(lower.Content[i])
		unplace(lower.Content[i+1])
		upper.Content = append(upper.Content, lower.Content[i], lower.Content[i+1])
	}
}

func unplace(n *yaml.Node) {
	n.Line, n.Column = 0, 0
	for _, part := range n.Content {
		unplace(part)
	}
}

func (d *decoder) add(n *yaml.Node, hint, format string, args ...any) {
	d.findings = append(d.findings, site.Finding{File: d.file, Line: n.Line + d.offset, Col: n.Column,
		Level: site.Error, Check: d.check, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// value stores node n in v; key names it for people.
func (d *decoder) value(n *yaml.Node, v reflect.Value, key string) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.add(n, "write the value out", "YAML anchors and aliases are not read here")
		return
	}
	if n.Style&yaml.TaggedStyle != 0 {
		d.add(n, "leave the "+n.Tag+" away", "YAML tags are not read here")
		return
	}
	switch v.Kind() {
	case reflect.String, reflect.Int, reflect.Bool:
		d.scalar(n, v, key)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.add(n, "write it as [one, two]", "%swants a list", named(key))
			return
		}
		for _, item := range n.Content {
			e, before := reflect.New(v.Type().Elem()).Elem(), len(d.findings)
			d.value(item, e, key)
			if len(d.findings) == before || e.Kind() == reflect.Struct { // a wrong word is left out, so that it is found once
				v.Set(reflect.Append(v, e))
			}
		}
	case reflect.Map:
		d.mapping(n, key, func(k, item *yaml.Node) {
			if v.IsNil() {
				v.Set(reflect.MakeMap(v.Type()))
			}
			e := reflect.New(v.Type().Elem()).Elem()
			d.value(item, e, k.Value)
			v.SetMapIndex(reflect.ValueOf(k.Value), e)
		})
	case reflect.Struct:
		if line := v.FieldByName("Line"); line.IsValid() {
			line.SetInt(int64(n.Line + d.offset))
		}
		d.mapping(n, key, func(k, item *yaml.Node) {
			if field, ok := fieldOf(v, k.Value); ok {
				if k.Value != "url" || d.address(item) {
					d.value(item, field, k.Value)
				}
				return
			}
			hint := "it can have " + strings.Join(keysOf(v.Type()), ", ")
			if near := site.Nearest(k.Value, keysOf(v.Type())); near != "" {
				hint = "did you mean " + near + "?"
			}
			d.add(k, hint, "unknown key %q", k.Value)
		})
	default:
		panic("content: cannot decode YAML into " + v.Type().String())
	}
}

// address reports whether n may be followed in the web. It may be empty.
func (d *decoder) address(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || n.Value == "" {
		return true // if it is wrong, value says so
	}
	if t := Resolve(&site.Site{}, &site.Family{}, n.Value); strings.HasPrefix(strings.ToLower(t.URL), "http") {
		return true
	}
	d.add(n, `url: "https://example.org/page", with %20 for a space`, "the address %.80q is not one to follow", n.Value)
	return false
}

// mapping calls visit for each pair of a mapping, refusing repeated keys.
func (d *decoder) mapping(n *yaml.Node, key string, visit func(k, item *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		d.add(n, "write it as key: value", "%swants keys with values", named(key))
		return
	}
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode || k.Tag == "!!merge" {
			d.add(k, "", "a key must be a plain word")
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
		d.add(n, "", "%swants one value, not a list or a group", named(key))
		return
	}
	if n.Tag == "!!null" {
		d.add(n, "give it a value or leave the key away", "%shas no value", named(key))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		if err != nil {
			d.add(n, "", "%swants a whole number, not %q", named(key), n.Value)
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

func named(key string) string {
	if key == "" {
		return "this "
	}
	return fmt.Sprintf("key %q ", key)
}

// fieldOf finds the field with a yaml key, looking into embedded structs.
func fieldOf(v reflect.Value, key string) (reflect.Value, bool) {
	t := v.Type()
	for i := range t.NumField() {
		if t.Field(i).Anonymous {
			if f, ok := fieldOf(v.Field(i), key); ok {
				return f, true
			}
		} else if t.Field(i).Tag.Get("yaml") == key {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		if t.Field(i).Anonymous {
			keys = append(keys, keysOf(t.Field(i).Type)...)
		} else if key := t.Field(i).Tag.Get("yaml"); key != "" && key != "-" {
			keys = append(keys, key)
		}
	}
	return keys
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
