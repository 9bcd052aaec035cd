package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"slices"

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

// styleKey names a style: of a kind of page, for the readers of a band or "",
// in a script.
type styleKey struct{ kind, band, script string }

// Pages that are no family's have a style of their own.
const (
	chooserStyle = "chooser" // the language chooser and 404
	epubStyle    = "epub"
)

// loadStyles puts together, for each kind of page, band and script, the files
// of static/style that it needs: base, the layout's, the kind's own, the
// band's, the script's, print. What a page does not use, its readers do not
// pay for.
func (r *Renderer) loadStyles() ([]site.Finding, error) {
	type wearer struct{ kind, band string }
	files := map[wearer][]string{{kind: chooserStyle}: {"drawing", "chooser"}}
	if len(r.site.Bundles.Units) > 0 {
		files[wearer{kind: coverKind}], files[wearer{kind: awayKind}], files[wearer{kind: bookKind}] = []string{"drawing", "cover"}, []string{"cover"}, []string{"drawing", "book"}
		files[wearer{kind: epubStyle}] = nil
	}
	for _, f := range r.site.Families {
		w := wearer{f.Kind.ID, r.bandOf(f)}
		names := slices.Concat([]string{f.Kind.Layout}, f.Kind.Style)
		if f.Picture != "" || f.IsIndex() || slices.Contains(files[w], "drawing") { // one for all that dress alike
			names = slices.Concat([]string{"drawing"}, names)
		}
		if band := r.bandOf(f); band != "" {
			names = append(names, "band-"+band)
		}
		if r.site.HasExit(f) {
			names = append(names, "leave")
		}
		files[w] = names
	}
	scripts := map[string]bool{}
	for _, lang := range r.site.Languages {
		scripts[lang.Script] = true
	}
	for script := range scripts {
		for w, names := range files {
			names = slices.Concat([]string{"base"}, names, []string{"script-" + script, "print"})
			if w.kind == epubStyle { // a reading program sets the rest as its reader likes it
				names = []string{"epub"}
			}
			s, err := r.style(names)
			if err != nil {
				return nil, err
			}
			r.styles[styleKey{w.kind, w.band, script}] = s
			if w.kind == bookKind || w.kind == epubStyle {
				continue // not paid for page by page
			}
			what := w.kind + " in script " + script
			if w.band != "" {
				what = w.kind + " for ages " + w.band + " in script " + script
			}
			r.paid = append(r.paid, Paid{what, s})
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

// styleOf returns the style of a kind of page for the readers of a band, the
// plainest for a kind that the site does not know, which a finding has named.
func (r *Renderer) styleOf(kind, band string, lang *site.Language) *Style {
	if s := r.styles[styleKey{kind, band, lang.Script}]; s != nil {
		return s
	}
	return r.styles[styleKey{kind: chooserStyle, script: lang.Script}]
}

// bandOf returns the id of the band whose readers a page is for, "" for none.
func (r *Renderer) bandOf(f *site.Family) string {
	if band := r.site.BandFor(f); band != nil {
		return band.ID
	}
	return ""
}

func (r *Renderer) style(names []string) (*Style, error) {
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
	small, err := minifier.Bytes("text/css", all.Bytes())
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
