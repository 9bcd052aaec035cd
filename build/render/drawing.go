package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"fieldguide/build/site"

	"golang.org/x/net/html"
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
		if bad := unsafeSVG(svg); bad != "" {
			findings = append(findings, site.Finding{File: file, Level: site.Error, Check: "drawings",
				Message: "a drawing may hold plain shapes only, not " + bad, Hint: "save it as plain SVG and remove the rest by hand"})
		}
		r.drawings[strings.TrimSuffix(e.Name(), ".svg")] = template.HTML(hidden(svg))
	}
	return findings, nil
}

// drawingName returns the name of the drawing that an image destination
// means: "kite" for "/drawings/kite.svg".
func drawingName(dest string) string {
	name, _ := strings.CutPrefix(dest, "/drawings/")
	return strings.TrimSuffix(name, ".svg")
}

var (
	shapes     = map[string]bool{"svg": true, "g": true, "path": true, "circle": true, "ellipse": true, "rect": true, "line": true, "polyline": true, "polygon": true}
	references = regexp.MustCompile(`(?i)url\(|javascript:|https?:|data:|@import`)
	namespace  = regexp.MustCompile(` xmlns="[^"]*"`)
)

// unsafeSVG names the first thing in an SVG that is not a plain shape, "" for
// none.
func unsafeSVG(svg []byte) string {
	z := html.NewTokenizer(bytes.NewReader(svg))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return "broken markup"
			}
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if !shapes[t.Data] {
				return "<" + t.Data + ">"
			}
			for _, a := range t.Attr {
				if a.Key == "xmlns" {
					continue
				}
				if strings.HasPrefix(a.Key, "on") || a.Key == "id" || a.Key == "style" || strings.Contains(a.Key, "href") || references.MatchString(a.Val) {
					return a.Key
				}
			}
		case html.CommentToken, html.DoctypeToken:
			return "comments or declarations"
		}
	}
}

// hidden makes an SVG an ornament inside HTML: unseen by screen readers and
// by the Tab key, without the namespace that HTML does not need.
func hidden(svg []byte) []byte {
	svg = namespace.ReplaceAll(bytes.TrimSpace(svg), nil)
	return bytes.Replace(svg, []byte("<svg"), []byte(`<svg aria-hidden="true" focusable="false"`), 1)
}
