package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// comments are HTML comments: for people who write, shown to nobody. One that
// begins a line is a Comment; one among words is an ast.RawHTML.
type comments struct{}

func (comments) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(
		util.Prioritized(placed{commentParser{}}, 890),
		util.Prioritized(placed{noComments{parser.NewHTMLBlockParser()}}, 900),
	))
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{KindComment: renderNothing})
}

// KindComment is the node kind of a Comment.
var KindComment = ast.NewNodeKind("Comment")

// Comment is an HTML comment on lines of its own.
type Comment struct {
	ast.BaseBlock
	From, To int  // in Doc.Text, signs included
	Closed   bool // its end was found before that of what holds it
}

// Kind implements ast.Node.
func (*Comment) Kind() ast.NodeKind { return KindComment }

// IsRaw implements ast.Node.
func (*Comment) IsRaw() bool { return true }

// Dump implements ast.Node.
func (c *Comment) Dump(src []byte, level int) { ast.DumpHelper(c, src, level, nil, nil) }

// IsComment reports whether n is an HTML comment.
func IsComment(n ast.Node, src []byte) bool {
	raw, ok := n.(*ast.RawHTML)
	if !ok || raw.Segments.Len() == 0 {
		return n.Kind() == KindComment
	}
	first := raw.Segments.At(0)
	return bytes.HasPrefix(first.Value(src), opensComment)
}

// CommentText returns what a comment holds, with its signs, and its position; "" when n is none.
func CommentText(n ast.Node, src []byte) (text string, pos int) {
	switch n := n.(type) {
	case *Comment:
		return string(src[n.From:n.To]), n.From
	case *ast.RawHTML:
		if IsComment(n, src) {
			return string(n.Segments.Value(src)), n.Segments.At(0).Start
		}
	}
	return "", 0
}

var opensComment, closesComment = []byte("<!--"), []byte("-->")

type commentParser struct{}

func (commentParser) Trigger() []byte { return []byte{'<'} }

// Open takes a comment unless words follow it on its line, where it is one
// among words, or nothing ends it, where it stays for all to see.
func (commentParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || !bytes.HasPrefix(line[at:], opensComment) {
		return nil, parser.NoChildren
	}
	rest := line[at:]
	for bytes.HasPrefix(rest, opensComment) {
		_, after, closed := bytes.Cut(rest[len("<!"):], closesComment)
		if !closed {
			if bytes.Contains(reader.Source()[segment.Stop:], closesComment) {
				reader.AdvanceToEOL()
				return &Comment{From: segment.Start + at, To: segment.Stop}, parser.NoChildren
			}
			return nil, parser.NoChildren
		}
		rest = bytes.TrimSpace(after)
	}
	if len(rest) > 0 {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &Comment{From: segment.Start + at, To: segment.Stop, Closed: true}, parser.NoChildren
}

func (commentParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	c := node.(*Comment)
	if c.Closed {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	i := bytes.Index(line, closesComment)
	if i < 0 {
		reader.AdvanceToEOL()
		c.To = segment.Stop
		return parser.Continue | parser.NoChildren
	}
	c.To, c.Closed = segment.Start-segment.Padding+i+len(closesComment), true
	if len(bytes.TrimSpace(line[i+len(closesComment):])) > 0 {
		reader.Advance(i + len(closesComment))
		return parser.Close // what follows is text
	}
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (commentParser) Close(ast.Node, text.Reader, parser.Context) {}

func (commentParser) CanInterruptParagraph() bool { return true }

func (commentParser) CanAcceptIndentedLine() bool { return false }

// noComments is goldmark's parser of HTML blocks without comments.
type noComments struct{ parser.BlockParser }

func (p noComments) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if at := pc.BlockOffset(); at >= 0 && bytes.HasPrefix(line[at:], opensComment) {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

func renderNothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}
