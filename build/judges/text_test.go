package judges

import (
	"slices"
	"strings"
	"testing"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

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
	source, lang := p.family.In(g.Site, p.lang)
	return append([]string{source.Title}, g.below(t, p.family)[lang.Index]...)
}

// below returns the texts below the titles of a family, by language. All are
// read at once, and once.
func (g *guide) below(t testing.TB, f *site.Family) [][]string {
	t.Helper()
	g.texts.Lock()
	defer g.texts.Unlock()
	if list := g.texts.of[f]; list != nil {
		return list
	}
	texts, _, err := content.Read(g.sources, g.Site, f)
	if err != nil {
		t.Fatal(err)
	}
	list := make([][]string, len(texts.Docs))
	for i, doc := range texts.Docs {
		if doc != nil {
			list[i] = pieces(doc)
		}
	}
	g.texts.of[f] = list
	return list
}

func pieces(doc *markdown.Doc) []string {
	var list []string
	ast.Walk(doc.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if first := n.FirstChild(); !entering || n.Type() != ast.TypeBlock || first == nil || first.Type() != ast.TypeInline {
			return ast.WalkContinue, nil
		}
		list = append(list, inline(n, doc.Text())...)
		return ast.WalkSkipChildren, nil
	})
	return list
}

// inline returns the text of a block's inline content in pieces, because
// between them a page may put more: an address after a link, a number of a
// note, a drawing in place of a picture's words.
func inline(block ast.Node, src []byte) []string {
	pieces := []string{""}
	add := func(text []byte) { pieces[len(pieces)-1] += string(text) }
	ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				add(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(n.Segment.Value(src)))))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				add([]byte(" "))
			}
		case *ast.Emphasis, *ast.CodeSpan:
		case *ast.Image:
			pieces = append(pieces, "")
			return ast.WalkSkipChildren, nil
		case *ast.AutoLink:
			if entering {
				pieces = append(pieces, string(n.Label(src)), "")
			}
		default:
			if n != block {
				pieces = append(pieces, "")
			}
		}
		return ast.WalkContinue, nil
	})
	return pieces
}

// lacking returns those texts that are not in shown.
func lacking(texts []string, shown string) []string {
	shown = fold(shown)
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return strings.Contains(shown, fold(text)) })
}
