package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Line is what somebody who checks a text on paper ticks on its own: a paragraph,
// a heading, an item, a cell, a line of code.
type Line struct {
	Text      string   // without markup
	Addresses []string // that its links lead to outside the guide, in order
}

// Lines returns the lines of a passage.
func (d *Doc) Lines(n ast.Node) (list []Line) {
	if n == nil {
		return nil
	}
	first := n.FirstChild()
	switch {
	case n.Kind() == KindComment:
	case n.Kind() == ast.KindFencedCodeBlock, n.Kind() == ast.KindCodeBlock:
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			list = append(list, Line{Text: strings.TrimRight(string(line.Value(d.Text())), "\n")})
		}
	case first != nil && first.Type() == ast.TypeInline:
		line := Line{Text: strings.TrimSpace(d.PlainText(n))}
		_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if link, ok := n.(*ast.Link); ok && entering {
				if to := Destination(link.Destination); isOutside(to) {
					line.Addresses = append(line.Addresses, to)
				}
			}
			return ast.WalkContinue, nil
		})
		if line.Text != "" {
			list = append(list, line)
		}
	default:
		for c := first; c != nil; c = c.NextSibling() {
			list = append(list, d.Lines(c)...)
		}
	}
	return list
}

// isOutside reports whether a destination leads out of the guide, or dials.
func isOutside(dest string) bool {
	scheme, _, _ := strings.Cut(dest, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "tel", "sms", "mailto":
		return true
	}
	return false
}
