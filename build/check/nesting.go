package check

import (
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var nesting = &Check{Name: "nesting", Doc: "Blocks, quotes and lists are not nested deeper than limits.nesting of " +
	"site.yaml.", Node: func(p *Pass, n ast.Node) {
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

// isContainer reports whether a node nests as writers see it: a list item
// counts once, not again for its list.
func isContainer(n ast.Node) bool {
	switch n.Kind() {
	case ast.KindDocument, ast.KindList, ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
		return false
	}
	return n.Type() == ast.TypeBlock
}
