package check

import (
	"fmt"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var nesting = &Check{Name: "nesting", Doc: "Blocks, quotes and lists are not nested deeper than limits.nesting of " +
	"site.yaml; what stands further in below an item belongs to it.", Node: func(p *Pass, n ast.Node) {
	p.standsOut(n)
	most := p.Site.Limits.Nesting
	if most == 0 || n.Type() != ast.TypeBlock {
		return
	}
	depth := 0
	for parent := n; parent != nil && depth <= most+1; parent = parent.Parent() {
		if isContainer(parent) {
			depth++
		}
	}
	if depth == most+1 && isContainer(n) {
		p.Report(site.Error, n.Pos(), "move it out of the list, quotation or block around it", "nested deeper than %d levels", most)
	}
}}

// standsOut names what was to stand in the item above it and lacks spaces for that, such as a list below 1. that is two
// further in, where three are wanted.
func (p *Pass) standsOut(n ast.Node) {
	item := n.PreviousSibling()
	if item != nil && item.Kind() == ast.KindList {
		item = item.LastChild()
	}
	if item == nil || item.Kind() != ast.KindListItem || item.FirstChild() == nil {
		return
	}
	at, words := n.Pos(), item.FirstChild()
	if n.Kind() == ast.KindList {
		at = n.FirstChild().Pos()
	}
	if words.Type() != ast.TypeBlock || words.Lines().Len() == 0 || at < 0 || item.Pos() < 0 {
		return
	}
	src := p.Doc.Text()
	further := markdown.FurtherIn(src, at, item.Pos())
	if wanted := markdown.FurtherIn(src, words.Lines().At(0).Start, item.Pos()); further >= 2 && further < wanted {
		p.Report(site.Error, at, fmt.Sprintf("write %d more before it and each line that belongs to it, as many as "+
			"stand before the words of the item", wanted-further),
			"too few spaces: this does not belong to the item above")
	}
}

// isContainer reports whether a node nests as writers see it: a list item
// counts once, not again for its list.
func isContainer(n ast.Node) bool {
	switch n.Kind() {
	case ast.KindDocument, ast.KindList, ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
		return false
	}
	return n.Type() == ast.TypeBlock
}
