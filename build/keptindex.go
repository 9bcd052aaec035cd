package build

import (
	"strings"

	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/site"
)

// indexKey names the search index of a language.
func (k *kept) indexKey(lang *site.Language) cache.Key {
	key := cache.NewKey("search index").Key(k.settings).String(lang.Code)
	for i, f := range k.site.Families {
		if p := f.Pages[lang.Index]; p != nil {
			key.Key(k.hashes[p.File])
		}
		if len(f.Children) > 0 || f.Path == k.site.Glossary {
			key.Key(k.words[i]) // its pages, or its terms, say that they lie below it
		}
	}
	return key.Sum()
}

// index holds the search index of a language when it was kept, and reports what
// was found in it and whether it was. Files that are there already, as has tells, are not read.
func (k *kept) index(lang *site.Language, has func(output.File) bool, hold holdFunc) (
	found []site.Finding, was bool, err error) {
	key := k.indexKey(lang)
	data, known := k.store.Get(key)
	if !known {
		return nil, false, nil
	}
	d := cache.Decoder{Data: data}
	var files []output.File
	var brings []bringFunc
	for i := range d.Count() {
		f := output.File{Name: d.Text(), Size: d.Int64()}
		copy(f.SHA256[:], d.Fixed(len(f.SHA256)))
		bring, can := k.bring(shardPart.of(key, i), []output.File{f}, has(f))
		if !can {
			return nil, false, nil
		}
		files, brings = append(files, f), append(brings, bring)
	}
	if found = decodeFindings(&d); !d.Done() {
		return nil, false, nil
	}
	for i, f := range files {
		if err := hold(f, func() ([]byte, error) { return brings[i](0) }); err != nil {
			return nil, false, err
		}
	}
	return found, true, nil
}

// holdFunc puts a file that was described into the tree.
type holdFunc func(f output.File, data func() ([]byte, error)) error

// shards takes in the files of a search index while they are put into the tree.
type shards struct {
	file  func(name string, data []byte) error // puts one
	kept  *kept
	lists map[string]*shardList // by language's code; nil to take in none
}

// shardList are the files of a language's index, each of which is kept already.
type shardList struct {
	key   cache.Key
	count int
	list  cache.Encoder
}

func (x *shards) put(name string, data []byte) error {
	code, _, _ := strings.Cut(name, "/")
	if l := x.lists[code]; l != nil {
		f := output.Describe(name, data)
		x.kept.store.Put(shardPart.of(l.key, l.count), data)
		l.count++
		l.list.Text(name)
		l.list.Int64(f.Size)
		l.list.Fixed(f.SHA256[:])
	}
	return x.file(name, data)
}

// keep keeps the index of a language, with what was found in it.
func (x *shards) keep(lang *site.Language, found []site.Finding) {
	if made := x.lists[lang.Code]; made != nil && made.count > 0 {
		var e cache.Encoder
		e.Int(made.count)
		e.Fixed(made.list.Data)
		encodeFindings(&e, found)
		x.kept.store.Put(made.key, e.Data)
		delete(x.lists, lang.Code)
	}
}
