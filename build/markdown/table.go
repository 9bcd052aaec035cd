package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// tables stand in a box that scrolls by itself, so that a wide one does not
// push a narrow page sideways. Keyboards reach the box, screen readers get a
// name for it.
type tables struct{}

func (tables) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{
		extast.KindTable:       renderTable,
		extast.KindTableHeader: renderTableHeader,
		extast.KindTableRow:    renderTableRow,
		extast.KindTableCell:   renderTableCell,
	})
}

func renderTable(bw util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	if entering {
		w.raw(`<div class="scroll" role="group" tabindex="0"`)
		w.attr("aria-label", w.Language.Word("table"))
		w.raw("><table>\n")
	} else {
		w.raw("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

func renderTableHeader(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	if entering {
		w.raw("<thead><tr>")
		return ast.WalkContinue, nil
	}
	w.raw("</tr></thead>\n")
	if n.NextSibling() != nil {
		w.raw("<tbody>\n")
	}
	return ast.WalkContinue, nil
}

func renderTableRow(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	if entering {
		w.raw("<tr>")
		return ast.WalkContinue, nil
	}
	w.raw("</tr>\n")
	if n.NextSibling() == nil {
		w.raw("</tbody>\n")
	}
	return ast.WalkContinue, nil
}

func renderTableCell(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	tag := "td" // also above a column of names, which needs no heading
	if n.Parent().Kind() == extast.KindTableHeader && n.HasChildren() {
		tag = "th"
	}
	w.stop()
	if !entering {
		w.raw("</", tag, ">")
		return ast.WalkContinue, nil
	}
	w.set.reset()
	w.raw("<", tag)
	switch n.(*extast.TableCell).Alignment {
	case extast.AlignRight:
		w.attr("class", "end")
	case extast.AlignCenter:
		w.attr("class", "mid")
	}
	if tag == "th" {
		w.attr("scope", "col")
	}
	w.raw(">")
	return ast.WalkContinue, nil
}
