package markdown

import (
	"strings"
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
		ast.KindThematicBreak:            renderThematicBreak,
		ast.KindCodeBlock:                renderCodeBlock,
		ast.KindFencedCodeBlock:          renderCodeBlock,
		extast.KindDefinitionTerm:        startsText("dt"),
		extast.KindDefinitionDescription: startsText("dd"),
	})
}

func renderText(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	w, t := bw.(*Writer), n.(*ast.Text)
	if previous, ok := n.PreviousSibling().(*ast.Text); ok && goesOn(previous, t) {
		return ast.WalkContinue, nil // written with it
	}
	value := t.Segment.Value(src)
	for next, ok := t.NextSibling().(*ast.Text); ok && goesOn(t, next); next, ok = t.NextSibling().(*ast.Text) {
		value = src[t.Segment.Stop-len(value) : next.Segment.Stop]
		t, n = next, next
	}
	if t.IsRaw() {
		w.code(value)
	} else {
		after := nextText(n, src)
		w.set.next, _ = utf8.DecodeRune(after)
		w.set.append(&w.ink, value, true)
	}
	switch {
	case t.HardLineBreak():
		w.void("<br")
		w.raw("\n")
		w.stop()
		w.set.last = ' '
	case t.SoftLineBreak() && breaksHere(value, nextText(n, src), w.Language.Characters):
		w.raw("\n")
		w.say(" ")
		w.set.last = ' '
	}
	return ast.WalkContinue, nil
}

// goesOn reports whether b follows a in the source with nothing between:
// goldmark splits text at signs such as _ that turn out to mean nothing, but
// an address or a quotation is one piece to its readers.
func goesOn(a, b *ast.Text) bool {
	return a.Segment.Stop == b.Segment.Start && a.IsRaw() == b.IsRaw() && !a.SoftLineBreak() && !a.HardLineBreak() &&
		a.Segment.Padding == 0 && b.Segment.Padding == 0
}

func renderString(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w, s := bw.(*Writer), n.(*ast.String)
		if s.IsCode() || s.IsRaw() {
			w.code(s.Value)
		} else {
			w.set.append(&w.ink, s.Value, true)
		}
	}
	return ast.WalkContinue, nil
}

// renderCodeSpan isolates code, as renderCodeBlock does, where text runs from right to left.
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
			w.code(t.Segment.Value(src))
		}
	}
	w.raw("</code>")
	w.set.last = '0' // stands for the code: a word, not a space
	return ast.WalkSkipChildren, nil
}

func renderCodeBlock(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	if !entering {
		return ast.WalkContinue, nil
	}
	w.stop()
	w.raw("<pre")
	if w.Language.Dir == "rtl" {
		w.attr("dir", "ltr")
	}
	w.raw("><code>")
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		w.code(line.Value(src))
	}
	w.raw("</code></pre>\n")
	w.stop()
	return ast.WalkSkipChildren, nil
}

func renderThematicBreak(bw util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w := bw.(*Writer)
		w.void("<hr")
		w.raw("\n")
		w.stop()
	}
	return ast.WalkContinue, nil
}

func renderParagraph(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	open, shut := "<p>", "</p>\n"
	if IsTask(n) {
		open, shut = "<p><label>", "</label></p>\n"
	}
	image, picture := w.figure(n)
	if image != nil {
		open, shut = "<figure>", "</figure>\n"
	}
	w.stop()
	if entering {
		w.set.reset()
		w.raw(open)
	} else {
		if image != nil {
			w.stop()
			w.below(image, picture)
			w.stop()
		}
		w.raw(shut)
	}
	return ast.WalkContinue, nil
}

// startsText renders an element whose text begins anew.
func startsText(tag string) renderer.NodeRendererFunc {
	return func(bw util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		w := bw.(*Writer)
		isTerm := tag == "dt"
		if entering {
			w.set.reset()
			w.stop()
			w.raw("<", tag, ">")
			w.heads(isTerm)
		} else {
			w.headed(isTerm)
			w.raw("</", tag, ">\n")
			w.stop()
		}
		return ast.WalkContinue, nil
	}
}

// breaksHere reports whether a line break in the source is a space between
// words: not beside Chinese or Japanese, as CSS Text 3 §4.1.3 has it, whatever
// stands on the other side, nor, among characters, between two marks that are wide
// there: ” and “.
func breaksHere(before, after []byte, characters bool) bool {
	last, _ := utf8.DecodeLastRune(before)
	first, _ := utf8.DecodeRune(after)
	return !joins(last) && !joins(first) && !(characters && wideThere(last) && wideThere(first))
}

// wideThere reports whether r is a mark that Chinese shares with other languages,
// where it is narrow.
func wideThere(r rune) bool { return strings.ContainsRune("\"“”‘’—…·", r) }

func joins(r rune) bool {
	return util.IsEastAsianWideRune(r) && !unicode.Is(unicode.Hangul, r) || '\u3000' <= r && r <= '\u303F' || '\uFF00' <= r && r <= '\uFFEF'
}

// nextText returns the text that follows n in its block, however deep it is: of
// code and addresses a digit, which stands for a word.
func nextText(n ast.Node, src []byte) []byte {
	for n.NextSibling() == nil {
		if n = n.Parent(); n == nil || n.Type() != ast.TypeInline {
			return nil
		}
	}
	for next := n.NextSibling(); next != nil; next = next.FirstChild() {
		switch next := next.(type) {
		case *ast.Text:
			return next.Segment.Value(src)
		case *ast.CodeSpan, *ast.AutoLink:
			return []byte("0")
		}
	}
	return nil
}
