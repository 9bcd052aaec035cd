package check

import (
	"strings"
	"unicode"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var figures = &Check{Name: "figures", Doc: "A figure that claims a fact, such as a percentage or a number above a hundred, stands in a link to its source: [709 children](source:general-comment-25).", Node: func(p *Pass, n ast.Node) {
	text, ok := n.(*ast.Text)
	if !ok || p.Site.LoadOf(p.Family).Strict || cited(n) {
		return
	}
	value := string(text.Segment.Value(p.Doc.Text()))
	for at, figure := range claims(value) {
		p.Report(site.Warning, text.Segment.Start+at, "["+figure+" …](source:id), with the id of a record of content/data/resources.yaml", "the figure %q names no source", figure)
	}
}}

// cited reports whether a node stands in a link to a source, or where no fact
// is claimed: in an address or a form.
func cited(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		switch n := n.(type) {
		case *ast.Link:
			return strings.HasPrefix(markdown.Destination(n.Destination), "source:")
		case *ast.AutoLink, *ast.CodeSpan:
			return true
		}
	}
	return false
}

// claims yields the figures of a text that claim a fact: percentages and
// numbers from 100 on that are not years.
func claims(text string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(text); at++ {
			if text[at] < '0' || text[at] > '9' {
				continue
			}
			end := at
			for end < len(text) && (text[end] >= '0' && text[end] <= '9' || (text[end] == '.' || text[end] == ',') && end+1 < len(text) && text[end+1] >= '0' && text[end+1] <= '9') {
				end++
			}
			figure := text[at:end]
			rest := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
			percent := strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, "٪")
			year := len(figure) == 4 && (figure[0] == '1' && figure[1] == '9' || figure[0] == '2' && figure[1] == '0')
			if (percent || len(figure) >= 3 && !year) && !yield(at, figure) {
				return
			}
			at = end
		}
	}
}
