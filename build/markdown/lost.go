package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Lost is something that stands in the source and on no page.
type Lost struct {
	Pos   int // as Doc.Position wants it
	Cause Cause
	Words string // a name, or what is lost
	Other int    // the position of what is read in its place; -1 for none
}

// Cause says why something is lost.
type Cause uint8

// The causes.
const (
	LostWords      Cause = iota // for a reason that nobody knew when this was written
	LostDefinition              // of an address that no link uses
	LostNote                    // a footnote without a mark
	LostCells                   // beyond the head of a table
	LostTitle                   // the words after an address, [words](address "these")
	LostInfo                    // words after the language of a code block
	LostAttribute               // {…} that is more than an id
	LostNumber                  // of a list item, which has another on the page
)

// Lost returns what of the source reaches no page, in the order of the source.
// It knows nothing of how the tree came to be: it compares the bytes that nodes
// account for with all there are, so that whatever Markdown swallows is found.
func (d *Doc) Lost() []Lost {
	c := cover{doc: d, text: d.Text(), links: map[string]bool{}, first: map[string]int{},
		shown: map[string]*extast.Footnote{}}
	c.visit(d.Root)
	for _, note := range d.notes {
		if note.Index >= 0 {
			c.shown[string(note.Ref)] = note
		}
	}
	for _, note := range d.notes {
		c.note(note)
	}
	slices.SortFunc(c.definitions, func(a, b *ast.LinkReferenceDefinition) int {
		return cmp.Compare(a.Lines().At(0).Start, b.Lines().At(0).Start)
	})
	for _, def := range c.definitions {
		c.definition(def)
	}
	c.gaps()
	slices.SortStableFunc(c.lost, func(a, b Lost) int { return cmp.Compare(a.Pos, b.Pos) })
	return c.lost
}

// cover collects the parts of a text that nodes account for.
type cover struct {
	doc         *Doc
	text        []byte
	spans       []span
	links       map[string]bool // labels of definitions that links use
	definitions []*ast.LinkReferenceDefinition
	first       map[string]int // where a label is first defined
	shown       map[string]*extast.Footnote
	lost        []Lost
}

func (c *cover) mark(from, to int) {
	if from < to {
		c.spans = append(c.spans, span{from, min(to, len(c.text))})
	}
}

func (c *cover) lose(cause Cause, pos int, words []byte) {
	c.lost = append(c.lost, Lost{Pos: pos, Cause: cause, Words: string(words), Other: -1})
}

// visit accounts for a node and what it holds, and returns where its text ends.
func (c *cover) visit(n ast.Node) (end int) {
	end = n.Pos()
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok { // most nodes are
			c.mark(t.Segment.Start, t.Segment.Stop)
			end = t.Segment.Stop
		} else {
			end = max(end, c.visit(child))
		}
	}
	switch n := n.(type) {
	case *ast.Text:
		c.mark(n.Segment.Start, n.Segment.Stop)
	case *ast.RawHTML:
		end = c.lines(n.Segments.Sliced(0, n.Segments.Len())...)
	case *ast.AutoLink:
		end = n.Pos() + len(n.Label(c.text)) + len("<")
		c.mark(n.Pos(), end)
	case *ast.Link:
		return c.link(n.Pos(), max(end, n.Pos()+len("[")), n.Destination, n.Title, n.Reference, n)
	case *ast.Image:
		return c.link(n.Pos(), max(end, n.Pos()+len("![")), n.Destination, n.Title, n.Reference, n)
	case *extast.FootnoteLink, *extast.TaskCheckBox:
		end = n.Pos() + bytes.IndexByte(c.text[n.Pos():], ']') + 1
		c.mark(n.Pos(), end)
	default:
		if n.Type() == ast.TypeBlock {
			c.block(n)
		}
	}
	return end
}

// lines accounts for lines and returns where they end.
func (c *cover) lines(list ...text.Segment) (end int) {
	for _, s := range list {
		c.mark(s.Start, s.Stop)
		end = s.Stop
	}
	return end
}

func (c *cover) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.CodeBlock, *ast.HTMLBlock:
		c.lines(n.Lines().Sliced(0, n.Lines().Len())...)
		if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
			c.lines(html.ClosureLine)
		}
	case *ast.FencedCodeBlock:
		c.lines(n.Lines().Sliced(0, n.Lines().Len())...)
		if n.Info != nil {
			c.info(n.Info.Segment)
		}
	case *Comment:
		c.mark(n.From, n.To)
	case *ast.Heading:
		from := n.Pos() + n.Level // of a heading without words
		if last := n.Lines().Len() - 1; last >= 0 {
			from = n.Lines().At(last).Stop
		}
		c.attributes(from)
	case *Block:
		at := n.Pos() + n.fence + len(n.Name)
		c.mark(n.Pos(), at)
		if title := n.Title(); title != nil {
			at = title.Lines().At(0).Stop
		}
		c.attributes(at)
	case *ast.List:
		c.numbers(n)
	case *extast.Footnote:
		c.mark(n.Pos(), n.Pos()+len(n.Ref)+len("[^]:"))
	case *extast.TableRow:
		c.row(n)
	case *ast.LinkReferenceDefinition:
		c.lines(n.Lines().Sliced(0, n.Lines().Len())...)
		c.definitions = append(c.definitions, n)
	}
}

// info takes the first word of what follows the fence of a code block for its
// language.
func (c *cover) info(s text.Segment) {
	c.mark(s.Start, s.Stop)
	if _, rest, found := bytes.Cut(bytes.TrimSpace(s.Value(c.text)), []byte(" ")); found && wordAt(rest) >= 0 {
		c.lose(LostInfo, s.Stop-len(bytes.TrimLeft(rest, " ")), bytes.TrimSpace(rest))
	}
}

