package build

import (
	"context"
	"fmt"
	"strings"

	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/parallel"
	"fieldguide/build/site"
)

// presser lays compressed forms beside the files of a tree.
type presser struct {
	tree    *output.Tree
	store   *cache.Store // of what was compressed before; nil for none
	forms   []pack.Form
	workers int
	shared  map[string]bool // pages of kinds that change often in one place
	done    map[string]bool
}

func newPresser(tree *output.Tree, s *site.Site, store *cache.Store, o Options) *presser {
	p := &presser{tree: tree, store: store, forms: o.Forms, workers: o.Workers,
		shared: map[string]bool{}, done: map[string]bool{}}
	for _, f := range s.Families {
		for _, lang := range s.Languages {
			p.shared[f.File(lang)] = f.Kind.Shared
		}
	}
	return p
}

// press compresses the files that were put since it was called last, where that
// gains. Bundles are left out: of a compressed one no mirror could fetch only what has
// changed. What was compressed before is taken from the store, by content.
func (p *presser) press(ctx context.Context) error {
	if len(p.forms) == 0 {
		return nil
	}
	var files []output.File
	for _, f := range p.tree.Files() {
		if pack.Worth(f.Name) && !bundle.Is(f.Name) && !p.done[f.Name] {
			files = append(files, f)
			p.done[f.Name] = true
		}
	}
	return parallel.Each(ctx, p.workers, len(files), func() func(i int) error {
		return func(i int) error {
			for _, form := range p.forms {
				data, err := p.form(files[i], form)
				if err == nil && len(data) > 0 {
					err = p.tree.Put(files[i].Name+form.Ext, data)
				}
				if err != nil {
					return fmt.Errorf("compressing %s: %w", files[i].Name, err)
				}
			}
			return nil
		}
	})
}

// form returns a file in a form, nothing where that does not gain.
func (p *presser) form(f output.File, form pack.Form) ([]byte, error) {
	compress, key := form.Compress, cache.NewKey("compressed").String(form.Ext).Key(cache.Key(f.SHA256))
	if p.shared[f.Name] {
		compress, key = form.CompressPieces, key.String("pieces")
	}
	sum := key.Sum()
	if p.store != nil {
		if data, known := p.store.Get(sum); known {
			return data, nil
		}
	}
	content, err := p.tree.ReadFile(f.Name)
	if err != nil {
		return nil, err
	}
	data := compress(content)
	if p.store != nil {
		p.store.Put(sum, data)
	}
	return data, nil
}

// extensions lists forms for a key.
func extensions(forms []pack.Form) string {
	var b strings.Builder
	for _, f := range forms {
		b.WriteString(f.Ext)
	}
	return b.String()
}
