package markdown

import (
	"sort"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Prose is a piece of running text: a paragraph, a heading, a list item, a
// cell, the title of a block.
type Prose struct {
	Node  ast.Node // the block that holds it
	Text  string   // without markup
	spots []spot
}

// spot says where a part of the text stands in the source.
type spot struct{ at, pos int }

// Prose returns the pieces of running text of a document, in reading order.
func (d *Doc) Prose() []Prose {
	var list []Prose
	_ = ast.Walk(d.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() != ast.TypeBlock {
			return ast.WalkContinue, nil
		}
		first := n.FirstChild()
		if first == nil || first.Type() != ast.TypeInline {
			return ast.WalkContinue, nil
		}
		list = append(list, d.prose(n))
		return ast.WalkSkipChildren, nil
	})
	return list
}

func (d *Doc) prose(block ast.Node) Prose {
	p := Prose{Node: block}
	var text []byte
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			p.spots = append(p.spots, spot{len(text), n.Segment.Start})
			text = append(text, n.Segment.Value(d.Text())...)
			if n.Parent().Kind() == ast.KindCodeSpan {
				lowerASCII(text[len(text)-n.Segment.Len():]) // a name for machines is none made of initials
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				text = append(text, ' ')
			}
		case *ast.String:
			text = append(text, n.Value...)
		case *ast.AutoLink:
			text = append(text, n.Label(d.Text())...)
		case *blank:
			text = append(text, "____"...)
		case *ast.Image, *extast.TaskCheckBox:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	p.Text = string(text)
	return p
}

func lowerASCII(text []byte) {
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			text[i] = c + 'a' - 'A'
		}
	}
}

// Pos returns the position in the source of a place in the text, as
// Doc.Position wants it.
func (p *Prose) Pos(at int) int {
	i := sort.Search(len(p.spots), func(i int) bool { return p.spots[i].at > at }) - 1
	if i < 0 {
		return p.Node.Pos()
	}
	return p.spots[i].pos + at - p.spots[i].at
}
