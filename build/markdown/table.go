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
// name for it. What stands first in a row says what the row is about.
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
		w.tableName()
		w.raw("><table")
		if w.under != "" {
			w.tableName()
		}
		w.raw(">\n")
	} else {
		w.raw("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

// tableName names a table, or the box that it scrolls in, by the heading that it stands
// under; the word for a table is the name of one that stands under none.
func (w *Writer) tableName() {
	if w.under == "" {
		w.attr("aria-label", w.Language.Word("table"))
		return
	}
	w.raw(` aria-labelledby="`)
	w.marked(Place, w.under, func() { w.html = appendEscaped(w.html, w.under) })
	w.raw(`"`)
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
	tag, scope := "td", "" // also above a column of names, which needs no heading
	top := n.Parent().Kind() == extast.KindTableHeader
	switch {
	case !n.HasChildren(), n.FirstChild().Kind() == kindBlank && !top:
	case top:
		tag, scope = "th", "col"
	case n.PreviousSibling() == nil && n.NextSibling() != nil:
		tag, scope = "th", "row"
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
	if scope != "" {
		w.attr("scope", scope)
	}
	w.raw(">")
	return ast.WalkContinue, nil
}
