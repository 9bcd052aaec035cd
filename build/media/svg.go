package media

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

var (
	shapes     = map[string]bool{"svg": true, "g": true, "path": true, "circle": true, "ellipse": true, "rect": true, "line": true, "polyline": true, "polygon": true}
	references = regexp.MustCompile(`(?i)url\(|javascript:|https?:|data:|@import`)
)

// UnsafeSVG names the first thing in an SVG that is not a plain shape, "" for
// none. What is not well-formed XML could end the drawing early inside a page.
func UnsafeSVG(svg []byte) string {
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

// SVGSize returns how large an SVG says that it is: by width and height of its own, or else by its viewBox, and ok only
// where it has one.
func SVGSize(svg []byte) (width, height string, own, ok bool) {
	var root struct {
		Width   string `xml:"width,attr"`
		Height  string `xml:"height,attr"`
		ViewBox string `xml:"viewBox,attr"`
	}
	if xml.Unmarshal(svg, &root) != nil {
		return "", "", false, false
	}
	box := strings.FieldsFunc(root.ViewBox, func(r rune) bool { return r == ' ' || r == ',' })
	switch {
	case len(box) != 4:
		return "", "", false, false
	case root.Width != "" && root.Height != "":
		return root.Width, root.Height, true, true
	}
	return box[2], box[3], false, true
}

// What is wrong with drawings, and what to do about it.
const (
	SVGHint  = "save it as plain SVG and remove the rest by hand"
	SizeHint = `<svg viewBox="0 0 48 48">; width and height too where that is not its size in pixels`
)

// makeSVG passes on a drawing that holds plain shapes only.
func makeSVG(data []byte, l Limits) (*Made, error) {
	if bad := UnsafeSVG(data); bad != "" {
		return nil, &Problem{"may hold plain shapes only, not " + bad, SVGHint}
	}
	w, h, _, ok := SVGSize(data)
	width, errW := strconv.ParseFloat(strings.TrimSuffix(w, "px"), 64)
	height, errH := strconv.ParseFloat(strings.TrimSuffix(h, "px"), 64)
	const most = 10_000
	if !ok || errW != nil || errH != nil || !(width >= 1 && width <= most && height >= 1 && height <= most) {
		return nil, &Problem{"does not say how large it is", SizeHint}
	}
	if l.Bytes > 0 && len(data) > l.Bytes {
		return nil, &Problem{fmt.Sprintf("has %d bytes, %d more than limits.picture", len(data), len(data)-l.Bytes),
			"draw it with fewer points, or save it as a PNG"}
	}
	if !bytes.Contains(data, []byte("xmlns=")) { // in a file of its own it wants one
		data = bytes.Replace(data, []byte("<svg"), []byte(`<svg xmlns="http://www.w3.org/2000/svg"`), 1)
	}
	file := File{int(width), int(height), len(data), data}
	if l.Width > 0 && file.Width > l.Width {
		file.Width, file.Height = l.Width, scaled(file.Height, l.Width, file.Width)
	}
	return &Made{Kind: svgKind, Files: []File{file}}, nil
}
