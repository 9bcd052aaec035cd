package content

import (
	"maps"
	"slices"

	"fieldguide/build/cache"
)

// Kinds of value that a site says in keys of its own, as notes of files have them.
const (
	ownNothing = iota
	ownText
	ownNumber
	ownBool
	ownList
	ownGroup
)

// encodeOwn writes a value in a form that decodeOwn reads.
func encodeOwn(e *cache.Encoder, value any) {
	switch v := value.(type) {
	case string:
		e.Byte(ownText)
		e.Text(v)
	case int:
		e.Byte(ownNumber)
		e.Int64(int64(v))
	case bool:
		e.Byte(ownBool)
		e.Bool(v)
	case []any:
		e.Byte(ownList)
		e.Int(len(v))
		for _, item := range v {
			encodeOwn(e, item)
		}
	case map[string]any:
		if v == nil {
			e.Byte(ownNothing)
			return
		}
		e.Byte(ownGroup)
		e.Int(len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			e.Text(key)
			encodeOwn(e, v[key])
		}
	}
}

func decodeOwn(d *cache.Decoder) any {
	switch kind := d.Byte(); kind {
	case ownNothing:
		return nil
	case ownText:
		return d.Text()
	case ownNumber:
		return int(d.Int64())
	case ownBool:
		return d.Bool()
	case ownList:
		list := []any{}
		for range d.Count() {
			list = append(list, decodeOwn(d))
		}
		return list
	case ownGroup:
		group := map[string]any{}
		for range d.Count() {
			key := d.Text()
			group[key] = decodeOwn(d)
		}
		return group
	}
	d.Bad = true
	return nil
}

// inheritOwn returns the keys that a translation says itself, and those of its source page that it does not.
func inheritOwn(own, source map[string]any) map[string]any {
	if len(own) == 0 {
		return source
	}
	all := maps.Clone(source)
	if all == nil {
		return own
	}
	maps.Copy(all, own)
	return all
}
