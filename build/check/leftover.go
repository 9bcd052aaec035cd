package check

import (
	"bytes"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var leftover = &Check{Name: "leftover", Doc: "No Markdown sign is left in the text that readers see, such as ** beside Chinese punctuation.", Node: func(p *Pass, n ast.Node) {
	if n.Type() != ast.TypeBlock || n.FirstChild() == nil || n.FirstChild().Type() != ast.TypeInline {
		return
	}
	if !mayBeLeft(n, p.Doc.Text()) {
		return
	}
	for _, r := range textRuns(n) {
		p.leftoverIn(r)
	}
}}

// leftovers are what a reader must not see and how to write it.
var leftovers = []struct{ sign, hint string }{
	{"**", "bold closes only beside a letter or a space: put the punctuation outside, **word**: more"},
	{"__", "write **bold**"},
	{"](", "a link is [words](page.md), with no space between and no line break in the address"},
	{"[^", "a footnote mark needs its note: [^1]: … on a line of its own"},
	{"`", "code closes with as many ` as it opens with"},
	{"[ ]", "an item to tick begins with - [ ] and a space"},
	{"~~", "struck text closes with ~~"},
	{"<!--", "a comment for people who write ends with -->, in the same paragraph when words stand before it"},
}

// mayBeLeft reports whether a block holds any sign of Markdown at all: most do
// not, and need no second look.
func mayBeLeft(block ast.Node, src []byte) bool {
	lines := block.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		for _, c := range src[line.Start:line.Stop] {
			switch c {
			case '*', '_', ']', '[', '`', '~', '#', '<', 0xEF:
				return true
			}
		}
	}
	return lines.Len() == 0 // a table cell keeps its text elsewhere
}

func (p *Pass) leftoverIn(r run) {
	src := p.Doc.Text()
	for _, l := range leftovers {
		for at := r.start; ; {
			i := bytes.Index(src[at:r.stop], []byte(l.sign))
			if i < 0 {
				break
			}
			at += i
			if at == 0 || src[at-1] != '\\' {
				p.Report(site.Error, at, l.hint, "%q is left in the text", l.sign)
				break // one of a kind is enough for a run
			}
			at += len(l.sign)
		}
	}
	if line := src[r.start:r.stop]; r.first && len(line) > 1 && line[0] == '#' {
		if word := bytes.TrimLeft(line, "#"); len(word) > 0 && word[0] != ' ' {
			p.Report(site.Error, r.start, "write a space after the last #", "this is no heading yet")
		}
	}
}

// run is text between markup, as the source has it.
type run struct {
	start, stop int
	first       bool // it begins its block
}

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
				runs = append(runs, run{s.Start, s.Stop, len(runs) == 0})
			}
		}
		return ast.WalkContinue, nil
	})
	return runs
}
