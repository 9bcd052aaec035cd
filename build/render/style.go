package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"slices"

	"fieldguide/build/content"
	"fieldguide/build/site"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/svg"
)

// minifier takes out of style and drawings what browsers do not need.
var minifier = func() *minify.M {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	return m
}()

// Style is the style of one kind of page in one script, ready to be put into
// a page, with the hash that its content policy names.
type Style struct {
	Element template.HTML
	Hash    string // 'sha256-…'
	CSS     []byte
}

// wearer are the pages that dress alike: of a kind, for the readers of a band
// or "", with the link to leave the page or without.
type wearer struct {
	kind, band string
	exit       bool
}

func (w wearer) String() string {
	name := w.kind
	if w.band != "" {
		name += " for ages " + w.band
	}
	if w.exit {
		name += " with the way out"
	}
	return name
}

// styleKey names a style: of pages in a script.
type styleKey struct {
	wearer
	script string
}

// Pages that are no family's have a style of their own.
const (
	chooserStyle = "chooser" // the language chooser and 404
	epubStyle    = "epub"
)

// loadStyles puts together, for all pages that dress alike, in each script, the
// files of static/style that they need: base, the layout's, the kind's own, the
// band's, the link's to leave the page, the script's, print. What a page does not
// use, its readers do not pay for.
func (r *Renderer) loadStyles() ([]site.Finding, error) {
	files := map[wearer][]string{{kind: chooserStyle}: {"drawing", "chooser"}}
	if len(r.site.Bundles.Units) > 0 {
		files[wearer{kind: coverKind}] = []string{"drawing", "cover"}
		files[wearer{kind: awayKind}] = []string{"cover"}
		files[wearer{kind: bookKind}] = []string{"drawing", "book", "leave"}
		files[wearer{kind: epubStyle}] = nil
	}
	for _, f := range r.site.Families {
		w := r.wearer(f)
		names := slices.Concat([]string{f.Kind.Layout}, f.Kind.Style)
		if f.Picture != "" || f.IsIndex() || slices.Contains(files[w], "drawing") { // one for all that dress alike
			names = slices.Concat([]string{"drawing"}, names)
		}
		if w.band != "" {
			names = append(names, "band-"+w.band)
		}
		if w.exit {
			names = append(names, "leave")
		}
		files[w] = names
	}
	scripts := map[string]bool{}
	for _, lang := range r.site.Languages {
		scripts[lang.Script] = true
	}
	palette, err := r.palette()
	if err != nil {
		return nil, err
	}
	for script := range scripts {
		for w, names := range files {
			names = slices.Concat([]string{"base"}, names, []string{"script-" + script, "print"})
			if w.kind == epubStyle { // a reading program sets the rest as its reader likes it
				names = []string{"epub"}
			}
			s, err := r.style(names, palette)
			if err != nil {
				return nil, err
			}
			r.styles[styleKey{w, script}] = s
			if w.kind == bookKind || w.kind == epubStyle {
				continue // not paid for page by page
			}
			r.paid = append(r.paid, Paid{w.String() + " in script " + script, s})
		}
	}
	return nil, nil
}

// Paid is a style that readers download with every page, and whose it is.
type Paid struct {
	What string // "story for ages under-9 in script latn"
	*Style
}

// Paid returns the styles that readers pay for page by page.
func (r *Renderer) Paid() []Paid { return r.paid }

// styleOf returns the style of pages in a language, the plainest for a kind
// that the site does not know, which a finding has named.
func (r *Renderer) styleOf(w wearer, lang *site.Language) *Style {
	if s := r.styles[styleKey{w, lang.Script}]; s != nil {
		return s
	}
	return r.styles[styleKey{wearer{kind: chooserStyle}, lang.Script}]
}

func (r *Renderer) wearer(f *site.Family) wearer {
	return wearer{f.Kind.ID, r.bandOf(f), r.site.HasExit(f)}
}

// bandOf returns the id of the band whose readers a page is for, "" for none.
func (r *Renderer) bandOf(f *site.Family) string {
	if band := r.site.BandFor(f); band != nil {
		return band.ID
	}
	return ""
}

// palette reads the colours of static/style/palette.css, by name. A site's lie
// over the built-in ones, value by value.
func (r *Renderer) palette() (map[string][]byte, error) {
	const file = "static/style/palette.css"
	values := map[string][]byte{}
	for _, layer := range content.Layers(r.fsys) {
		text, err := fs.ReadFile(layer, file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		for _, m := range declaration.FindAllSubmatch(text, -1) {
			values[string(m[1])] = m[2]
		}
	}
	return values, nil
}

// Custom properties, as palette.css declares and other files use them. They
// are filled in here, because old browsers know none.
var (
	declaration = regexp.MustCompile(`--([a-z][a-z0-9-]*):\s*([^;}]*)`)
	reference   = regexp.MustCompile(`var\(--([a-z][a-z0-9-]*)\)`)
)

func (r *Renderer) style(names []string, palette map[string][]byte) (*Style, error) {
	var all bytes.Buffer
	for _, name := range slices.Compact(names) {
		file := "static/style/" + name + ".css"
		text, err := fs.ReadFile(r.fsys, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		all.Write(text)
	}
	filled := reference.ReplaceAllFunc(all.Bytes(), func(use []byte) []byte {
		if value, known := palette[string(reference.FindSubmatch(use)[1])]; known {
			return value
		}
		return use
	})
	small, err := minifier.Bytes("text/css", filled)
	if err != nil {
		return nil, fmt.Errorf("minifying the style of %v: %w", names, err)
	}
	sum := sha256.Sum256(small)
	return &Style{
		Element: template.HTML("<style>" + string(small) + "</style>"),
		Hash:    "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		CSS:     small,
	}, nil
}
