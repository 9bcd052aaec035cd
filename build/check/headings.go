package check

import (
	"bytes"
	"strings"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var headings = &Check{Name: "headings", Doc: "Headings begin at ## (the title is the only #), and no level is " +
	"skipped (WCAG 1.3.1).", Page: func(p *Pass) {
	last, all := 1, p.Doc.Headings()
	for i, h := range all {
		switch {
		case h.Level == 1:
			p.Report(site.Error, h.Pos(), "write ##, or remove it when it only repeats the title",
				"a heading of the first level: the title is the only one")
		case h.Level > last+1:
			p.Report(site.Error, h.Pos(), "write "+strings.Repeat("#", last+1)+" and a space",
				"a heading of level %d follows one of level %d; level %d is wanted", h.Level, last, last+1)
			p.raise(all[i:], h.Level-last-1)
		}
		last = h.Level
	}
}, Node: func(p *Pass, n ast.Node) {
	if n.Kind() == ast.KindHeading && n.ChildCount() == 0 {
		p.Report(site.Error, n.Pos(), "write them, or remove the line", "the heading has no words")
	}
}}

// raise says that the first of some headings is mended when it stands levels higher, with all headings below it: what
// it held it holds then.
func (p *Pass) raise(list []*ast.Heading, levels int) {
	var edits []edit
	for i, h := range list {
		if i > 0 && h.Level < list[0].Level {
			break
		}
		pos := h.Pos()
		if !bytes.HasPrefix(p.Doc.Text()[pos:], bytes.Repeat([]byte("#"), h.Level)) {
			return
		}
		edits = append(edits, edit{pos, pos + levels, ""})
	}
	p.mend(edits...)
}
