package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// wholes join texts that goldmark splits at signs which turn out to mean
// nothing: a number or a word is one text to all who look at the tree.
type wholes struct{}

func (wholes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(wholes{}, 900)))
}

func (wholes) Transform(root *ast.Document, _ text.Reader, _ parser.Context) { join(root) }

func join(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			join(c)
			continue
		}
		for next, ok := t.NextSibling().(*ast.Text); ok && goesOn(t, next); next, ok = t.NextSibling().(*ast.Text) {
			t.Segment.Stop = next.Segment.Stop
			t.SetSoftLineBreak(next.SoftLineBreak())
			t.SetHardLineBreak(next.HardLineBreak())
			n.RemoveChild(n, next)
		}
	}
}
