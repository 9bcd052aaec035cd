package search

import (
	"reflect"
	"testing"

	"fieldguide/build/cache"
	"fieldguide/build/letters"
)

// What is kept of a doc is all of it.
func TestDocIsKept(t *testing.T) {
	var seen letters.Seen
	seen.See("é字")
	doc := &Doc{path: "glossary.html#gaiter", title: "gaiter", way: "Glossary", summary: "It keeps stones out.",
		index: true, file: "content/en/glossary.md", term: "gaiter", finds: []string{"legging"},
		levels: []level{{word: "gaiter", level: 63}, {word: "字", level: 1}}, seen: seen}
	of := reflect.ValueOf(doc).Elem()
	for i := range of.NumField() {
		if of.Field(i).IsZero() {
			t.Errorf("%s is not tried", of.Type().Field(i).Name)
		}
	}
	var e cache.Encoder
	doc.Encode(&e)
	if got := DecodeDoc(&cache.Decoder{Data: e.Data}); !reflect.DeepEqual(got, doc) {
		t.Errorf("kept was %+v, which came back as %+v", doc, got)
	}
}
