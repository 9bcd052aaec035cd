package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"fieldguide/build/media"
	"fieldguide/build/site"
)

// loadDrawings reads static/drawings. A drawing is put into pages as it is,
// so it may hold shapes only: no script, style, text or reference.
func (r *Renderer) loadDrawings() ([]site.Finding, error) {
	var findings []site.Finding
	entries, err := fs.ReadDir(r.fsys, "static/drawings")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading static/drawings: %w", err)
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".svg" || !e.Type().IsRegular() {
			continue
		}
		file := "static/drawings/" + e.Name()
		svg, err := fs.ReadFile(r.fsys, file)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		if bad := media.UnsafeSVG(svg); bad != "" {
			findings = append(findings, site.Finding{File: file, Level: site.Error, Check: "drawings",
				Message: "a drawing may hold plain shapes only, not " + bad, Hint: media.SVGHint})
		} else if _, _, _, ok := media.SVGSize(svg); !ok {
			findings = append(findings, site.Finding{File: file, Level: site.Error, Check: "drawings",
				Message: "the drawing does not say how large it is",
				Hint:    media.SizeHint})
		}
		small, err := minifier.Bytes("image/svg+xml", svg)
		if err != nil {
			small = svg // unsafeSVG has said why
		}
		r.drawings[strings.TrimSuffix(e.Name(), ".svg")] = newDrawing(small)
	}
	return findings, nil
}

// drawingName returns the name of the drawing that an image destination
// means: "kite" for "/drawings/kite.svg".
func drawingName(dest string) string {
	name, _ := strings.CutPrefix(dest, "/drawings/")
	return strings.TrimSuffix(name, ".svg")
}

var namespace = regexp.MustCompile(` xmlns="[^"]*"`)

// drawing is an SVG as an ornament: unseen by screen readers, and with a size:
// where a style is not understood, an SVG without one is as wide as the screen.
type drawing struct {
	html template.HTML // without the namespace that HTML does not need
	xml  template.HTML
}

func newDrawing(svg []byte) drawing {
	bare := string(namespace.ReplaceAll(bytes.TrimSpace(svg), nil))
	size := ""
	if width, height, own, ok := media.SVGSize(svg); ok && !own {
		size = fmt.Sprintf(` width="%s" height="%s"`, template.HTMLEscapeString(width), template.HTMLEscapeString(height))
	}
	hidden := strings.Replace(bare, "<svg", `<svg aria-hidden="true"`+size, 1)
	return drawing{template.HTML(hidden), template.HTML(strings.Replace(hidden, "<svg", `<svg xmlns="http://www.w3.org/2000/svg"`, 1))}
}
