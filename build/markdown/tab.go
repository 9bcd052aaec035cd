package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// placed is a parser of blocks whose positions are right behind a tab, too.
// Goldmark counts what a tab stands for beyond its column as if it were written.
type placed struct{ parser.BlockParser }

// behindTab is a block, and how many columns are counted too many before it.
type behindTab struct {
	block ast.Node
	by    int
}

var behindTabs = parser.NewContextKey()

// Open implements parser.BlockParser.
func (p placed) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, at := reader.Position()
	n, state := p.BlockParser.Open(parent, reader, pc)
	if n != nil && at.Padding > 0 {
		list, _ := pc.Get(behindTabs).([]behindTab)
		pc.Set(behindTabs, append(list, behindTab{n, at.Padding}))
	}
	return n, state
}

// SetOption implements parser.SetOptioner.
func (p placed) SetOption(name parser.OptionName, value any) {
	if so, ok := p.BlockParser.(parser.SetOptioner); ok {
		so.SetOption(name, value)
	}
}

// replace puts the blocks behind tabs where they are written.
func replace(pc parser.Context) {
	list, _ := pc.Get(behindTabs).([]behindTab)
	for _, b := range list {
		b.block.SetPos(b.block.Pos() - b.by)
	}
}
