package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// images are drawings, put into the page itself, or pictures in files beside it. What stands in quotation marks after
// the address of a picture is its caption, when it is alone in its paragraph:
//
//	![A red kite above a hill](kite.jpg "Where the wind is strong, two hold the line")
type images struct{}

func (images) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{ast.KindImage: renderImage})
}

// Picture is a picture in a file, as a page shows it.
type Picture struct {
	Name   string // by which Form.Picture knows it
	Attrs  string // of its element: where it lies and how large it is, with a space before each
	Credit string // who made it; "" where nobody must be named
}

// FigureIn returns the image that a paragraph consists of, nil for another paragraph.
func FigureIn(n ast.Node) *ast.Image {
	image, ok := n.FirstChild().(*ast.Image)
	if !ok || image.NextSibling() != nil || n.Kind() != ast.KindParagraph {
		return nil
	}
	return image
}

// figure returns the picture that a paragraph consists of when words stand below it.
func (w *Writer) figure(n ast.Node) (*ast.Image, *Picture) {
	image := FigureIn(n)
	if image == nil || w.Picture == nil {
		return nil, nil
	}
	dest := Destination(image.Destination)
	p := w.Picture(dest)
	if p == nil && w.Drawing != nil && len(w.Drawing(dest)) > 0 {
		p = &Picture{}
	}
	if p == nil || len(image.Title) == 0 && p.Credit == "" {
		return nil, nil
	}
	return image, p
}

// below writes the words below a picture.
func (w *Writer) below(image *ast.Image, p *Picture) {
	w.raw("<figcaption>")
	w.set.reset()
	w.set.append(&w.ink, unescape(image.Title), true)
	if p.Credit != "" {
		if len(image.Title) > 0 {
			w.raw(" ")
			w.say(" ")
		}
		w.raw("<small><bdi>") // names and licences have a direction of their own, whole
		w.html = appendEscaped(w.html, p.Credit)
		w.say(p.Credit)
		w.raw("</bdi></small>")
	}
	w.raw("</figcaption>")
}

func renderImage(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	w, dest := bw.(*Writer), Destination(n.(*ast.Image).Destination)
	alt := altText(n, src)
	if w.Drawing != nil {
		if svg := w.Drawing(dest); len(svg) > 0 {
			w.raw(`<span role="img"`)
			w.attr("aria-label", alt)
			w.raw(">")
			w.drawing(bytes.TrimSpace(svg))
			w.raw("</span>")
			w.say(" " + alt + " ")
			return ast.WalkSkipChildren, nil
		}
	}
	var p *Picture
	if w.Picture != nil {
		p = w.Picture(dest)
	}
	if p == nil { // there is none, which a check has named
		w.set.append(&w.ink, []byte(alt), false)
		return ast.WalkSkipChildren, nil
	}
	w.marked(Medium, p.Name, func() {})
	w.marked(Image, alt, func() {
		w.raw("<img", p.Attrs)
		w.attr("alt", alt)
		if w.pictures > 0 {
			w.raw(` loading="lazy"`)
		}
		w.raw(">")
	})
	w.pictures++
	w.say(" " + alt + " ")
	return ast.WalkSkipChildren, nil
}
