package check

import (
	"bytes"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var leftover = &Check{Name: "leftover", Doc: "No Markdown sign is left in the text that readers see, such as ** " +
	"beside Chinese punctuation.", Node: func(p *Pass, n ast.Node) {
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		p.codeEnds(n)
	case *ast.CodeBlock:
		p.indented(n)
	case *ast.Link:
		p.pictureIn(n)
	case *ast.ListItem:
		if n.FirstChild() == nil {
			p.Report(site.Error, n.Pos(), "write its words after the sign and a space, or remove the line; to show the sign, put "+
				`\ before it`, "the item has no words")
		}
	}
	if n.Type() != ast.TypeBlock || n.FirstChild() == nil || n.FirstChild().Type() != ast.TypeInline {
		return
	}
	if !p.mayBeLeft(n) {
		return
	}
	runs := textRuns(n)
	for _, r := range runs {
		text := p.Doc.Text()[r.start:r.stop]
		if has := signsOf(text); !has.in(text, leftSigns) {
			continue
		}
		p.leftoverIn(r, runs)
		p.singleIn(r)
		p.tildesIn(r)
		p.linksIn(r)
		p.definitionsIn(r)
	}
	p.noHeading(n)
	p.noTable(n)
	p.lastSlash(n, runs)
}}

// leftovers are what a reader must not see and how to write it.
var leftovers = []struct{ sign, hint string }{
	{"**", ""}, // boldHint
	{"__", "bold is **words**; a name such as __init is code, `__init`; to show the signs, write \\_\\_"},
	{"](", ""}, // linkHint
	{"[^", "a footnote mark needs its note: [^1]: … on a line of its own"},
	{"`", "code closes with as many ` as it opens with; in a table, a | inside is written \\|"},
	{"[ ]", "an item to tick begins with - [ ] and a space"},
	{"~~", "struck text closes with ~~"},
	{"<!--", "a comment for people who write ends with -->, in the same paragraph when words stand before it"},
}

// leftSigns are those of text in which leftovers, single signs, links and definitions may be.
const leftSigns = "*_[]`~<］】"

// mayBeLeft reports whether a block holds any sign of Markdown at all: most do
// not, and need no second look.
func (p *Pass) mayBeLeft(block ast.Node) bool {
	return p.signsIn(block).mayHold(leftSigns + "#＃|\\")
}

func (p *Pass) leftoverIn(r run, all []run) {
	src := p.Doc.Text()
	for _, l := range leftovers {
		for at := r.start; ; {
			i := bytes.Index(src[at:r.stop], []byte(l.sign))
			if i < 0 {
				break
			}
			at += i
			if (at == 0 || src[at-1] != '\\') && !(l.sign == "__" && insideWord(src, at, len(l.sign))) {
				hint := l.hint
				if l.sign == "](" && at+2 < len(src) && src[at+2] == '{' {
					at += len(l.sign) // the check "dialect" names what stands there
					continue
				}
				switch {
				case l.sign == "](":
					hint = linkHint(src, at)
				case hint == "":
					hint = boldHint(src, at)
				}
				p.Report(site.Error, at, hint, "%q is left in the text", l.sign)
				if l.sign == "**" {
					p.closeUp(all, at)
				}
				break // one of a kind is enough for a run
			}
			at += len(l.sign)
		}
	}
}

// noHeading names a paragraph that begins as a heading would.
func (p *Pass) noHeading(block ast.Node) {
	if block.Kind() != ast.KindParagraph && block.Kind() != ast.KindTextBlock || block.Lines().Len() == 0 {
		return
	}
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		p.noHeadingIn(line.Start, line.Value(p.Doc.Text()), i == 0)
	}
}

// noHeadingIn names a line that begins as a heading would. Below others one # may be of a number or a tag.
func (p *Pass) noHeadingIn(start int, text []byte, isFirst bool) {
	word := bytes.TrimLeft(text, "#＃")
	signs := text[:len(text)-len(word)]
	hint := ""
	switch {
	case len(signs) == 0 || len(word) == 0 || word[0] == '\n' || !isFirst && utf8.RuneCount(signs) < 2:
		return
	case bytes.HasPrefix(word, []byte(". ")):
		hint = "write 1. and a space before an item of a list"
	case bytes.Contains(signs, []byte("＃")):
		hint = "write ## and a space, with the # of a Latin keyboard"
	case word[0] != ' ':
		hint = `write a space after the last #; a # that is text is written \#`
	case len(signs) > 6:
		hint = "write two to six #: no heading has more"
	default:
		return
	}
	p.Report(site.Error, start, hint, "this is no heading yet")
}

// run is text between markup, as the source has it.
type run struct{ start, stop int }

// textRuns returns the text of a block without code, joined where it was
// split only by signs that turned out to be text.
func textRuns(block ast.Node) []run {
	var runs []run
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			s := n.Segment
			if last := len(runs) - 1; last >= 0 && runs[last].stop == s.Start {
				runs[last].stop = s.Stop
			} else {
				runs = append(runs, run{s.Start, s.Stop})
			}
		}
		return ast.WalkContinue, nil
	})
	return runs
}
