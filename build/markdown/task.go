package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// tasks are list items to tick: real boxes with the whole line as their
// label. Nothing stores what was ticked.
type tasks struct{}

func (tasks) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{
		ast.KindListItem:        renderListItem,
		ast.KindTextBlock:       renderTextBlock,
		extast.KindTaskCheckBox: renderTaskCheckBox,
	})
}

// IsTask reports whether a list item, or the text in it, begins with a box.
func IsTask(n ast.Node) bool {
	if n.Kind() == ast.KindListItem {
		n = n.FirstChild()
	}
	return n != nil && n.FirstChild() != nil && n.FirstChild().Kind() == extast.KindTaskCheckBox
}

func renderListItem(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	w.stop()
	switch {
	case !entering:
		w.raw("</li>\n")
	case IsTask(n):
		w.raw(`<li class="task">`)
	default:
		w.raw("<li>")
	}
	return ast.WalkContinue, nil
}

func renderTextBlock(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	switch {
	case entering:
		w.set.reset()
		if IsTask(n) {
			w.raw("<label>")
		}
	case IsTask(n):
		w.raw("</label>")
	case n.NextSibling() != nil && n.FirstChild() != nil:
		w.raw("\n")
	}
	return ast.WalkContinue, nil
}

func renderTaskCheckBox(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	w := bw.(*Writer)
	box := `<input type="checkbox"`
	if n.(*extast.TaskCheckBox).IsChecked {
		box += ` checked=""`
	}
	w.void(box)
	w.raw(" ")
	w.say(" ")
	return ast.WalkContinue, nil
}
