package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

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
		if bad := unsafeSVG(svg); bad != "" {
			findings = append(findings, site.Finding{File: file, Level: site.Error, Check: "drawings",
				Message: "a drawing may hold plain shapes only, not " + bad, Hint: "save it as plain SVG and remove the rest by hand"})
		} else if _, ok := sized(svg); !ok {
			findings = append(findings, site.Finding{File: file, Level: site.Error, Check: "drawings",
				Message: "the drawing does not say how large it is",
				Hint:    `<svg viewBox="0 0 48 48">; width and height too where that is not its size in pixels`})
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

var (
	shapes     = map[string]bool{"svg": true, "g": true, "path": true, "circle": true, "ellipse": true, "rect": true, "line": true, "polyline": true, "polygon": true}
	references = regexp.MustCompile(`(?i)url\(|javascript:|https?:|data:|@import`)
	namespace  = regexp.MustCompile(` xmlns="[^"]*"`)
)

// unsafeSVG names the first thing in an SVG that is not a plain shape, "" for
// none. What is not well-formed XML could end the drawing early inside a page.
func unsafeSVG(svg []byte) string {
	d := xml.NewDecoder(bytes.NewReader(svg))
	elements := 0
	for {
		token, err := d.RawToken()
		switch {
		case err == io.EOF && elements > 0:
			return wellFormed(svg)
		case err != nil:
			return "broken markup"
		}
		switch t := token.(type) {
		case xml.StartElement:
			elements++
			if !shapes[t.Name.Local] || t.Name.Space != "" {
				return "<" + t.Name.Local + ">"
			}
			for _, a := range t.Attr {
				if bad := unsafeAttribute(a); bad != "" {
					return bad
				}
			}
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return "text"
			}
		case xml.EndElement:
		default:
			return "comments or declarations"
		}
	}
}

// unsafeAttribute names an attribute that may act, style or refer.
func unsafeAttribute(a xml.Attr) string {
	name := a.Name.Local
	switch {
	case name == "xmlns" && a.Name.Space == "":
		return ""
	case a.Name.Space != "", strings.HasPrefix(name, "on"), name == "id", name == "style", strings.Contains(name, "href"), references.MatchString(a.Value):
		return name
	}
	return ""
}

// wellFormed checks that elements are closed in order, which raw tokens do
// not.
func wellFormed(svg []byte) string {
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		switch _, err := d.Token(); err {
		case nil:
		case io.EOF:
			return ""
		default:
			return "broken markup"
		}
	}
}

// drawing is an SVG as an ornament: unseen by screen readers, and with a size:
// where a style is not understood, an SVG without one is as wide as the screen.
type drawing struct {
	html template.HTML // without the namespace that HTML does not need
	xml  template.HTML
}

func newDrawing(svg []byte) drawing {
	bare := string(namespace.ReplaceAll(bytes.TrimSpace(svg), nil))
	size, _ := sized(svg)
	hidden := strings.Replace(bare, "<svg", `<svg aria-hidden="true"`+size, 1)
	return drawing{template.HTML(hidden), template.HTML(strings.Replace(hidden, "<svg", `<svg xmlns="http://www.w3.org/2000/svg"`, 1))}
}

// sized returns the attributes that tell the size of an SVG, those of its
// viewBox, and none when it has them itself. It is false where nothing tells.
func sized(svg []byte) (attributes string, ok bool) {
	var root struct {
		Width   string `xml:"width,attr"`
		Height  string `xml:"height,attr"`
		ViewBox string `xml:"viewBox,attr"`
	}
	if xml.Unmarshal(svg, &root) != nil {
		return "", false
	}
	box := strings.FieldsFunc(root.ViewBox, func(r rune) bool { return r == ' ' || r == ',' })
	switch {
	case len(box) != 4:
		return "", false
	case root.Width != "" && root.Height != "":
		return "", true
	}
	escaped := template.HTMLEscapeString
	return fmt.Sprintf(` width="%s" height="%s"`, escaped(box[2]), escaped(box[3])), true
}
