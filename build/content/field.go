package content

import (
	"reflect"
	"strings"
	"sync"
)

// field is a field of a struct that YAML can fill.
type field struct {
	key, need string
	also      []string // what other tools call it, in small letters
	alone     bool
	index     []int
}

// fieldsOf returns the fields of a struct that have a key, in their order. They
// are looked up once.
func fieldsOf(t reflect.Type) []field {
	if list, known := fields.Load(t); known {
		return list.([]field)
	}
	list := findFields(t)
	fields.Store(t, list)
	return list
}

// fields holds what findFields returns, by type.
var fields sync.Map

func findFields(t reflect.Type) (list []field) {
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
