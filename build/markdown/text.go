package markdown

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// texts sets running text.
type texts struct{}

func (texts) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{
		ast.KindText:                     renderText,
		ast.KindString:                   renderString,
		ast.KindParagraph:                renderParagraph,
		ast.KindCodeSpan:                 renderCodeSpan,
		extast.KindDefinitionTerm:        startsText("dt"),
		extast.KindDefinitionDescription: startsText("dd"),
	})
}

func renderText(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	w, t := bw.(*Writer), n.(*ast.Text)
	value := t.Segment.Value(src)
	if t.IsRaw() {
		w.buf = appendEscaped(w.buf, string(value))
	} else {
		w.buf = w.set.append(w.buf, value, true)
	}
	switch {
	case t.HardLineBreak() && w.XHTML:
		w.raw("<br />\n")
		w.set.last = ' '
	case t.HardLineBreak():
		w.raw("<br>\n")
		w.set.last = ' '
	case t.SoftLineBreak() && breaksHere(value, nextText(n, src)):
		w.raw("\n")
		w.set.last = ' '
	}
	return ast.WalkContinue, nil
}

func renderString(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w, s := bw.(*Writer), n.(*ast.String)
		if s.IsCode() || s.IsRaw() {
			w.buf = appendEscaped(w.buf, string(s.Value))
		} else {
			w.buf = w.set.append(w.buf, s.Value, true)
		}
	}
	return ast.WalkContinue, nil
}

// renderCodeSpan isolates code where text runs from right to left.
func renderCodeSpan(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	if !entering {
		return ast.WalkContinue, nil
	}
	w.raw("<code")
	if w.Language.Dir == "rtl" {
		w.attr("dir", "ltr")
	}
	w.raw(">")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			w.buf = appendEscaped(w.buf, string(t.Segment.Value(src)))
		}
	}
	w.raw("</code>")
	return ast.WalkSkipChildren, nil
}

func renderParagraph(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	open, shut := "<p>", "</p>\n"
	if IsTask(n) {
		open, shut = "<p><label>", "</label></p>\n"
	}
	if entering {
		w.set.reset()
		w.raw(open)
	} else {
		w.raw(shut)
	}
	return ast.WalkContinue, nil
}

// startsText renders an element whose text begins anew.
func startsText(tag string) renderer.NodeRendererFunc {
	return func(bw util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		w := bw.(*Writer)
		if entering {
			w.set.reset()
			w.raw("<", tag, ">")
		} else {
			w.raw("</", tag, ">\n")
		}
		return ast.WalkContinue, nil
	}
}

// breaksHere reports whether a line break in the source is a space between
// words: not beside Chinese or Japanese, as CSS Text 3 §4.1.3 has it, whatever
// stands on the other side.
func breaksHere(before, after []byte) bool {
	last, _ := utf8.DecodeLastRune(before)
	first, _ := utf8.DecodeRune(after)
	return !joins(last) && !joins(first)
}

func joins(r rune) bool {
	return util.IsEastAsianWideRune(r) && !unicode.Is(unicode.Hangul, r) || '\u3000' <= r && r <= '\u303F' || '\uFF00' <= r && r <= '\uFFEF'
}

// nextText returns the text that follows n in its block, however deep it is.
func nextText(n ast.Node, src []byte) []byte {
	for next := n.NextSibling(); next != nil; next = next.FirstChild() {
		if t, ok := next.(*ast.Text); ok {
			return t.Segment.Value(src)
		}
	}
	return nil
}
