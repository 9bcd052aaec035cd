package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/check"
	"fieldguide/build/content"
	"fieldguide/build/media"
	"fieldguide/build/parallel"
	"fieldguide/build/render"
	"fieldguide/build/search"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Memory is what builds of a site remember for the next one. It only saves work:
// what a build comes to is the same without it, byte for byte.
type Memory struct {
	Store  *cache.Store // what was made of the site's texts
	Files  cache.Files  // what is known of the site's files
	Target cache.Files  // what is known of the folder that the site is published in

	now  *sources       // as they were just now; nil when nobody has looked
	last *base          // what the last build stood on
	find *search.Memory // of indexes that stand on last
}

// base is what all families stand on: settings, words and front matter, layouts,
// style and drawings. Nobody changes it once it is loaded.
type base struct {
	sources  *sources // what it was loaded from; nil when that changed meanwhile
	site     *site.Site
	render   *render.Renderer // nil when nothing can be rendered
	findings []site.Finding
	drafts   bool // are pages

	// When sources are known:
	settings cache.Key   // of all that pages share
	words    []cache.Key // by family's place: what others show of it
}

// base returns what the site's files come to. Of files that have not changed
// since it was asked last it is the same one. Errors are the machine's.
func (m *Memory) base(fsys fs.FS, drafts bool) (*base, error) {
	if m == nil {
		return load(fsys, nil, drafts)
	}
	before, err := m.look(fsys)
	if err != nil {
		return &base{}, err
	}
	if m.last != nil && m.last.sources.front == before.front && m.last.drafts == drafts {
		before.take(fsys)
		m.last.sources = before
		return m.last, nil
	}
	m.last = nil
	b, err := load(before.take(fsys), &m.Files, drafts)
	if err == nil && b.render != nil && m.stillAre(fsys, before) {
		b.standOn(before)
		m.last, m.find = b, &search.Memory{}
	}
	return b, err
}

// texts is base for who shows no page: nothing of it can be rendered. Whether its sources
// still are what they were is left to who keeps something of them.
func (m *Memory) texts(fsys fs.FS) (*base, error) {
	b := &base{}
	if m == nil {
		var err error
		b.site, b.findings, err = content.Load(fsys, nil)
		return b, err
	}
	before, err := m.look(fsys)
	if err != nil {
		return b, err
	}
	b.site, b.findings, err = content.Load(before.take(fsys), &m.Files)
	b.standOn(before)
	return b, err
}

// standOn tells what the base was loaded from.
func (b *base) standOn(s *sources) {
	if b.sources = s; b.site != nil {
		b.settings, b.words = settingsOf(b), wordsOf(b.site)
	}
}

// look looks at the site's files, unless somebody has just done so.
func (m *Memory) look(fsys fs.FS) (*sources, error) {
	if now := m.now; now != nil {
		m.now = nil
		return now, nil
	}
	m.Files.Begin()
	return look(fsys, &m.Files, wholly)
}

// stillAre reports whether the sources are what they were: what somebody edits
// while it is read must not be taken for what was read, even when it is undone. Of
// pages only what looking at them has noted was read.
func (m *Memory) stillAre(fsys fs.FS, before *sources) bool {
	if before.reread {
		after, err := look(fsys, &m.Files, wholly)
		return err == nil && after.front == before.front && after.changes == before.changes
	}
	after, err := look(fsys, &m.Files, withoutPages)
	return err == nil && after.core == before.core && after.changes == before.changes
}

// proofWords begin the names of the interface words of proofs on paper.
const proofWords = "proof-"

// load reads what all families stand on.
func load(fsys fs.FS, files *cache.Files, drafts bool) (*base, error) {
	read := content.Load
	if drafts {
		read = content.LoadDrafts
	}
	s, findings, err := read(fsys, files)
	b := &base{site: s, findings: findings, drafts: drafts}
	if err != nil || s == nil || s.Family("index") == nil {
		return b, err
	}
	r, findings, err := render.New(s, fsys)
	b.findings = append(b.findings, findings...)
	if err != nil || r == nil {
		return b, err
	}
	known := bundle.Words(s)
	for key := range s.Source.Text {
		if strings.HasPrefix(key, proofWords) {
			known[key] = false // no page shows them, and none needs them
		}
	}
	words, counts := r.Words(known)
	b.findings = append(b.findings, check.Site(s, words, counts)...)
	for _, style := range r.Paid() {
		b.findings = append(b.findings, check.StyleBudget(s, style.What, style.CSS)...)
	}
	b.render = r
	return b, nil
}

