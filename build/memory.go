package build

import (
	"io/fs"
	"strings"

	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/check"
	"fieldguide/build/content"
	"fieldguide/build/render"
	"fieldguide/build/search"
	"fieldguide/build/site"
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