// attributes accounts for what follows a heading or the name and title of a
// block on their line: {#id} and the signs that close a heading.
func (c *cover) attributes(from int) {
	rest, _, _ := bytes.Cut(c.text[from:], []byte("\n"))
	at := bytes.IndexByte(rest, '{')
	if at < 0 {
		return
	}
	c.mark(from, from+len(rest))
	id, begins := bytes.CutPrefix(bytes.TrimSpace(rest[at:]), []byte("{#"))
	id, ends := bytes.CutSuffix(id, []byte("}"))
	if !begins || !ends || len(id) == 0 || bytes.ContainsAny(id, " \t}") || wordAt(rest[:at]) >= 0 {
		c.lose(LostAttribute, from+at, bytes.TrimSpace(rest[at:]))
	}
}

// numbers accounts for those of a list, which the page counts from the first.
func (c *cover) numbers(list *ast.List) {
	if !list.IsOrdered() {
		return
	}
	wanted, same, named := list.Start, true, false
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		at, number := item.Pos(), 0
		for at < len(c.text) && util.IsNumeric(c.text[at]) {
			number = number*10 + int(c.text[at]-'0')
			at++
		}
		c.mark(item.Pos(), at)
		same = same && number == list.Start
		if above := item.PreviousSibling(); above != nil && FurtherIn(c.text, item.Pos(), above.Pos()) >= 2 {
			named = true // the check "nesting" names it
		}
		if number != wanted && !same && !named && at > item.Pos() {
			written := string(c.text[item.Pos():at])
			c.lost = append(c.lost, Lost{Pos: item.Pos(), Cause: LostNumber, Words: written, Other: wanted})
			named = true
		}
		wanted++
	}
}

// row names the cells of a row that its table has no column for.
func (c *cover) row(row *extast.TableRow) {
	last := row.LastChild()
	if last == nil || last.Lines().Len() == 0 {
		return
	}
	from := last.Lines().At(0).Stop
	rest, _, _ := bytes.Cut(c.text[from:], []byte("\n"))
	words := bytes.Trim(rest, " \t|")
	if len(words) == 0 {
		return
	}
	c.mark(from, from+len(rest))
	c.lose(LostCells, from+bytes.Index(rest, words), words)
}

// link accounts for what follows the words of a link: [words](address "title"),
// [words][label].
func (c *cover) link(pos, end int, dest, title []byte, ref *ast.ReferenceLink, n ast.Node) int {
	if ref != nil {
		c.links[util.ToLinkReference(ref.Value)] = true
		if ref.Type == ast.ReferenceLinkFull {
			from := end
			if i := bytes.Index(c.text[end:], []byte("][")); i >= 0 {
				from += i + len("][")
			}
			end = from + max(bytes.IndexByte(c.text[from:], ']'), 0) + 1
			c.mark(from, end)
		}
		return end
	}
	dest = asWritten(n, dest)
	if i := bytes.Index(c.text[end:], dest); len(dest) > 0 && i >= 0 {
		c.mark(end+i, end+i+len(dest))
		end += i + len(dest)
	}
	if wordAt(title) < 0 {
		return end
	}
	if i := bytes.Index(c.text[end:], title); i >= 0 {
		c.mark(end+i, end+i+len(title))
		end += i + len(title)
	}
	if image, ok := n.(*ast.Image); ok && n.Parent() != nil && FigureIn(n.Parent()) == image {
		return end // it is the caption
	}
	c.lose(LostTitle, pos, title)
	return end
}

// Written is the attribute of a link that was made to lead elsewhere than its
// source says: its destination there.
const Written = "written"

// asWritten returns the destination of a link as its source says it.
func asWritten(link ast.Node, dest []byte) []byte {
	if written, ok := link.AttributeString(Written); ok {
		dest, _ = written.([]byte)
	}
	return dest
}

// note names a footnote that no mark leads to, or one of two of a name.
func (c *cover) note(note *extast.Footnote) {
	if note.Index >= 0 {
		return // it stands in the tree
	}
	lost := Lost{Pos: note.Pos(), Cause: LostNote, Words: string(note.Ref), Other: -1}
	if shown := c.shown[lost.Words]; shown != nil {
		lost.Other = shown.Pos()
	}
	c.lost = append(c.lost, lost)
	c.visit(note)
}

// definition names one that no link uses, or the second of a name.
func (c *cover) definition(def *ast.LinkReferenceDefinition) {
	label := util.ToLinkReference(def.Label)
	lost := Lost{Pos: def.Lines().At(0).Start, Cause: LostDefinition, Words: string(def.Label), Other: -1}
	if first, ok := c.first[label]; ok {
		lost.Other = first
	} else {
		c.first[label] = lost.Pos
	}
	switch {
	case !c.links[label] || lost.Other >= 0:
		c.lost = append(c.lost, lost)
	case wordAt(def.Title) >= 0:
		c.lose(LostTitle, lost.Pos, def.Title)
	}
}

// gaps names the words between what nodes account for.
func (c *cover) gaps() {
	slices.SortFunc(c.spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	end := 0
	for _, s := range append(c.spans, span{len(c.text), len(c.text)}) {
		if gap := c.text[end:max(end, s.from)]; len(gap) > 0 {
			if at := wordAt(gap); at >= 0 {
				line, _, _ := bytes.Cut(gap[at:], []byte("\n"))
				c.lose(LostWords, end+at, bytes.TrimSpace(line))
			}
		}
		end = max(end, s.to)
	}
}

// wordAt returns the place of the first letter or digit in s, -1 for none.
func wordAt(s []byte) int {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			if isRunByte(s[i]) {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		if unicode.In(r, unicode.L, unicode.N) {
			return i
		}
		i += n
	}
	return -1
}