// sources says how the files were that a site is made of.
type sources struct {
	core   cache.Key // what is read before pages are: shared and records, but of folders of pages that they are there
	shared cache.Key // all but pages: settings, words, data, layouts, style, drawings, static files
	front  cache.Key // shared, and which pages there are, with their front matter
	whole  cache.Key // all

	changes int   // of files that were looked at, until then
	reread  bool  // of some page, nothing could be noted
	listed  fs.FS // lists the folders as they were; nil when somebody has taken it
}

// take returns the files with their folders as they were when they were looked at, once: such
// lists are long.
func (s *sources) take(fsys fs.FS) fs.FS {
	listed := s.listed
	s.listed = nil
	if listed == nil {
		return fsys
	}
	return listed
}

// How much of the sources is looked at.
const (
	wholly       = true
	withoutPages = false // nor what lies beside them: all else
)

// look looks at the files that a site is made of, those of several languages at a time.
func look(fsys fs.FS, files *cache.Files, pages bool) (*sources, error) {
	fsys = content.Listed(fsys)
	roots := []string{"content", "layouts", "static"}
	entries, err := fs.ReadDir(fsys, "content")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading content: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() {
			roots = append(roots, path.Join("content", e.Name()))
		}
	}
	looks := make([]sources, len(roots))
	err = parallel.Each(context.Background(), 0, len(roots), func() func(int) error {
		return func(i int) (err error) {
			if looks[i], err = lookBelow(fsys, files, roots[i], pages); err != nil {
				err = fmt.Errorf("reading %s: %w", roots[i], err)
			}
			return err
		}
	})
	if err != nil {
		return nil, err
	}
	core, shared, front, whole := newLook()
	src := &sources{listed: fsys}
	for _, root := range roots[:3] {
		if info, err := fs.Lstat(fsys, root); err == nil { // what is no folder is not walked, or is a link to one
			core.String(root).Int(int(info.Mode().Type()))
			front.String(root).Int(int(info.Mode().Type()))
		}
	}
	for _, l := range looks {
		core.Key(l.core)
		shared.Key(l.shared)
		front.Key(l.front)
		whole.Key(l.whole)
		src.reread = src.reread || l.reread
	}
	src.core = core.Sum()
	src.shared = shared.Sum()
	src.front = front.Key(src.shared).Sum()
	src.whole = whole.Key(src.front).Sum()
	src.changes = files.Changes()
	return src, nil
}

func newLook() (core, shared, front, whole cache.KeyMaker) {
	return cache.NewKey("before pages"), cache.NewKey("settings"), cache.NewKey("sources"), cache.NewKey("all sources")
}

// lookBelow looks at the files below a folder; those below the folders of content/ are
// others' to look at.
func lookBelow(fsys fs.FS, files *cache.Files, root string, pages bool) (src sources, err error) {
	core, shared, front, whole := newLook()
	err = fs.WalkDir(fsys, root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case root == "content" && e.IsDir() && name != root:
			return fs.SkipDir
		}
		isContent, isPage := strings.HasPrefix(name, "content/"), path.Ext(name) == ".md"
		below := strings.Count(name, "/")
		if !isContent || below < 3 && !isPage {
			core.String(name).Int(int(e.Type()))
		}
		if !pages && isContent && below > 1 && e.IsDir() {
			return fs.SkipDir
		}
		if !pages && isContent && below > 1 && isPage {
			return nil
		}
		front.String(name).Int(int(e.Type()))
		if !e.Type().IsRegular() {
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		files.Look(name, info)
		switch {
		case isContent && below > 1 && isPage:
			note, hash, err := content.Note(fsys, files, name)
			if err != nil {
				return err
			}
			if note == nil {
				src.reread = true
				front.Key(hash)
			}
			front.Bytes(note)
			whole.Key(hash)
		case isContent && below == 2 && path.Base(name) == translate.RecordsFile: // each bears on one page
			hash, err := files.Hash(fsys, name)
			if err != nil {
				return err
			}
			core.Key(hash)
			front.Key(hash)
		case isContent && (below > 2 || isPage) && !media.IsName(name):
		default:
			hash, err := files.Hash(fsys, name)
			if err != nil {
				return err
			}
			shared.String(name).Key(hash)
			if !isContent || below < 3 {
				core.Key(hash)
			}
		}
		return nil
	})
	src.core, src.shared, src.front, src.whole = core.Sum(), shared.Sum(), front.Sum(), whole.Sum()
	return src, err
}
