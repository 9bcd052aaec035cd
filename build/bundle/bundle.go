// Package bundle makes the files to take away, of what the site itself was made of.
// So none can drift from it:
//
//	ZIP, ZIM      the pages as they are, without the ways that lead out of a copy
//	HTML, EPUB    what the pages say, one after the other
//
// A unit (site.Unit) is a part of the site that readers can take away. A
// Format makes a unit a file; each stands in a file of its own, and in the
// list Formats.
//
// Texts, and pages as copies have them, wait outside memory (output.Scratch)
// until a bundle wants them: each is rendered and compressed once for all
// bundles of its language, and bundles are written as they come, so that
// memory stays flat however large the site is.
//
//	b, findings, err := bundle.New(s, r, fsys, tree, formats, medium)
//	err = b.Take(family, body)         // of each family, while the site is built
//	made, findings, err := b.Bind(ctx) // when all pages are there
//
// A Binder with a Past makes only bundles of which something has changed.
package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"fieldguide/build/cache"
	"fieldguide/build/media"
	"fieldguide/build/output"
	"fieldguide/build/parallel"
	"fieldguide/build/render"
	"fieldguide/build/site"
	"fieldguide/build/zim"
)

// Format is a kind of file to take away.
type Format struct {
	Name  string   // in site.yaml and in addresses: the files end in it
	Media string   // type, as servers name it
	Words []string // interface words that it needs beside "format-" and its name
	All   bool     // it can hold all languages together
	Moody bool     // its bytes depend on the machine, so it is made only when it is asked for

	// Ready says what the machine lacks to make it; nil when it lacks nothing.
	Ready func() error
	// Problems returns what is wrong with a unit for this format; nil when
	// there is nothing to be wrong.
	Problems func(b *Binder, u *site.Unit) []site.Finding
	// Make writes a unit. Errors are the machine's or a *render.LayoutError.
	Make func(p *Press, u *site.Unit, to io.Writer) error
}

// Formats are all kinds of bundle there are.
var Formats = []*Format{zipFormat, htmlFormat, epubFormat, zimFormat, pdfFormat}

// Steady returns the formats whose bytes are the same on every machine.
func Steady() []*Format {
	return slices.DeleteFunc(slices.Clone(Formats), func(f *Format) bool { return f.Moody })
}

// Named returns the format of a name, nil when there is none.
func Named(name string) *Format {
	if i := slices.IndexFunc(Formats, func(f *Format) bool { return f.Name == name }); i >= 0 {
		return Formats[i]
	}
	return nil
}

// Words returns the interface words of bundles; true are those that the
// bundles of a site need.
func Words(s *site.Site) map[string]bool {
	units := s.Bundles.Units
	words := map[string]bool{
		"kilobytes":     len(units) > 0,
		"video-away":    len(units) > 0 && hasVideo(s),
		"all-languages": slices.ContainsFunc(units, func(u site.Unit) bool { return u.All }),
	}
	for _, f := range Formats {
		made := slices.ContainsFunc(units, func(u site.Unit) bool { return slices.Contains(u.Formats, f.Name) })
		for _, key := range append([]string{"format-" + f.Name}, f.Words...) {
			words[key] = words[key] || made
		}
	}
	return words
}

// hasVideo reports whether a file of a site is called as videos are.
func hasVideo(s *site.Site) bool {
	named := func(name string) bool { return media.IsNameOf(media.Video, name) }
	return slices.ContainsFunc(s.Media, named) || slices.ContainsFunc(s.Static, named)
}

// Binder makes the bundles of one site.
type Binder struct {
	site    *site.Site
	render  *render.Renderer
	fsys    fs.FS // the site's folder, for files of static/
	tree    *output.Tree
	formats []*Format
	day     time.Time
	icon    zim.Picture

	scratch *output.Scratch
	bodies  map[*site.Family][]output.Span // by language
	held    map[string]waiting             // by name: pages that wait for the bundles they will offer
	past    *Past                          // nil for none
	linked  map[string]bool                // files of static/ and beside pages that pages link to
	shows   map[string]bool                // pictures, sounds and videos that pages show
	films   map[string]bool                // names of pages that link to videos
	medium  func(name string) (*Medium, error)

	mu    sync.Mutex
	found []site.Finding // while bundles are made
}

// iconFile is what Kiwix shows for a bundle.
const iconFile = "static/" + render.IconName

// New returns a Binder for the formats given that puts bundles into tree, with
// what is wrong with the units in site.yaml. medium returns pictures and sounds, by the names of the files that they are
// made of; nil for what is none. The error is the machine's.
func New(s *site.Site, r *render.Renderer, fsys fs.FS, tree *output.Tree, formats []*Format,
	medium func(name string) (*Medium, error)) (*Binder, []site.Finding, error) {
	day, _ := s.EditionDate()
	b := &Binder{medium: medium, site: s, render: r, fsys: fsys, tree: tree, formats: formats, day: day,
		bodies: map[*site.Family][]output.Span{}, held: map[string]waiting{}, linked: map[string]bool{},
		shows: map[string]bool{}, films: map[string]bool{}}
	if len(s.Bundles.Units) == 0 {
		return b, nil, nil
	}
	icon, err := fs.ReadFile(fsys, iconFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("reading %s: %w", iconFile, err)
	}
	b.icon, err = zim.NewPicture(icon), nil
	if b.Makes() {
		b.scratch, err = tree.Scratch()
	}
	return b, b.check(), err
}

