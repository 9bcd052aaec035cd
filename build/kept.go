package build

import (
	"io/fs"
	"maps"
	"slices"
	"sync"

	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/content"
	"fieldguide/build/render"
	"fieldguide/build/search"
	"fieldguide/build/site"
)

// kept knows what products depend on, and finds those that were made before.
//
// A Text depends on the family's files, on the names of the pages above it
// (which the search index shows) and on the settings: everything else that is
// read from the site's folder but is no page, and which pages there are. A Frame
// depends on its Text and on the words of the other families that it showed,
// which are known only when it was made once: so a Frame is kept in two steps,
// under its Text which families it asked, and under their words what it came to.
type kept struct {
	store    *cache.Store   // nil to keep nothing
	finds    *search.Memory // nil to remember nothing
	site     *site.Site
	settings cache.Key
	nosy     bool                 // frames show words that they do not tell of, so none is kept
	hashes   map[string]cache.Key // of files of pages
	words    []cache.Key          // by family's place: what others show of it
	place    map[*site.Family]int
}

// newKept prepares to find what was kept, nothing when the sources change while
// they are read. Errors are the machine's.
func newKept(m *Memory, fsys fs.FS, b *base) (*kept, error) {
	s := b.site
	k := &kept{site: s, nosy: b.render != nil && b.render.Nosy(), hashes: map[string]cache.Key{},
		place: map[*site.Family]int{}}
	if m == nil || m.Store == nil || b.sources == nil {
		return k, nil
	}
	k.store, k.settings, k.words = m.Store, b.settings, b.words
	if k.store.Lasts() && m.last == b {
		k.finds = m.find
	}
	for i, f := range s.Families {
		k.place[f] = i
		for _, p := range f.Pages {
			if p == nil {
				continue
			}
			var err error
			if k.hashes[p.File], err = m.Files.Hash(fsys, p.File); err != nil {
				return nil, err
			}
		}
	}
	return k, nil
}

// wordsOf is the hash of what others show of each family.
func wordsOf(s *site.Site) (list []cache.Key) {
	for _, f := range s.Families {
		words := cache.NewKey("words of a page")
		for _, p := range f.Pages {
			if p == nil {
				words.Int(0)
			} else {
				words.Int(1).String(p.Title).String(p.Short).String(p.Summary)
			}
		}
		list = append(list, words.Sum())
	}
	return list
}

// settingsOf is the hash of all that pages share: settings, words and data,
// layouts, style, drawings and files of static/, and which pages and drafts there are.
func settingsOf(b *base) cache.Key {
	key := cache.NewKey("settings and pages").Key(b.sources.shared)
	for _, f := range b.site.Families {
		key.String(f.Path).String(f.Kind.ID).String(f.Picture).Int(f.Order).Int(f.Minutes)
		key.Int(len(f.Rights)).Int(len(f.Groups)).Int(len(f.Topics))
		for _, article := range f.Rights {
			key.Int(article)
		}
		for _, word := range append(append([]string{}, f.Groups...), f.Topics...) {
			key.String(word)
		}
		if f.Band != nil {
			key.String(f.Band.ID)
		}
		for _, p := range f.Pages {
			if p == nil {
				key.Int(0)
			} else {
				key.String(p.File)
			}
		}
	}
	for _, draft := range slices.Sorted(maps.Keys(b.site.Drafts)) {
		key.String(draft)
	}
	return key.Sum()
}

// static returns a file of static/ as it is published.
func (k *kept) static(name string, data []byte) []byte {
	if k.store == nil || !render.IsScript(name) {
		return render.Static(name, data)
	}
	key := cache.NewKey("script").Bytes(data).Sum()
	small, known := k.store.Get(key)
	if !known {
		small = render.Static(name, data)
		k.store.Put(key, small)
	}
	return small
}

// textKey names the Text of a family.
func (k *kept) textKey(f *site.Family) cache.Key {
	if k.store == nil {
		return cache.Key{}
	}
	key := cache.NewKey("text").Key(k.settings).String(f.Path)
	for _, p := range f.Pages {
		if p == nil {
			key.Int(0)
		} else {
			key.Key(k.hashes[p.File]).String(p.Record)
		}
	}
	for _, fallen := range f.Fallen {
		key.String(fallen.Page.File).String(fallen.State)
	}
	for above := f.Parent; above != nil; above = above.Parent {
		key.Key(k.words[k.place[above]])
	}
	return key.Sum()
}

// looked reports whether a family's texts are those of the files that were looked at:
// nobody changed them before they were read.
func (k *kept) looked(f *site.Family, texts *content.Texts) bool {
	return !slices.ContainsFunc(f.Pages, func(p *site.Page) bool {
		return p != nil && k.hashes[p.File] != texts.Hash(p)
	})
}

// part is a part of what is kept, which has an entry of its own.
type part byte

const (
	bodyPart  part = iota + 1 // of a Text: what it says in a language
	docsPart                  // of a Text: what it puts into the index of a language
	askedPart                 // of a Text: which families the Frame around it asked for words
	pagesPart                 // of a Frame: the bytes of its pages
	statePart                 // of a Text: how its translations stand
	shardPart                 // of a search index: one of its files
	sizePart                  // of a picture or a sound: its bytes, in one of its sizes
)

// of names the n-th part of its kind of an entry, such as that in a language. It is
// the entry's own key but for three bytes: no two keys are so much alike by chance.
func (p part) of(key cache.Key, n int) cache.Key {
	key[0] ^= byte(p)
	key[1] ^= byte(n)
	key[2] ^= byte(n >> 8)
	return key
}

// past is what bundles may know. The maker makes again what was lost.
func (k *kept) past(m *maker) *bundle.Past {
	shared := cache.NewKey("shared by bundles").Key(k.settings)
	for _, words := range k.words {
		shared.Key(words)
	}
	var making sync.Mutex
	return &bundle.Past{
		Store:  k.store,
		Shared: shared.Sum(),
		Page: func(f *site.Family, words *site.Language) cache.Key {
			return k.hashes[f.Pages[words.Index].File]
		},
		Body: func(f *site.Family, words *site.Language) (*render.Body, error) {
			if body := k.body(k.textKey(f), words.Index); body != nil {
				return body, nil
			}
			making.Lock()
			defer making.Unlock()
			if m.index == nil { // nobody looks at what it puts there
				m.index = search.New(m.site, nil)
			}
			text, _, err := m.text(f)
			if err != nil {
				return nil, err
			}
			return text.Bodies[words.Index], nil
		},
	}
}
