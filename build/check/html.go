package check

import (
	"bytes"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var html = &Check{Name: "html", Doc: "Pages are Markdown: HTML is shown as it is written, never passed through; " +
	"a comment is closed.",
	Node: func(p *Pass, n ast.Node) {
		if markdown.IsComment(n, p.Doc.Text()) {
			if c, ok := n.(*markdown.Comment); ok && !c.Closed {
				p.Report(site.Error, n.Pos(), "close it with --> in the same list, quotation or block",
					"the comment that begins here goes on outside of what holds it")
			}
			return
		}
		var source []byte
		switch n := n.(type) {
		case *ast.RawHTML:
			source = n.Segments.Value(p.Doc.Text())
		case *ast.HTMLBlock:
			source = n.Lines().Value(p.Doc.Text())
		default:
			return
		}
		source, _, _ = bytes.Cut(bytes.TrimSpace(source), []byte("\n"))
		if len(source) > 40 {
			source = append(bytes.ToValidUTF8(source[:40:40], nil), "…"...)
		}
		p.Report(site.Error, n.Pos(), `write it as Markdown, or put \ before the < to show it`,
			"HTML is not passed through: %s", source)
	}}
