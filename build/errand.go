package build

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/release"
)

// Errand is what a command is to do with the sources of a site: to build it into
// a folder, or only to check it.
type Errand struct {
	Site    string // the site's folder
	Target  string // the folder to build into, "" to only check
	Bundles []*bundle.Format
	Forms   []pack.Form // compressed forms to lay beside files

	// Follow says that Former is the release before, nil for none; else it is the one
	// in the target.
	Follow bool
	Former *release.Manifest
	// Instant is when the site is released; zero when nobody says.
	Instant time.Time
	// Sign signs the manifest; nil for a site that is not signed.
	Sign func(manifest []byte) ([]byte, error)
	// Renew makes it a release of its own even when nothing has changed.
	Renew bool
}

// Do builds the site below fsys and puts it into place, unless it has errors. What
// the errand came to before is returned at once where nothing has changed since; the
// Result then has no Site and no Bundles. Errors are the machine's, or an
// *output.TargetError.
func (e Errand) Do(ctx context.Context, fsys fs.FS, o Options) (*Result, error) {
	o.Bundles, o.Forms = e.Bundles, e.Forms
	if res := o.Memory.recall(fsys, e); res != nil && e.Sign == nil {
		return res, nil
	}
	tree := output.Names()
	if e.Target != "" {
		var err error
		if tree, err = output.Stage(e.Target, Folders(e.Site)...); err != nil {
			return nil, err
		}
		defer tree.Discard()
		if o.Memory != nil {
			tree.Trust(&o.Memory.Target)
		}
		if e.Follow {
			tree.Follow(e.Former)
		}
		if !e.Instant.IsZero() {
			tree.At(e.Instant)
		}
		if e.Renew {
			tree.Renew()
		}
		tree.Sign(e.Sign)
	}
	res, err := Build(ctx, fsys, tree, o)
	if err == nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err == nil && !res.Failed() && e.Target != "" {
		done := o.clock()
		err = tree.Publish()
		done(fmt.Sprintf("putting %d files into place", len(tree.Files())))
	}
	if err != nil {
		return nil, err
	}
	o.Memory.remember(fsys, e, res, tree)
	return res, nil
}

func (e Errand) key(what string) cache.Key {
	var formats []string
	for _, f := range e.Bundles {
		formats = append(formats, f.Name)
	}
	return cache.NewKey(what).String(actual(e.Site)).String(actual(e.Target)).
		String(strings.Join(formats, ",")).String(extensions(e.Forms)).Sum()
}

// filesOf is the key of what is known of the files of the site in a folder, whatever is made of them.
func filesOf(dir string) cache.Key { return cache.NewKey("files of a site").String(actual(dir)).Sum() }

// outcome is the key of what the errand came to.
func (e Errand) outcome() cache.Key {
	key := cache.NewKey("after").Key(e.key("what it came to"))
	switch {
	case !e.Follow:
		key.String("that of the target")
	case e.Former != nil:
		key.Key(cache.Key(e.Former.Sum()))
	}
	return key.Sum()
}

// actual is a path that means the same in every folder.
func actual(name string) string {
	if abs, err := filepath.Abs(name); err == nil && name != "" {
		return abs
	}
	return name
}

// recall takes in what remember has put away for an errand. When nothing has
// changed since, of the sources and in the target, it returns what the errand came
// to then: doing it again would change nothing.
func (m *Memory) recall(fsys fs.FS, e Errand) *Result {
	if m == nil {
		return nil
	}
	m.Files.Load(m.Store, filesOf(e.Site))
	m.Target.Load(m.Store, e.key("files of a target"))
	data, known := m.Store.Get(e.outcome())
	if !known {
		return nil
	}
	m.Files.Begin()
	now, err := look(fsys, &m.Files, wholly)
	if err != nil {
		return nil // building says so
	}
	m.now = now
	d := cache.Decoder{Data: data}
	if string(d.Fixed(len(cache.Key{}))) != string(now.whole[:]) {
		return nil
	}
	sums := d.Bytes()
	if e.Target != "" {
		if now, stands := output.Stands(e.Target, &m.Target); !stands || string(now[:]) != string(sums) {
			return nil
		}
	}
	res := &Result{Findings: decodeFindings(&d)}
	for range d.Count() {
		res.Pages = append(res.Pages, Pages{d.Text(), d.Int(), d.Int(), d.Int()})
	}
	if !d.Done() {
		return nil
	}
	return res
}

// remember puts away what an errand came to, when the tree has been published or is
// not to be. It looks at the sources again: what somebody changed meanwhile may be
// in the site or not.
func (m *Memory) remember(fsys fs.FS, e Errand, res *Result, tree *output.Tree) {
	if m == nil {
		return
	}
	m.Files.Begin()
	now, err := look(fsys, &m.Files, wholly)
	m.Files.Save(m.Store, filesOf(e.Site))
	if err != nil || m.last == nil || e.Target != "" && res.Failed() {
		return
	}
	if before := m.last.sources; now.whole != before.whole || now.changes != before.changes {
		return
	}
	m.Target.Save(m.Store, e.key("files of a target"))
	var entry cache.Encoder
	entry.Fixed(now.whole[:])
	var sums []byte
	if e.Target != "" {
		record, stands := tree.Stands()
		if !stands {
			return
		}
		sums = record[:]
	}
	entry.Bytes(sums)
	encodeFindings(&entry, res.Findings)
	entry.Int(len(res.Pages))
	for _, p := range res.Pages {
		entry.Text(p.Language)
		entry.Int(p.Count)
		entry.Int(p.Bytes)
		entry.Int(p.Fallen)
	}
	m.Store.Put(e.outcome(), entry.Data)
}
