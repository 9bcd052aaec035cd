package judges

import (
	"strings"
	"testing"

	"fieldguide/build/content"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// written returns what the writers of a page wrote, from its Markdown: the
// title, then the text of each heading, paragraph, item and cell.
func (g *guide) written(t testing.TB, p *page) []string {
	t.Helper()
	if p.family == nil {
		return nil
	}
	texts, _, err := content.Read(g.sources, g.Site, p.family)
	if err != nil {
		t.Fatal(err)
	}
	source, lang := p.family.In(g.Site, p.lang)
	doc := texts.Docs[lang.Index]
	list := []string{source.Title}
	ast.Walk(doc.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if first := n.FirstChild(); !entering || n.Type() != ast.TypeBlock || first == nil || first.Type() != ast.TypeInline {
			return ast.WalkContinue, nil
		}
		list = append(list, inline(n, doc.Text()))
		return ast.WalkSkipChildren, nil
	})
	return list
}

// inline returns the text of a block's inline content, pictures left out.
func inline(block ast.Node, src []byte) string {
	var b strings.Builder
	ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Image:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(n.Segment.Value(src)))))
			b.WriteByte(' ')
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// lacking returns those texts that have a word and are not in shown.
func lacking(texts []string, shown string) []string {
	shown = fold(shown)
	var list []string
	for _, text := range texts {
		if !strings.Contains(shown, fold(text)) {
			list = append(list, text)
		}
	}
	return list
}
