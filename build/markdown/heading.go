package markdown

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// headings carry ids that are the same in every language: see PlaceIDs.
type headings struct{}

func (headings) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{ast.KindHeading: renderHeading})
}

func renderHeading(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w, h := bw.(*Writer), n.(*ast.Heading)
	if !entering {
		w.headed(true)
		w.begun(h.Level)
		w.raw("</")
		w.level(h.Level)
		w.raw(">\n")
		w.stop()
		return ast.WalkContinue, nil
	}
	w.set.reset()
	w.stop()
	w.raw("<")
	w.level(h.Level)
	id := w.nextID()
	w.id(id)
	w.raw(">")
	w.heads(true)
	w.begins(h.Level, id)
	return ast.WalkContinue, nil
}

// Headings returns the headings of a document in order.
func (d *Doc) Headings() []*ast.Heading {
	var list []*ast.Heading
	_ = ast.Walk(d.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			list = append(list, h)
		}
		if n.Type() == ast.TypeInline || n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return list
}

// PlainText returns the text of a node without markup.
func (d *Doc) PlainText(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(d.Text()))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(d.Text()))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
