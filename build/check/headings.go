package check

import (
	"strings"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var headings = &Check{Name: "headings", Doc: "Headings begin at ## (the title is the only #), and no level is " +
	"skipped (WCAG 1.3.1).", Page: func(p *Pass) {
	last := 1
	for _, h := range p.Doc.Headings() {
		switch {
		case h.Level == 1:
			p.Report(site.Error, h.Pos(), "write ##, or remove it when it only repeats the title",
				"a heading of the first level: the title is the only one")
		case h.Level > last+1:
			p.Report(site.Error, h.Pos(), "write "+strings.Repeat("#", last+1)+" and a space",
				"a heading of level %d follows one of level %d; level %d is wanted", h.Level, last, last+1)
		}
		last = h.Level
	}
}, Node: func(p *Pass, n ast.Node) {
	if n.Kind() == ast.KindHeading && n.ChildCount() == 0 {
		p.Report(site.Error, n.Pos(), "write them, or remove the line", "the heading has no words")
	}
}}
