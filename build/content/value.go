package content

import (
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

// value stores node n in v; key names it for people.
func (d *decoder) value(n *yaml.Node, v reflect.Value, key string) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.add(n, "write the value out", "YAML anchors and aliases are not read here")
		return
	}
	if n.Style&yaml.TaggedStyle != 0 {
		d.add(n, "remove the "+n.Tag, "YAML tags are not read here")
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
		d.add(n, "write it as "+example(fields), "%s, where keys with values are wanted", what(n))
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
		case item.Kind == yaml.ScalarNode && item.Value == "" && (fields[i].need != "" || k.Value == "url"):
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

// address reports whether n may be followed in the web.
func (d *decoder) address(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return true // if it is wrong, value says so
	}
	if t := Resolve(&site.Site{}, &site.Family{}, n.Value); strings.HasPrefix(strings.ToLower(t.URL), "http") {
		return true
	}
	d.add(n, `url: "https://example.org/page", with %20 for a space`, "the address %.80q is not one to follow", n.Value)
	return false
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

// example shows how a group is written: with the keys that it must have, or else
// with its first.
func example(fields []field) string {
	var keys []string
	for _, f := range fields {
		if f.need != "" {
			keys = append(keys, f.key+": …")
		}
	}
	if len(keys) == 0 {
		keys = append(keys, fields[0].key+": …")
	}
	return "{" + strings.Join(keys, ", ") + "}"
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

// field is a field of a struct that YAML can fill.
type field struct {
	key, need string
	also      []string // what other tools call it, in small letters
	alone     bool
	index     []int
}

// fieldsOf returns the fields of a struct that have a key, in their order.
func fieldsOf(t reflect.Type) []field {
	var list []field
	for _, f := range reflect.VisibleFields(t) {
		if key := f.Tag.Get("yaml"); key != "" && key != "-" {
			also := strings.Fields(f.Tag.Get("also"))
			list = append(list, field{key, f.Tag.Get("need"), also, f.Tag.Get("alone") != "", f.Index})
		}
	}
	return list
}

func keysOf(fields []field) []string {
	var keys []string
	for _, f := range fields {
		keys = append(keys, f.key)
	}
	return keys
}
