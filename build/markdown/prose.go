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
// They share their memory.
func (d *Doc) Prose() []Prose {
	w := proseWriter{src: d.Text(), text: make([]byte, 0, len(d.Text()))}
	w.blocks(d.Root)
	text := string(w.text)
	for i, ends := range w.ends {
		w.list[i].Text, text = text[:ends.text], text[ends.text:]
		w.list[i].spots, w.spots = w.spots[:ends.spots:ends.spots], w.spots[ends.spots:]
	}
	return w.list
}

// proseWriter writes the running text of a document, piece after piece.
type proseWriter struct {
	src   []byte
	list  []Prose
	text  []byte
	spots []spot
	ends  []proseSize // of each piece
	from  int         // where the piece begins
}

// proseSize is how much text and how many spots a piece has.
type proseSize struct{ text, spots int }

func (w *proseWriter) blocks(n ast.Node) {
	first := n.FirstChild()
	if n.Type() == ast.TypeBlock && first != nil && first.Type() == ast.TypeInline {
		spots := len(w.spots)
		w.from = len(w.text)
		w.inlines(n)
		w.list = append(w.list, Prose{Node: n})
		w.ends = append(w.ends, proseSize{len(w.text) - w.from, len(w.spots) - spots})
		return
	}
	for c := first; c != nil; c = c.NextSibling() {
		w.blocks(c)
	}
}

func (w *proseWriter) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			w.spots = append(w.spots, spot{len(w.text) - w.from, n.Segment.Start})
			w.text = append(w.text, n.Segment.Value(w.src)...)
			if n.Parent().Kind() == ast.KindCodeSpan {
				lowerASCII(w.text[len(w.text)-n.Segment.Len():]) // a name for machines is none made of initials
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				w.text = append(w.text, ' ')
			}
			continue
		case *ast.String:
			w.text = append(w.text, n.Value...)
		case *ast.AutoLink:
			w.text = append(w.text, n.Label(w.src)...)
		case *blank:
			w.text = append(w.text, "____"...)
		case *ast.Image, *extast.TaskCheckBox:
			continue
		}
		w.inlines(n)
	}
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
