package build

import (
	"errors"
	"io/fs"
	"strings"
	"sync"

	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/check"
	"fieldguide/build/output"
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
	store    *cache.Store // nil to keep nothing
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
	k := &kept{site: s, nosy: b.render.Nosy(), hashes: map[string]cache.Key{}, place: map[*site.Family]int{}}
	if m == nil || m.Store == nil || b.sources == nil {
		return k, nil
	}
	k.store, k.settings = m.Store, settingsOf(b)
	for i, f := range s.Families {
		k.place[f] = i
		words := cache.NewKey("words of a page")
		for _, p := range f.Pages {
			if p == nil {
				words.Int(0)
				continue
			}
			words.Int(1).String(p.Title).String(p.Short).String(p.Summary)
			var err error
			if k.hashes[p.File], err = m.Files.Hash(fsys, p.File); err != nil {
				return nil, err
			}
		}
		k.words = append(k.words, words.Sum())
	}
	return k, nil
}

// settingsOf is the hash of all that pages share: settings, words and data,
// layouts, style, drawings and files of static/, and which pages there are.
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
	return key.Sum()
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
			key.Key(k.hashes[p.File])
		}
	}
	for above := f.Parent; above != nil; above = above.Parent {
		key.Key(k.words[k.place[above]])
	}
	return key.Sum()
}

// wants says what of a Text is wanted: what it says costs time to read.
type wants struct {
	bodies bool
	docs   []bool // by language
}

// text returns of a Text that was kept what is wanted, and whether there is one.
func (k *kept) text(key cache.Key, want wants) (t Text, known bool) {
	data, known := k.store.Get(key)
	if !known {
		return t, false
	}
	d := cache.Decoder{Data: data}
	n := len(k.site.Languages)
	t.Bodies, t.Docs = make([]*render.Body, n), make([][]*search.Doc, n)
	t.Facts = check.DecodeFacts(&d)
	t.Findings = decodeFindings(&d)
	for i := range n {
		switch own := d.Bool(); {
		case own && want.bodies:
			t.Bodies[i] = k.body(key, i)
			known = known && t.Bodies[i] != nil
		case own:
			k.store.Touch(bodyPart.of(key, i))
		}
		if want.docs[i] {
			var whole bool
			t.Docs[i], whole = k.docs(key, i)
			known = known && whole
		} else {
			k.store.Touch(docsPart.of(key, i))
		}
	}
	return t, known && t.Facts != nil && d.Done()
}

// part is a part of what is kept, which has an entry of its own.
type part byte

const (
	bodyPart  part = iota + 1 // of a Text: what it says in a language
	docsPart                  // of a Text: what it puts into the index of a language
	askedPart                 // of a Text: which families the Frame around it asked for words
	pagesPart                 // of a Frame: the bytes of its pages
	shardPart                 // of a search index: one of its files
)

// of names the n-th part of its kind of an entry, such as that in a language. It is
// the entry's own key but for three bytes: no two keys are so much alike by chance.
func (p part) of(key cache.Key, n int) cache.Key {
	key[0] ^= byte(p)
	key[1] ^= byte(n)
	key[2] ^= byte(n >> 8)
	return key
}

// body returns what a Text that was kept says in a language, nil when it was lost.
func (k *kept) body(text cache.Key, lang int) *render.Body {
	data, known := k.store.Get(bodyPart.of(text, lang))
	if !known {
		return nil
	}
	d := cache.Decoder{Data: data}
	body := render.DecodeBody(k.site, &d)
	if !d.Done() {
		return nil
	}
	return body
}

// docs returns what a Text that was kept puts into the index of a language.
func (k *kept) docs(text cache.Key, lang int) (list []*search.Doc, whole bool) {
	data, known := k.store.Get(docsPart.of(text, lang))
	if !known {
		return nil, false
	}
	d := cache.Decoder{Data: data}
	for range d.Count() {
		doc := search.DecodeDoc(&d)
		if doc == nil {
			return nil, false
		}
		list = append(list, doc)
	}
	return list, d.Done()
}

// keepText keeps a Text, whose docs were all made.
func (k *kept) keepText(key cache.Key, t *Text) {
	if k.store == nil {
		return
	}
	var e cache.Encoder
	t.Facts.Encode(&e)
	encodeFindings(&e, t.Findings)
	for i, body := range t.Bodies {
		e.Bool(body != nil)
		if body != nil {
			var said cache.Encoder
			body.Encode(&said)
			k.store.Put(bodyPart.of(key, i), said.Data)
		}
		var docs cache.Encoder
		docs.Int(len(t.Docs[i]))
		for _, doc := range t.Docs[i] {
			doc.Encode(&docs)
		}
		k.store.Put(docsPart.of(key, i), docs.Data)
	}
	k.store.Put(key, e.Data)
}

func encodeFindings(e *cache.Encoder, list []site.Finding) {
	e.Int(len(list))
	for _, f := range list {
		check.EncodeFinding(e, f)
	}
}

func decodeFindings(d *cache.Decoder) []site.Finding {
	var list []site.Finding
	for range d.Count() {
		list = append(list, check.DecodeFinding(d))
	}
	return list
}

// frameKey names the Frame around a Text, nil when no such Frame was made yet.
func (k *kept) frameKey(text cache.Key) *cache.Key {
	data, known := k.store.Get(askedPart.of(text, 0))
	if !known {
		return nil
	}
	d := cache.Decoder{Data: data}
	var asked []*site.Family
	for _, path := range d.Texts() {
		f := k.site.Family(path)
		if f == nil {
			return nil
		}
		asked = append(asked, f)
	}
	if !d.Done() {
		return nil
	}
	key := k.frameKeyOf(text, asked)
	return &key
}

