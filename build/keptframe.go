package build

import (
	"errors"
	"sync"

	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

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
		p.Refs.Static, p.Refs.Media = d.Texts(), d.Texts()
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
		e.Texts(p.Refs.Media)
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
