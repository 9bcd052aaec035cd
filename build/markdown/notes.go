package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// notes reads footnotes as goldmark does and remembers them all: it forgets
// those that no mark leads to.
type notes struct{}

func (notes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(placed{noteParser{extension.NewFootnoteBlockParser()}}, 999)),
		parser.WithInlineParsers(util.Prioritized(markParser{extension.NewFootnoteParser()}, 101)),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)
}

type noteParser struct{ parser.BlockParser }

var noteList = parser.NewContextKey()

// Open implements parser.BlockParser. A note does not open in another: goldmark
// would show neither's words.
func (p noteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	for n := parent; n != nil; n = n.Parent() {
		if n.Kind() == extast.KindFootnote {
			return nil, parser.NoChildren
		}
	}
	n, state := p.BlockParser.Open(parent, reader, pc)
	if note, ok := n.(*extast.Footnote); ok {
		list, _ := pc.Get(noteList).([]*extast.Footnote)
		pc.Set(noteList, append(list, note))
	}
	return n, state
}

// markParser reads the marks of notes, [^1]. Goldmark's takes what follows an
// exclamation mark for one without its bracket too: "!^1]".
type markParser struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (p markParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if rest := bytes.TrimPrefix(line, []byte("!")); !bytes.HasPrefix(rest, []byte("[^")) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}
