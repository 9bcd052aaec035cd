package markdown

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/letters"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"golang.org/x/text/unicode/norm"
)

// Passage is what a translator works on at a time: a paragraph, heading, list,
// table, fenced block or the like at the top of a page.
type Passage struct {
	Node ast.Node
	Kind string // what it is made of, without spaces: see Doc.Passages
	Note string // what the comments before it say, one a line

	doc         *Doc
	begins      []byte // see MayEqual
	words, hash string // "" until somebody asks for them, which few do of a translation
	size        int    // letters in words
}

// Hash returns the hash of the words of a passage: see HashOf.
func (p *Passage) Hash() string {
	if p.hash == "" {
		p.hash = HashOf(p.says())
	}
	return p.hash
}

// Size returns how many letters a passage has.
func (p *Passage) Size() int {
	p.says()
	return p.size
}

func (p *Passage) says() string {
	if p.words == "" {
		p.words = p.doc.words(p.Node)
		p.size = lettersIn(p.words)
	}
	return p.words
}

// MayEqual reports whether two passages may have the same hash: it looks at the
// word that each begins with, and then at how many letters they have: the marks that NFC joins to letters are none.
func (p *Passage) MayEqual(q *Passage) bool {
	n := min(len(p.begins), len(q.begins))
	return string(p.begins[:n]) == string(q.begins[:n]) && p.Size() == q.Size()
}

// firstWord returns the first bytes of what a node begins with, up to a space,
// as far as it is text.
func (d *Doc) firstWord(n ast.Node) []byte {
	for n.FirstChild() != nil && n.Kind() != ast.KindLink && n.Kind() != ast.KindImage {
		n = n.FirstChild()
	}
	text, ok := n.(*ast.Text)
	if !ok {
		return nil
	}
	word := text.Segment.Value(d.Text())
	word = word[:min(len(word), 16)]
	if end := bytes.IndexFunc(word, unicode.IsSpace); end >= 0 {
		word = word[:end]
	}
	return word
}

// Passages returns the passages of a document in reading order. A kind names
// what a translation has in common with its source:
//
//	p                     a paragraph
//	h2                    a heading of the second level
//	ul3 · ol3 · task3     a list of three: with bullets, numbered, to tick
//	ul3(ul2)              another list in it
//	table4x2              a table of four rows, its head not counted, and two columns
//	:question(h3,ul2)     a block, with what is in it but its paragraphs
//	quote · code · rule · dl2 · notes2 · html
func (d *Doc) Passages() []Passage {
	if d.passages == nil {
		d.passages = d.split()
	}
	return d.passages
}

func (d *Doc) split() []Passage {
	list := make([]Passage, 0, d.Root.ChildCount()+1)
	var notes []string
	for n := d.Root.FirstChild(); n != nil; n = n.NextSibling() {
		if c, ok := n.(*Comment); ok {
			notes = append(notes, c.Words(d.Text())...)
			continue
		}
		note := strings.Join(notes, "\n")
		list = append(list, Passage{Node: n, Kind: kindOf(n), Note: note, doc: d, begins: d.firstWord(n)})
		notes = nil
	}
	if len(notes) > 0 { // nothing follows them
		list = append(list, Passage{Kind: "", Note: strings.Join(notes, "\n")})
	}
	return list
}

// Words returns what a comment says, one text for each <!-- … --> in it.
func (c *Comment) Words(src []byte) (list []string) {
	rest := string(src[c.From:c.To])
	for {
		_, after, open := strings.Cut(rest, "<!--")
		words, then, _ := strings.Cut(after, "-->")
		if !open {
			return list
		}
		list = append(list, strings.Join(strings.Fields(words), " "))
		rest = then
	}
}

// Passage returns the position of a passage by its number, the end of the document
// for footnotes and for one that it does not have.
func (d *Doc) Passage(i int) int {
	if list := d.Passages(); i < len(list) && list[i].Node != nil && list[i].Node.Kind() != extast.KindFootnoteList {
		return list[i].Node.Pos()
	}
	return len(d.Text())
}

// Source returns what stands in the file for each passage of a document, as it is
// written, without comments before the next one; footnotes have none.
func (d *Doc) Source(list []Passage) []string {
	src := d.Text()
	lineStart := func(n ast.Node) int {
		return bytes.LastIndexByte(src[:min(max(n.Pos(), 0), len(src))], '\n') + 1
	}
	texts := make([]string, len(list))
	for i, p := range list {
		if p.Node == nil || p.Node.Kind() == extast.KindFootnoteList {
			continue
		}
		end := len(src)
		next := p.Node.NextSibling()
		for next != nil && next.Kind() == extast.KindFootnoteList {
			next = next.NextSibling()
		}
		if c, ok := next.(*Comment); ok {
			end = bytes.LastIndexByte(src[:c.From], '\n') + 1
		} else if next != nil {
			end = lineStart(next)
		}
		if from := lineStart(p.Node); from < end {
			texts[i] = string(bytes.TrimSpace(src[from:end]))
		}
	}
	return texts
}

