package markdown

import (
	"strconv"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// footnotes stand at the end of the page under a heading of the language,
// with marks that work from right to left too.
type footnotes struct{}

func (footnotes) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{
		extast.KindFootnoteLink:     renderFootnoteLink,
		extast.KindFootnoteBacklink: renderFootnoteBacklink,
		extast.KindFootnote:         renderFootnote,
		extast.KindFootnoteList:     renderFootnoteList,
	})
}

// note is the id of a note. Like all ids that no writer gives it holds a dot,
// which Anchor never does: no heading can have it.
func note(index int) string { return "note." + strconv.Itoa(index) }

// noteMark is the id of the place in the text that a note belongs to.
func noteMark(index, ref int) string {
	mark := "note.mark." + strconv.Itoa(index)
	if ref > 0 {
		mark += "." + strconv.Itoa(ref+1)
	}
	return mark
}

func renderFootnoteLink(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w, l := bw.(*Writer), n.(*extast.FootnoteLink)
		number := strconv.Itoa(l.Index)
		w.raw(`<sup`)
		w.id(noteMark(l.Index, l.RefIndex))
		w.raw(`><a`)
		w.within(note(l.Index))
		w.raw(`>`)
		unsaid := len(w.said)
		w.set.append(&w.ink, []byte(number), false) // isolated, so that two marks keep their order
		w.said = w.said[:unsaid]
		w.raw(`</a></sup>`)
	}
	return ast.WalkContinue, nil
}

func renderFootnoteBacklink(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w, l := bw.(*Writer), n.(*extast.FootnoteBacklink)
		w.raw(` <a`)
		w.within(noteMark(l.Index, l.RefIndex))
		w.attr("aria-label", w.Language.Word("note-back"))
		w.raw(">↑</a>")
	}
	return ast.WalkContinue, nil
}

func renderFootnote(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	if entering {
		w.raw(`<li`)
		w.id(note(n.(*extast.Footnote).Index))
		w.raw(">\n")
	} else {
		w.raw("</li>\n")
	}
	w.stop()
	return ast.WalkContinue, nil
}

func renderFootnoteList(bw util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	if entering {
		w.raw(`<div class="notes"><`)
		w.level(2)
		w.id("note.list")
		w.raw(">")
		w.stop()
		w.heads(true)
		w.word("words", "notes")
		w.headed(true)
		w.stop()
		w.raw("</")
		w.level(2)
		w.raw(">\n<ol>\n")
	} else {
		w.raw("</ol></div>\n")
	}
	return ast.WalkContinue, nil
}
