package build

import (
	"errors"
	"io/fs"
	"path"
	"strings"

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

// newKept reads what has changed of the site's folder. Errors are the machine's.
func newKept(o Options, fsys fs.FS, s *site.Site, nosy bool) (*kept, error) {
	k := &kept{store: o.Cache, site: s, nosy: nosy, hashes: map[string]cache.Key{}, place: map[*site.Family]int{}}
	if k.store == nil {
		return k, nil
	}
	files := o.Files
	if files == nil {
		files = &cache.Files{}
	}
	var err error
	if k.settings, err = settingsOf(fsys, s, files); err != nil {
		return nil, err
	}
	for i, f := range s.Families {
		k.place[f] = i
		words := cache.NewKey("words of a page")
		for _, p := range f.Pages {
			if p == nil {
				words.Int(0)
				continue
			}
			words.Int(1).String(p.Title).String(p.Short).String(p.Summary)
			if k.hashes[p.File], err = files.Hash(fsys, p.File); err != nil {
				return nil, err
			}
		}
		k.words = append(k.words, words.Sum())
	}
	return k, nil
}

// settingsOf is the hash of all that pages share: settings, words and data,
// layouts, style, drawings and files of static/, and which pages there are.
func settingsOf(fsys fs.FS, s *site.Site, files *cache.Files) (cache.Key, error) {
	key := cache.NewKey("settings")
	add := func(name string) error {
		hash, err := files.Hash(fsys, name)
		if err == nil {
			key.String(name).Key(hash)
		}
		return err
	}
	for _, root := range []string{"content", "layouts", "static"} {
		err := fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case e.IsDir() && root == "content" && strings.Count(name, "/") > 1:
				return fs.SkipDir // pages
			case !e.Type().IsRegular() || root == "content" && path.Ext(name) == ".md":
				return nil
			}
			return add(name)
		})
		if err != nil {
			return cache.Key{}, err
		}
	}
	for _, f := range s.Families {
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
	return key.Sum(), nil
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
		body, docs := cache.Decoder{Data: d.Bytes()}, cache.Decoder{Data: d.Bytes()}
		if want.bodies && len(body.Data) > 0 {
			if t.Bodies[i] = render.DecodeBody(k.site, &body); t.Bodies[i] == nil || !body.Done() {
				return Text{}, false
			}
		}
		if !want.docs[i] {
			continue
		}
		for range docs.Count() {
			doc := search.DecodeDoc(&docs)
			if doc == nil {
				return Text{}, false
			}
			t.Docs[i] = append(t.Docs[i], doc)
		}
		if !docs.Done() {
			return Text{}, false
		}
	}
	return t, t.Facts != nil && d.Done()
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
		var part cache.Encoder
		if body != nil {
			body.Encode(&part)
		}
		e.Bytes(part.Data)
		part.Data = part.Data[:0]
		part.Int(len(t.Docs[i]))
		for _, doc := range t.Docs[i] {
			doc.Encode(&part)
		}
		e.Bytes(part.Data)
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
	data, known := k.store.Get(askedKey(text))
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

// askedKey names which families the Frame around a Text asked for words.
func askedKey(text cache.Key) cache.Key {
	return cache.NewKey("asked by the frame around").Key(text).Sum()
}

func (k *kept) frameKeyOf(text cache.Key, asked []*site.Family) cache.Key {
	key := cache.NewKey("frame").Key(text)
	for _, f := range asked {
		key.Key(k.words[k.place[f]])
	}
	return key.Sum()
}

// frame puts a Frame that was kept into to, and reports whether there is one.
func (k *kept) frame(text cache.Key, f *site.Family, to *Frame) bool {
	key := k.frameKey(text)
	if key == nil || k.nosy {
		return false
	}
	data, known := k.store.Get(*key)
	if !known {
		return false
	}
	d := cache.Decoder{Data: data}
	to.Pages, to.files = to.Pages[:0], to.files[:0]
	for _, lang := range k.site.Languages {
		_, words := f.In(k.site, lang)
		p := render.Page{Name: f.File(lang), Language: lang, Fallback: words != lang}
		p.Refs.Static = d.Texts()
		sum := d.Bytes()
		p.HTML = d.Bytes()
		file := output.File{Name: p.Name, Size: int64(len(p.HTML))}
		if copy(file.SHA256[:], sum) != len(sum) {
			return false
		}
		to.Pages, to.files = append(to.Pages, p), append(to.files, file)
	}
	to.Findings = decodeFindings(&d)
	return d.Done()
}

// keepFrame keeps a Frame.
func (k *kept) keepFrame(text cache.Key, frame *Frame) {
	if k.store == nil || k.nosy {
		return
	}
	var asked []*site.Family
	seen := map[*site.Family]bool{}
	var e cache.Encoder
	var ends []int
	frame.files = frame.files[:0]
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
		e.Bytes(file.SHA256[:])
		e.Bytes(p.HTML)
		ends = append(ends, len(e.Data))
	}
	encodeFindings(&e, frame.Findings)
	for i := range frame.Pages { // the bytes in the store are nobody else's
		p := &frame.Pages[i]
		p.HTML = e.Data[ends[i]-len(p.HTML) : ends[i] : ends[i]]
	}
	var list cache.Encoder
	var paths []string
	for _, f := range asked {
		paths = append(paths, f.Path)
	}
	list.Texts(paths)
	k.store.Put(askedKey(text), list.Data)
	k.store.Put(k.frameKeyOf(text, asked), e.Data)
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

// index puts the search index of a language when it was kept, and reports
// whether it was.
func (k *kept) index(lang *site.Language, put func(name string, data []byte) error) (bool, error) {
	data, known := k.store.Get(k.indexKey(lang))
	if !known {
		return false, nil
	}
	d := cache.Decoder{Data: data}
	type file struct {
		name string
		data []byte
	}
	var files []file
	for range d.Count() {
		files = append(files, file{d.Text(), d.Bytes()})
	}
	if !d.Done() {
		return false, nil
	}
	for _, f := range files {
		if err := put(f.name, f.data); err != nil {
			return false, err
		}
	}
	return true, nil
}

// shards takes in the files of a search index while they are put into the tree.
type shards struct {
	file  func(name string, data []byte) error // puts one
	files map[string]*cache.Encoder            // by language's code
	count map[string]int
}

func (x *shards) put(name string, data []byte) error {
	if x.files != nil {
		code, _, _ := strings.Cut(name, "/")
		if x.files[code] == nil {
			x.files[code] = &cache.Encoder{}
		}
		x.files[code].Text(name)
		x.files[code].Bytes(data)
		x.count[code]++
	}
	return x.file(name, data)
}

// keep keeps the index of a language.
func (x *shards) keep(k *kept, lang *site.Language) {
	if made := x.files[lang.Code]; made != nil {
		var e cache.Encoder
		e.Int(x.count[lang.Code])
		e.Data = append(e.Data, made.Data...)
		k.store.Put(k.indexKey(lang), e.Data)
	}
}
