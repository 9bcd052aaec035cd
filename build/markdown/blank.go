package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blanks are places in a line to write on, `____`: four underscores or more.
// They are shown as underscores, which need no style, and are named for
// readers who hear the page.
type blanks struct{}

func (blanks) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(blanks{}, 450))) // before emphasis
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{kindBlank: renderBlank})
}

var kindBlank = ast.NewNodeKind("Blank")

type blank struct{ ast.BaseInline }

func (*blank) Kind() ast.NodeKind { return kindBlank }

func (b *blank) Dump(src []byte, level int) { ast.DumpHelper(b, src, level, nil, nil) }

func (blanks) Trigger() []byte { return []byte{'_'} }

func (blanks) Parse(_ ast.Node, reader text.Reader, _ parser.Context) ast.Node {
	line, _ := reader.PeekLine()
	n := 0
	for n < len(line) && line[n] == '_' {
		n++
	}
	if n < 4 {
		return nil
	}
	reader.Advance(n)
	return &blank{}
}

func renderBlank(bw util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w := bw.(*Writer)
		w.raw(`<span class="blank" role="img"`)
		w.attr("aria-label", w.Language.Word("blank"))
		w.raw(">____________</span>")
		w.say(" " + w.Language.Word("blank") + " ____________")
		w.set.last = '0' // a word, not a space
	}
	return ast.WalkContinue, nil
}