// Makes reports whether there is anything to make.
func (b *Binder) Makes() bool { return len(b.formats) > 0 && len(b.site.Bundles.Units) > 0 }

// Remember makes the Binder use what is known of former bundles.
func (b *Binder) Remember(past *Past) { b.past = past }

// Forget has the binder make all bundles anew and remember none of them: what pages say
// is not what Past.Page names.
func (b *Binder) Forget() {
	if b.past != nil {
		b.past.Store = nil
	}
}

// Takes reports whether the Binder wants to Take what pages say.
func (b *Binder) Takes() bool { return b.Makes() && b.past == nil }

// Take takes in what a family says in one of its own languages.
func (b *Binder) Take(f *site.Family, body *render.Body) error {
	if b.bodies[f] == nil {
		b.bodies[f] = make([]output.Span, len(b.site.Languages))
	}
	var e cache.Encoder
	body.Encode(&e)
	span, err := b.scratch.Keep(e.Data)
	b.bodies[f][body.Words.Index] = span
	return err
}

// Body returns what a family says to readers of a language, in their own or in
// the source language.
func (b *Binder) Body(f *site.Family, lang *site.Language) (*render.Body, error) {
	_, words := f.In(b.site, lang)
	if b.past != nil {
		return b.past.Body(f, words)
	}
	data, err := b.scratch.Read(b.bodies[f][words.Index])
	if err != nil {
		return nil, err
	}
	body := render.DecodeBody(b.site, &cache.Decoder{Data: data})
	if body == nil {
		return nil, fmt.Errorf("what was kept of %s is damaged", f.File(words))
	}
	return body, nil
}

// See takes in a finished page: which files it links to and, when it will offer
// bundles itself, the page as it is without them.
func (b *Binder) See(f *site.Family, page render.Page) {
	if !f.Kind.Online {
		for _, name := range page.Refs.Static {
			b.linked[name] = true
		}
		for _, name := range page.Refs.Media {
			b.shows[name] = true
			if b.isVideo(name) {
				b.films[page.Name] = true
			}
		}
	}
	if b.Holds(f) {
		b.held[page.Name] = waiting{f, bytes.Clone(page.HTML)}
	}
}

// Made is a finished bundle.
type Made struct {
	Language *site.Language // nil when it holds all languages
	render.Download
}

// Bind makes all bundles and puts them into the tree, as many at a time as
// there are cores. What it made comes back in the order of the languages,
// those of all languages last, and of the units in site.yaml, the smallest
// file of a unit first.
func (b *Binder) Bind(ctx context.Context) ([]Made, []site.Finding, error) {
	n := len(b.site.Languages)
	made := make([][]Made, n+1)
	err := parallel.Each(ctx, 0, n+1, func() func(i int) error {
		return func(i int) (err error) {
			i = n - i // the largest first
			p := &Press{Binder: b, Context: ctx, copies: map[copyKey]*copied{}, aways: map[*site.Family]*copied{}}
			if i < n {
				p.Language = b.site.Languages[i]
			}
			made[i], err = p.units()
			return err
		}
	})
	return slices.Concat(made...), b.found, err
}

// report adds a finding that shows only when a bundle is made.
func (b *Binder) report(f site.Finding) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.found = append(b.found, f)
}

// units makes the units of the press's language, or those of all in one.
func (p *Press) units() ([]Made, error) {
	var all []Made
	for i := range p.site.Bundles.Units {
		u := &p.site.Bundles.Units[i]
		if u.All != (p.Language == nil) {
			continue
		}
		made, err := p.unit(u)
		if err != nil {
			return nil, err
		}
		all = append(all, made...)
	}
	return all, nil
}

// unit makes a unit in each of its formats.
func (p *Press) unit(u *site.Unit) ([]Made, error) {
	var list []Made
	for _, format := range p.formats {
		if !slices.Contains(u.Formats, format.Name) {
			continue
		}
		if err := context.Cause(p.Context); err != nil {
			return nil, err
		}
		f, err := p.file(u, format)
		if err != nil {
			return nil, err
		}
		list = append(list, Made{p.Language,
			render.Download{Unit: u.ID, Format: format.Name, File: f.Name, Bytes: int(f.Size)}})
	}
	slices.SortStableFunc(list, func(a, b Made) int { return a.Bytes - b.Bytes })
	return list, nil
}

// file puts a bundle into the tree: the former one, when nothing in it has changed.
func (p *Press) file(u *site.Unit, format *Format) (output.File, error) {
	name := p.FileName(u, p.Language, format.Name)
	if f, known := p.former(u, format, name); known {
		return f, p.tree.Hold(f, func() ([]byte, error) { return nil, fmt.Errorf("%s has changed meanwhile", name) })
	}
	f, err := p.tree.Stream(name, func(to io.Writer) error { return format.Make(p, u, to) })
	if err != nil {
		return f, fmt.Errorf("making %s: %w", name, err)
	}
	p.keepFile(u, format, f)
	return f, nil
}

// folder is where bundles lie in the output.
const folder = "downloads/"

// Is reports whether a file of the output is a bundle, by its name.
func Is(name string) bool { return strings.HasPrefix(name, folder) }

// FileName returns the name of a bundle in the output. lang is nil for all
// languages in one.
func (b *Binder) FileName(u *site.Unit, lang *site.Language, format string) string {
	code := "all"
	if lang != nil {
		code = lang.Code
	}
	return folder + strings.Join([]string{b.site.Bundles.Name, code, u.ID}, "-") + "." + format
}