// HashOf returns a short hash of words: of their normal form NFC, with white
// space folded. It has eight hexadecimal digits.
func HashOf(words string) string {
	text := spaced(words)
	if !letters.IsNFC(text) {
		text = norm.NFC.Bytes(text)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:4])
}

// spaced returns words with one space between them, as strings.Fields has them.
func spaced(words string) []byte {
	text, start := make([]byte, 0, len(words)), 0
	add := func(word string) {
		if word != "" && len(text) > 0 {
			text = append(text, ' ')
		}
		text = append(text, word...)
	}
	for i, r := range words {
		if letters.ClassOf(r)&letters.Space != 0 {
			add(words[start:i])
			start = i + utf8.RuneLen(r)
		}
	}
	add(words[start:])
	return text
}

func lettersIn(text string) (n int) {
	for _, r := range text {
		if letters.ClassOf(r)&letters.Letter != 0 {
			n++
		}
	}
	return n
}

// KindName says a kind in words, for findings.
func KindName(kind string) string {
	name, _, _ := strings.Cut(kind, "(")
	if block, ok := strings.CutPrefix(name, ":"); ok {
		return "block " + strconv.Quote(block)
	}
	base := strings.TrimRight(name, "0123456789x")
	count := name[len(base):]
	switch base {
	case "title", "short", "summary": // of the front matter, in records
		return base
	case "p":
		return "a paragraph"
	case "h":
		return "a heading of level " + count
	case "ul":
		return "a list of " + count
	case "ol":
		return "a numbered list of " + count
	case "task":
		return "a list of " + count + " to tick"
	case "dl":
		return "a list of " + count + " terms"
	case "table":
		rows, columns, _ := strings.Cut(count, "x")
		return "a table of " + rows + " rows and " + columns + " columns"
	case "notes":
		return "the footnotes, " + count + " of them"
	case "quote":
		return "a quotation"
	case "code":
		return "a block of code"
	case "rule":
		return "a line between sections"
	case "html":
		return "HTML"
	}
	return "the end of the page"
}

// kindOf returns what a node at the top of a page is made of.
func kindOf(n ast.Node) string {
	kind := ""
	switch n := n.(type) {
	case *ast.Heading:
		return "h" + strconv.Itoa(n.Level)
	case *ast.List:
		kind = "ul"
		if n.IsOrdered() {
			kind = "ol"
		} else if n.FirstChild() != nil && IsTask(n.FirstChild()) {
			kind = "task"
		}
		kind += strconv.Itoa(n.ChildCount())
	case *extast.Table:
		return fmt.Sprintf("table%dx%d", n.ChildCount()-1, len(n.Alignments))
	case *Block:
		kind = ":" + n.Name
	case *ast.Blockquote:
		kind = "quote"
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return "code"
	case *ast.ThematicBreak:
		return "rule"
	case *extast.DefinitionList:
		terms := 0
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if c.Kind() == extast.KindDefinitionTerm {
				terms++
			}
		}
		kind = "dl" + strconv.Itoa(terms)
	case *extast.FootnoteList:
		return "notes" + strconv.Itoa(n.ChildCount())
	case *ast.HTMLBlock:
		return "html"
	default:
		return "p"
	}
	if within := kindsIn(n); len(within) > 0 {
		kind += "(" + strings.Join(within, ",") + ")"
	}
	return kind
}

// kindsIn returns what is in a node, but paragraphs.
func kindsIn(n ast.Node) (list []string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.(type) {
		case *ast.ListItem, *extast.DefinitionTerm, *extast.DefinitionDescription:
			list = append(list, kindsIn(c)...)
		case *ast.Paragraph, *ast.TextBlock, *blockTitle, *Comment:
		default:
			list = append(list, kindOf(c))
		}
	}
	return list
}

// words returns what a node says to a translator: its words, and the addresses
// in it.
func (d *Doc) words(n ast.Node) string {
	var b strings.Builder
	src := d.Text()
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock {
				b.WriteString("\n\x00")
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *Comment:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			b.Write(n.Segment.Value(src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.Link:
			b.WriteString("<" + Destination(asWritten(n, n.Destination)) + ">" + string(n.Title))
		case *ast.Image:
			b.WriteString("!<" + Destination(n.Destination) + ">" + string(n.Title))
		case *extast.FootnoteLink:
			b.WriteString("[^" + strconv.Itoa(n.Index) + "]")
		case *ast.RawHTML:
			if !IsComment(n, src) {
				for i := range n.Segments.Len() {
					segment := n.Segments.At(i)
					b.Write(segment.Value(src))
				}
			}
		case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				b.Write(line.Value(src))
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
