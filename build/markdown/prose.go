package markdown

import (
	"bytes"
	"sort"
	"strings"

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
	most := 2 * d.Root.ChildCount() // of most pages
	w := proseWriter{src: d.Text(), list: make([]Prose, 0, most), ends: make([]proseSize, 0, most),
		spots: make([]spot, 0, 4*most)}
	w.text.Grow(len(d.Text()))
	w.blocks(d.Root)
	text := w.text.String()
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
	text  strings.Builder
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
		w.from = w.text.Len()
		w.inlines(n)
		w.list = append(w.list, Prose{Node: n})
		w.ends = append(w.ends, proseSize{w.text.Len() - w.from, len(w.spots) - spots})
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
			w.spots = append(w.spots, spot{w.text.Len() - w.from, n.Segment.Start})
			if said := n.Segment.Value(w.src); n.Parent().Kind() == ast.KindCodeSpan {
				w.text.Write(lowerASCII(said)) // a name for machines is none made of initials
			} else {
				w.text.Write(said)
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				w.text.WriteByte(' ')
			}
			continue
		case *ast.String:
			w.text.Write(n.Value)
		case *ast.AutoLink:
			w.text.Write(n.Label(w.src))
		case *blank:
			w.text.WriteString("____")
		case *ast.Image, *extast.TaskCheckBox:
			continue
		}
		w.inlines(n)
	}
}

func lowerASCII(text []byte) []byte {
	text = bytes.Clone(text)
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			text[i] = c + 'a' - 'A'
		}
	}
	return text
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
