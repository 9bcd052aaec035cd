package markdown

import (
	"github.com/yuin/goldmark/ast"
)

// LinkPlace is the destination of a link or an image, where it is written.
type LinkPlace struct {
	Pos  int    // of the link, as Doc.Position takes it
	Dest string // as it is written
	At   int    // where that stands in Doc.Text; -1 when it cannot be told
}

// Destinations returns the destinations of all links and images of a document, in their order, those in definitions
// that links refer to where these stand.
func (d *Doc) Destinations() []LinkPlace {
	var list []LinkPlace
	text := d.Text()
	add := func(n ast.Node, dest []byte) {
		p := LinkPlace{n.Pos(), string(dest), -1}
		// The parser takes destinations out of the text without copying them.
		if at := cap(text) - cap(dest); len(dest) > 0 && at >= 0 && at+len(dest) <= len(text) && &text[at] == &dest[0] {
			p.At = at
		}
		list = append(list, p)
	}
	_ = ast.Walk(d.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if entering {
				add(n, n.Destination)
			}
		case *ast.Image:
			if entering {
				add(n, n.Destination)
			}
		}
		return ast.WalkContinue, nil
	})
	return list
}
