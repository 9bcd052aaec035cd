package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// rawHTML is shown as the text it was written as, never passed through.
type rawHTML struct{}

func (rawHTML) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{
		ast.KindRawHTML:   renderRawHTML,
		ast.KindHTMLBlock: renderHTMLBlock,
	})
}

func renderRawHTML(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering && !IsComment(n, src) {
		w := bw.(*Writer)
		defer w.isolate()()
		for _, segment := range n.(*ast.RawHTML).Segments.Sliced(0, n.(*ast.RawHTML).Segments.Len()) {
			w.code(segment.Value(src))
		}
	}
	return ast.WalkSkipChildren, nil
}

func renderHTMLBlock(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	w, b := bw.(*Writer), n.(*ast.HTMLBlock)
	w.stop()
	w.raw("<p>")
	shut := w.isolate()
	for i := range b.Lines().Len() {
		line := b.Lines().At(i)
		w.code(line.Value(src))
	}
	if b.HasClosure() {
		w.code(b.ClosureLine.Value(src))
	}
	shut()
	w.raw("</p>\n")
	w.stop()
	return ast.WalkSkipChildren, nil
}

// isolate begins text that runs from left to right and returns what ends it.
func (w *Writer) isolate() (shut func()) {
	if w.Language.Dir != "rtl" {
		return func() {}
	}
	w.raw(`<bdi dir="ltr">`)
	w.say(isolate)
	return func() {
		w.raw("</bdi>")
		w.say(pop)
	}
}
