// Package markdown is our goldmark: it turns text into a tree, and a tree into HTML and what that says.
//
// It reads CommonMark, with a rule for bold that fits Chinese and Arabic too,
// tables, footnotes, definition lists, task lists, text ~~struck out~~ and bare
// addresses in any script, and one construct of our own, the fenced block:
//
//	:::name Title words {#id}
//	Anything, also further blocks with fewer colons.
//	:::
//
// Each construct has one file with its parser, its renderer and their
// registration. Raw HTML is parsed, so that a check can point at it, and is
// never passed through; comments are dropped. Doc.Lost says what of a source
// reaches no page. Text is set as readers of the language expect it:
// quotation marks, French spaces, Chinese line breaks, and in right-to-left
// languages isolated numbers, addresses and foreign words.
//
//	doc := markdown.Parse(file, src, body)
//	html := w.Page(doc, markdown.Options{Language: lang, …})
package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/yuin/goldmark"
)

// Doc is one parsed Markdown file.
type Doc struct {
	File string // for findings
	Src  []byte // the file, with LF line ends
	Body int    // where the text begins, after the front matter
	Root ast.Node

	Written []byte // the file before it was brought into a normal form; nil when Src is as it was written

	notes    []*extast.Footnote // all there are, also those that the tree lacks
	passages []Passage          // once somebody asked
	asked    []place            // the places, once somebody asked
}

// Parse reads the text of src that begins at body. It is safe for concurrent
// use and accepts anything.
func Parse(file string, src []byte, body int) *Doc {
	d, pc := &Doc{File: file, Src: src, Body: body}, parser.NewContext()
	d.Root = engine.Parser().Parse(text.NewReader(src[body:]), parser.WithContext(pc))
	replace(pc)
	d.notes, _ = pc.Get(noteList).([]*extast.Footnote)
	return d
}

// Text returns the bytes that positions of the tree count in.
func (d *Doc) Text() []byte { return d.Src[d.Body:] }

// Position returns the line and the column, both from 1 and the column in
// characters, of a position of the tree, such as Node.Pos. Positions below
// zero lie in the front matter, back to -Body for the start of the file.
func (d *Doc) Position(pos int) (line, col int) {
	end := min(max(d.Body+pos, 0), len(d.Src))
	start := bytes.LastIndexByte(d.Src[:end], '\n') + 1
	lines := bytes.Count(d.Src[:start], []byte("\n"))
	if d.Written != nil {
		return 1 + lines, 1 + writtenLength(lineAt(d.Written, lines), d.Src[start:end])
	}
	return 1 + lines, 1 + utf8.RuneCount(d.Src[start:end])
}

// engine parses and renders. It does not change after the program has started.
var engine = newEngine()

func newEngine() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(
				util.Prioritized(placed{parser.NewSetextHeadingParser()}, 100),
				util.Prioritized(placed{parser.NewThematicBreakParser()}, 200),
				util.Prioritized(placed{parser.NewListParser()}, 300),
				util.Prioritized(placed{parser.NewListItemParser()}, 400),
				util.Prioritized(placed{parser.NewCodeBlockParser()}, 500),
				util.Prioritized(placed{parser.NewATXHeadingParser()}, 600),
				util.Prioritized(placed{parser.NewFencedCodeBlockParser()}, 700),
				util.Prioritized(placed{parser.NewBlockquoteParser()}, 800),
				util.Prioritized(parser.NewParagraphParser(), 1000),
			),
			parser.WithInlineParsers(
				util.Prioritized(parser.NewCodeSpanParser(), 100),
				util.Prioritized(parser.NewLinkParser(), 200),
				util.Prioritized(parser.NewRawHTMLParser(), 400),
			),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
			parser.WithHeadingAttribute(),
		)),
		goldmark.WithRenderer(renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(html.NewRenderer(), 1000)))),
		goldmark.WithExtensions(
			extension.Table, extension.TaskList, extension.DefinitionList,
			texts{}, wholes{}, emphases{}, addresses{}, blanks{}, headings{}, links{},
			images{}, blocks{}, tables{}, tasks{}, notes{}, footnotes{}, comments{}, rawHTML{},
		),
	)
}

// register adds node renderers that come before goldmark's own.
func register(m goldmark.Markdown, funcs map[ast.NodeKind]renderer.NodeRendererFunc) {
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(registered(funcs), 100)))
}

type registered map[ast.NodeKind]renderer.NodeRendererFunc

func (r registered) RegisterFuncs(to renderer.NodeRendererFuncRegisterer) {
	for kind, f := range r {
		to.Register(kind, f)
	}
}
