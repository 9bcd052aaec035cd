// Package bundle makes the files to take away: ZIP, one-file HTML, EPUB and
// ZIM. They are made of the very pages of the site, so that none can drift
// from it:
//
//	ZIP, ZIM      the pages as they are, without the ways that lead out of a copy
//	HTML, EPUB    what the pages say, one after the other
//
// A unit (site.Unit) is a part of the site that readers can take away. For
// each language the pages are rendered once and compressed once, and serve
// all units that hold them.
//
//	b, findings, err := bundle.New(s, r, fsys, bundle.Formats)
//	b.Add(family, language, page.Body)  // while the site is built, from any goroutine
//	made, findings, err := b.Bind(ctx, shelf) // when all pages are there
package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"fieldguide/build/parallel"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// Formats are the kinds of bundle whose bytes are the same on every machine.
var Formats = []string{"zip", "html", "epub", "zim"}

// PDF is the format that a browser makes: see pdf.go.
const PDF = "pdf"

// Binder makes the bundles of one site.
type Binder struct {
	site    *site.Site
	render  *render.Renderer
	fsys    fs.FS // the site's folder, for files of static/
	formats []string
	day     time.Time
	icon    []byte // PNG of 48 by 48

	mu     sync.Mutex
	bodies map[*site.Family][]*render.Body // by language
	held   []held
	found  []site.Finding // while bundles are made
}

// iconFile is what Kiwix shows for a bundle.
const iconFile = "static/icon.png"

// New returns a Binder for the formats given, with what is wrong with the
// units in site.yaml. The error is the machine's.
func New(s *site.Site, r *render.Renderer, fsys fs.FS, formats []string) (*Binder, []site.Finding, error) {
	day, _ := s.EditionDate()
	b := &Binder{site: s, render: r, fsys: fsys, formats: formats, day: day, bodies: map[*site.Family][]*render.Body{}}
	if len(s.Bundles.Units) == 0 {
		return b, nil, nil
	}
	var err error
	if b.icon, err = fs.ReadFile(fsys, iconFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("reading %s: %w", iconFile, err)
	}
	return b, b.check(), nil
}

// Add takes in what a page says in a language. It is safe for concurrent use.
func (b *Binder) Add(f *site.Family, lang *site.Language, body *render.Body) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bodies[f] == nil {
		b.bodies[f] = make([]*render.Body, len(b.site.Languages))
	}
	b.bodies[f][lang.Index] = body
}

// Body returns what a page says in a language, nil before it was added.
func (b *Binder) Body(f *site.Family, lang *site.Language) *render.Body {
	if bodies := b.bodies[f]; bodies != nil {
		return bodies[lang.Index]
	}
	return nil
}

// Made is a finished bundle.
type Made struct {
	Language *site.Language // nil when it holds all languages
	render.Download
}

// Shelf is where the finished site lies.
type Shelf interface {
	Put(name string, data []byte) error
	Names() []string // of what was put so far
	ReadFile(name string) ([]byte, error)
}

// Bind makes all bundles and puts them on the shelf, as many at a time as
// there are cores. What it made comes back in the order of the languages,
// those of all languages last, and of the units in site.yaml, the smallest
// file of a unit first.
func (b *Binder) Bind(ctx context.Context, shelf Shelf) ([]Made, []site.Finding, error) {
	n := len(b.site.Languages)
	made := make([][]Made, n+1)
	err := parallel.Each(ctx, 0, n+1, func() func(i int) error {
		return func(i int) (err error) {
			if i = n - i; i == n { // the largest first
				made[i], err = b.together(ctx, shelf)
			} else {
				made[i], err = b.language(ctx, b.site.Languages[i], shelf)
			}
			return err
		}
	})
	return slices.Concat(made...), b.found, err
}

// language makes the bundles of one language.
func (b *Binder) language(ctx context.Context, lang *site.Language, shelf Shelf) ([]Made, error) {
	p := &press{Binder: b, lang: lang, mains: map[*site.Family][]byte{}, copies: map[*site.Family]*copied{}, aways: map[*site.Family]*copied{}}
	var all []Made
	for i := range b.site.Bundles.Units {
		u := &b.site.Bundles.Units[i]
		if u.All || ctx.Err() != nil {
			continue
		}
		made, err := b.unit(u, lang, shelf, func(format string) ([]byte, error) { return p.bundle(u, format) })
		if err != nil {
			return nil, err
		}
		all = append(all, made...)
	}
	return all, context.Cause(ctx)
}

// unit makes a unit in each of its formats.
func (b *Binder) unit(u *site.Unit, lang *site.Language, shelf Shelf, bundle func(format string) ([]byte, error)) ([]Made, error) {
	var list []Made
	for _, format := range u.Formats {
		if !slices.Contains(b.formats, format) {
			continue
		}
		name := b.FileName(u, lang, format)
		data, err := bundle(format)
		if err == nil {
			err = shelf.Put(name, data)
		}
		if err != nil {
			return nil, fmt.Errorf("making %s: %w", name, err)
		}
		sum := sha256.Sum256(data)
		list = append(list, Made{lang, render.Download{Unit: u.ID, Format: format, File: name, Bytes: len(data), SHA256: hex.EncodeToString(sum[:])}})
	}
	slices.SortStableFunc(list, func(a, b Made) int { return a.Bytes - b.Bytes })
	return list, nil
}

// folder is where bundles lie in the output.
const folder = "downloads/"

// FileName returns the name of a bundle in the output. lang is nil for all
// languages in one.
func (b *Binder) FileName(u *site.Unit, lang *site.Language, format string) string {
	code := "all"
	if lang != nil {
		code = lang.Code
	}
	return folder + strings.Join([]string{b.site.Bundles.Name, code, u.ID}, "-") + "." + format
}

// bundle makes one bundle of one language.
func (p *press) bundle(u *site.Unit, format string) ([]byte, error) {
	switch format {
	case "zip":
		return p.zip(u)
	case "zim":
		return p.zim(u)
	case "html":
		return p.html(u)
	case "epub":
		return p.epub(u)
	case PDF:
		return p.pdf(u)
	}
	return nil, fmt.Errorf("there is no format %q", format)
}
