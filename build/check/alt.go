package check

import (
	"strings"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var alt = &Check{Name: "alt", Doc: "An image says in words what it shows (WCAG 1.1.1).",
	Node: func(p *Pass, n ast.Node) {
		if n.Kind() == ast.KindImage && strings.TrimSpace(p.Doc.PlainText(n)) == "" {
			p.Report(site.Error, n.Pos(), "![what it shows](…)", "the image has no text alternative")
		}
	}}
