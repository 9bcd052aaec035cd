package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// images are drawings, put into the page itself, or files beside it.
type images struct{}

func (images) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{ast.KindImage: renderImage})
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
	href := ""
	if w.Link != nil {
		href = w.Link(dest)
	}
	if href == "" { // it leads nowhere, which a check has named
		w.set.append(&w.ink, []byte(alt), false)
		return ast.WalkSkipChildren, nil
	}
	w.marked(Picture, alt, func() {
		w.raw("<img")
		w.attr("src", href)
		w.attr("alt", alt)
		w.raw(">")
	})
	w.say(" " + alt + " ")
	return ast.WalkSkipChildren, nil
}
