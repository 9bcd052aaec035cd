package markdown

import (
	"bytes"

	"fieldguide/build/site"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blocks are fenced containers, `:::name … :::`.
type blocks struct{}

func (blocks) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(placed{blockParser{}}, 650)))
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{
		KindBlock:      renderBlock,
		kindBlockTitle: renderBlockTitle,
	})
}

// KindBlock is the node kind of a Block.
var KindBlock = ast.NewNodeKind("Block")

// Block is a fenced container in the tree.
type Block struct {
	ast.BaseBlock
	Name   string
	ID     string // written {#id}
	Closed bool   // its closing fence was found
	fence  int    // colons
}

// Kind implements ast.Node.
func (*Block) Kind() ast.NodeKind { return KindBlock }

// Dump implements ast.Node.
func (b *Block) Dump(src []byte, level int) {
	ast.DumpHelper(b, src, level, map[string]string{"Name": b.Name, "ID": b.ID}, nil)
}

// Title returns the node with the words after the block's name, or nil.
func (b *Block) Title() ast.Node {
	if first := b.FirstChild(); first != nil && first.Kind() == kindBlockTitle {
		return first
	}
	return nil
}

var kindBlockTitle = ast.NewNodeKind("BlockTitle")

type blockTitle struct{ ast.BaseBlock }

func (*blockTitle) Kind() ast.NodeKind { return kindBlockTitle }

func (t *blockTitle) Dump(src []byte, level int) { ast.DumpHelper(t, src, level, nil, nil) }

// deepest is how many open blocks, quotes and lists may hold a further block.
// Deeper ones stay text: no page means them, and each costs time on every line.
const deepest = 100

type blockParser struct{}

func (blockParser) Trigger() []byte { return []byte{':'} }

// fence returns the number of colons at the start of a line and the rest of
// it, without the line end.
func fence(line []byte) (colons int, rest []byte) {
	for colons < len(line) && line[colons] == ':' {
		colons++
	}
	return colons, bytes.TrimRight(line[colons:], "\r\n")
}

func (blockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	indent := pc.BlockOffset()
	if indent < 0 {
		return nil, parser.NoChildren
	}
	colons, rest := fence(line[indent:])
	name := blockName(rest)
	if colons < 3 || name == "" || len(pc.OpenedBlocks()) > deepest {
		return nil, parser.NoChildren
	}
	b := &Block{Name: name, fence: colons}
	start := segment.Start - segment.Padding + indent + colons + len(name)
	title := rest[len(name):]
	if at := bytes.LastIndex(title, []byte("{#")); at >= 0 && bytes.HasSuffix(bytes.TrimSpace(title), []byte("}")) {
		b.ID = Anchor(string(title[at:]))
		title = title[:at]
	}
	if words := bytes.TrimLeft(title, " \t"); len(words) > 0 {
		start += len(title) - len(words)
		node := &blockTitle{}
		node.SetPos(start)
		node.Lines().Append(text.NewSegment(start, start+len(bytes.TrimRight(words, " \t"))))
		b.AppendChild(b, node)
	}
	reader.AdvanceToEOL()
	return b, parser.HasChildren
}

// blockName returns the name at the start of rest: a-z, 0-9 and hyphens,
// followed by a space, an attribute or the end.
func blockName(rest []byte) string {
	end := 0
	for end < len(rest) && (rest[end] >= 'a' && rest[end] <= 'z' || end > 0 && (rest[end] == '-' || rest[end] >= '0' && rest[end] <= '9')) {
		end++
	}
	if end < len(rest) && rest[end] != ' ' && rest[end] != '\t' && rest[end] != '{' {
		return ""
	}
	return string(rest[:end])
}

func (blockParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	b := node.(*Block)
	line, segment := reader.PeekLine()
	indent := len(line) - len(bytes.TrimLeft(line, " "))
	colons, rest := fence(line[indent:])
	if indent > 3 || colons < 3 || len(bytes.TrimSpace(rest)) > 0 || insideCode(pc) || colons < b.fence || innerTakes(b, pc, colons) {
		return parser.Continue | parser.HasChildren
	}
	b.Closed = true
	reader.Advance(segment.Len() - len(line) + len(bytes.TrimSuffix(line, []byte("\n")))) // the last line of a file may have no end
	return parser.Close
}