func (k *kept) frameKeyOf(text cache.Key, asked []*site.Family) cache.Key {
	key := cache.NewKey("frame").Key(text)
	for _, f := range asked {
		key.Key(k.words[k.place[f]])
	}
	return key.Sum()
}

// bringFunc brings the bytes of the i-th of some files.
type bringFunc func(i int) ([]byte, error)

// bring returns what brings the files that are kept as one entry, one after the
// other, and whether it can. Those that are there will not be wanted.
func (k *kept) bring(key cache.Key, files []output.File, there bool) (_ bringFunc, can bool) {
	entry, known := k.store.Later(key)
	whole := sync.OnceValues(func() (list [][]byte, err error) {
		all, _ := entry()
		for _, f := range files {
			if int64(len(all)) < f.Size {
				return nil, errors.New("it was lost while the site was built; build again")
			}
			list, all = append(list, all[:f.Size:f.Size]), all[f.Size:]
		}
		return list, nil
	})
	if can = there || known; can && !there && !k.store.Lasts() {
		_, err := whole()
		can = err == nil
	}
	return func(i int) ([]byte, error) {
		list, err := whole()
		if err != nil {
			return nil, err
		}
		return list[i], nil
	}, can
}

// frame puts a Frame that was kept into to, and reports whether there is one. Pages
// that are there already, as has tells, are not read unless whole wants all of them.
func (k *kept) frame(text cache.Key, f *site.Family, to *Frame, has func(output.File) bool, whole bool) bool {
	key := k.frameKey(text)
	if key == nil || k.nosy {
		return false
	}
	data, known := k.store.Get(*key)
	if !known {
		return false
	}
	d := cache.Decoder{Data: data}
	to.Pages, to.files = to.Pages[:0], nil
	there := !whole
	for _, lang := range k.site.Languages {
		_, words := f.In(k.site, lang)
		p := render.Page{Name: f.File(lang), Language: lang, Fallback: words != lang}
		p.Refs.Static = d.Texts()
		file := output.File{Name: p.Name, Size: d.Int64()}
		copy(file.SHA256[:], d.Fixed(len(file.SHA256)))
		to.Pages, to.files = append(to.Pages, p), append(to.files, file)
		there = there && has(file)
	}
	to.Findings = decodeFindings(&d)
	var can bool
	if to.bring, can = k.bring(pagesPart.of(*key, 0), to.files, there); !can || !d.Done() {
		return false
	}
	for i := range to.Pages {
		if whole {
			var err error
			if to.Pages[i].HTML, err = to.bring(i); err != nil {
				return false
			}
		}
	}
	return true
}

// keepFrame keeps a Frame.
func (k *kept) keepFrame(text cache.Key, frame *Frame) {
	if k.store == nil || k.nosy {
		return
	}
	var asked []*site.Family
	seen := map[*site.Family]bool{}
	var e, pages cache.Encoder
	frame.files = nil
	for _, p := range frame.Pages {
		file := output.Describe(p.Name, p.HTML)
		frame.files = append(frame.files, file)
		for _, f := range p.Refs.Families {
			if !seen[f] {
				seen[f] = true
				asked = append(asked, f)
			}
		}
		e.Texts(p.Refs.Static)
		e.Int64(file.Size)
		e.Fixed(file.SHA256[:])
		pages.Fixed(p.HTML)
	}
	encodeFindings(&e, frame.Findings)
	var list cache.Encoder
	var paths []string
	for _, f := range asked {
		paths = append(paths, f.Path)
	}
	list.Texts(paths)
	key := k.frameKeyOf(text, asked)
	k.store.Put(pagesPart.of(key, 0), pages.Data)
	k.store.Put(key, e.Data)
	k.store.Put(askedPart.of(text, 0), list.Data)
	frame.bring, _ = k.bring(pagesPart.of(key, 0), frame.files, true)
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
			text, _, err := m.text(f)
			if err != nil {
				return nil, err
			}
			return text.Bodies[words.Index], nil
		},
	}
}

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

// index holds the search index of a language when it was kept, and reports
// whether it was. Files that are there already, as has tells, are not read.
func (k *kept) index(lang *site.Language, has func(output.File) bool, hold holdFunc) (bool, error) {
	key := k.indexKey(lang)
	data, known := k.store.Get(key)
	if !known {
		return false, nil
	}
	d := cache.Decoder{Data: data}
	var files []output.File
	var brings []bringFunc
	for i := range d.Count() {
		f := output.File{Name: d.Text(), Size: d.Int64()}
		copy(f.SHA256[:], d.Fixed(len(f.SHA256)))
		bring, can := k.bring(shardPart.of(key, i), []output.File{f}, has(f))
		if !can {
			return false, nil
		}
		files, brings = append(files, f), append(brings, bring)
	}
	if !d.Done() {
		return false, nil
	}
	for i, f := range files {
		if err := hold(f, func() ([]byte, error) { return brings[i](0) }); err != nil {
			return false, err
		}
	}
	return true, nil
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

// keep keeps the index of a language.
func (x *shards) keep(lang *site.Language) {
	if made := x.lists[lang.Code]; made != nil && made.count > 0 {
		var e cache.Encoder
		e.Int(made.count)
		e.Fixed(made.list.Data)
		x.kept.store.Put(made.key, e.Data)
		delete(x.lists, lang.Code)
	}
}
