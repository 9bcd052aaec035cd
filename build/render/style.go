package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"slices"

	"fieldguide/build/check"
	"fieldguide/build/site"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
)

// style is the style of one kind of page in one script, ready to be put into
// a page, with the hash that its content policy names.
type style struct {
	Element template.HTML
	Hash    string // 'sha256-…'
	CSS     []byte
}

type styleKey struct{ kind, script string }

// plainKind is the style of pages that are no family: the chooser and 404.
const plainKind = ""

// loadStyles puts together, for each kind and script, the files of
// static/style that it needs: base, the layout's, the kind's own, the
// script's. What a kind does not use, its readers do not pay for.
func (r *Renderer) loadStyles() ([]site.Finding, error) {
	var findings []site.Finding
	scripts := map[string]bool{}
	for _, lang := range r.site.Languages {
		scripts[lang.Script] = true
	}
	for script := range scripts {
		for _, id := range append(slices.Sorted(maps.Keys(r.site.Kinds)), plainKind) {
			names := []string{"base"}
			if kind := r.site.Kinds[id]; kind != nil {
				names = append(append(names, kind.Layout), kind.Style...)
			} else {
				names = append(names, "chooser")
			}
			s, err := r.style(append(names, "script-"+script, "print"))
			if err != nil {
				return findings, err
			}
			r.styles[styleKey{id, script}] = s
			findings = append(findings, check.StyleBudget(r.site, id+" in script "+script, s.CSS)...)
		}
	}
	return findings, nil
}

func (r *Renderer) style(names []string) (*style, error) {
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
	var small bytes.Buffer
	if err := css.Minify(minify.New(), &small, &all, nil); err != nil {
		return nil, fmt.Errorf("minifying the style of %v: %w", names, err)
	}
	sum := sha256.Sum256(small.Bytes())
	return &style{
		Element: template.HTML("<style>" + small.String() + "</style>"),
		Hash:    "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		CSS:     small.Bytes(),
	}, nil
}