// insideCode reports whether the line belongs to an open code block.
func insideCode(pc parser.Context) bool {
	open := pc.OpenedBlocks()
	return len(open) > 0 && open[len(open)-1].Node.Kind() == ast.KindFencedCodeBlock
}

// innerTakes reports whether a closing fence belongs to an open block inside
// b with just as many colons.
func innerTakes(b *Block, pc parser.Context, colons int) bool {
	for _, open := range pc.OpenedBlocks() {
		inner, ok := open.Node.(*Block)
		if ok && inner != b && inner.fence == colons && isInside(inner, b) {
			return true
		}
	}
	return false
}

func isInside(n ast.Node, b *Block) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p == ast.Node(b) {
			return true
		}
	}
	return false
}

func (blockParser) Close(ast.Node, text.Reader, parser.Context) {}

func (blockParser) CanInterruptParagraph() bool { return true }

func (blockParser) CanAcceptIndentedLine() bool { return false }

// renderBlock writes the element that the site's data gives the block, with
// its label. A block unknown to the site, which a check has named, is a div.
func renderBlock(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w, b := bw.(*Writer), n.(*Block)
	spec := w.Blocks[b.Name]
	element, folds := "div", b.folds(spec)
	if spec != nil && !folds {
		element = spec.Element
	}
	if !entering {
		w.stop()
		if spec != nil && spec.Data != "" {
			w.breakable(w.Data[spec.Data].HTML)
			w.say(w.Data[spec.Data].Said)
			w.stop()
		}
		if folds {
			w.raw("</div>")
		}
		w.raw("</", element, ">\n")
		return ast.WalkContinue, nil
	}
	id := w.nextID()
	w.stop()
	w.raw("<", element)
	w.attr("class", b.Name)
	if !b.hasHeading(spec) {
		w.id(id)
	}
	w.raw(">\n")
	if spec != nil && spec.Label && !folds {
		b.label(w, spec.Heading, id)
	}
	return ast.WalkContinue, nil
}

// label writes the label of the block, as a heading of a level that carries its id.
func (b *Block) label(w *Writer, heading int, id string) {
	w.raw("<")
	w.headingOr("p", heading)
	w.raw(` class="label"`)
	if heading > 0 {
		w.id(id)
	}
	w.raw(">")
	w.begins(heading, id)
	w.word("blocks", b.Name)
	w.begun(heading)
	w.raw("</")
	w.headingOr("p", heading)
	w.raw(">\n")
	w.stop()
}

// hasHeading reports whether the block has a heading, which then carries its id:
// its label or its title.
func (b *Block) hasHeading(spec *site.Block) bool {
	return spec != nil && spec.Heading > 0 && (spec.Label || b.Title() != nil && spec.Element != "details")
}

// folds reports whether the block shows its words when its title is opened. They
// stand beside the details that open them, not in it: browsers before 2025 print
// nothing of a details that is closed, and no style can change that. The style
// hides them from a screen until then, their label with them: it judges the title.
func (b *Block) folds(spec *site.Block) bool {
	return spec != nil && spec.Element == "details" && b.Title() != nil
}

// renderBlockTitle writes the words after the block's name.
func renderBlockTitle(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w := bw.(*Writer)
	tag, class, heading, before, after := "p", ` class="title"`, 0, "", ""
	b := n.Parent().(*Block)
	spec := w.Blocks[b.Name]
	switch {
	case spec == nil:
	case spec.Sound, spec.Video:
		class = "" // it is a link, and no head of a page
	case spec.Element == "details":
		tag, class, before, after = "summary", "", "<details>", "</details><div>\n"
	case spec.Heading > 0 && !spec.Label:
		heading = spec.Heading
	}
	if entering {
		w.set.reset()
		w.stop()
		w.raw(before, "<")
		w.headingOr(tag, heading)
		w.raw(class)
		if heading > 0 {
			w.id(w.lastID()) // of the block, which has just begun
		}
		w.raw(">")
		w.heads(heading > 0)
		w.begins(heading, w.lastID())
	} else {
		w.headed(heading > 0)
		w.begun(heading)
		w.raw("</")
		w.headingOr(tag, heading)
		w.raw(">", after)
		if after == "" {
			w.raw("\n")
		}
		w.stop()
		if spec != nil && (spec.Sound || spec.Video) {
			w.clip(b, src)
		}
		if spec != nil && spec.Label && b.folds(spec) {
			b.label(w, spec.Heading, w.lastID())
		}
	}
	return ast.WalkContinue, nil
}
