package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// altText returns the words that stand for an image: its own without markup,
// with escapes and character references resolved; HTML as it is written.
func altText(n ast.Node, src []byte) string {
	var b strings.Builder
	addAlt(&b, n, src)
	return b.String()
}

func addAlt(b *strings.Builder, n ast.Node, src []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if value := c.Segment.Value(src); n.Kind() == ast.KindCodeSpan {
				b.Write(value)
			} else {
				b.Write(unescape(value))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.RawHTML:
			if !IsComment(c, src) {
				b.Write(c.Segments.Value(src))
			}
		case *blank:
			b.WriteString("____")
		default:
			addAlt(b, c, src)
		}
	}
}
