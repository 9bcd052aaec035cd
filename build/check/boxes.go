package check

import (
	"bytes"
	"regexp"
	"strings"

	"fieldguide/build/markdown"

	"github.com/yuin/goldmark/ast"
)

// boxes make blocks of the boxes for notes of other tools, by whose they are. Each gets the paragraph that begins with
// the mark and the name of a block of this site, and returns nil for a box that it does not know for certain.
var boxes = map[string]func(p *Pass, paragraph ast.Node, name string) []edit{
	"GitHub": (*Pass).quoteBox,
	"MkDocs": (*Pass).indentedBox,
}

var (
	quoteMark    = regexp.MustCompile(`^ {0,3}> ?\[!\w+\][-+]?[ \t]*(.*?)[ \t]*$`)
	quoteSign    = regexp.MustCompile(`^ {0,3}> ?`)
	indentedMark = regexp.MustCompile(`^(?:!!!|\?\?\?)\+? ?\w+[ \t]*(?:"(.*)")?[ \t]*$`)
	indentation  = regexp.MustCompile(`^(?: {4}|\t)`)
)

// quoteBox makes a block of a quotation whose first line is [!NOTE] and, of some tools, a title.
func (p *Pass) quoteBox(paragraph ast.Node, name string) []edit {
	quote := paragraph.Parent()
	if quote.Kind() != ast.KindBlockquote || quote.FirstChild() != paragraph || !amongBlocks(quote) {
		return nil
	}
	return p.box(p.Doc.Text(), paragraph.Lines().At(0).Start, name, quoteMark, quoteSign, true)
}

// indentedBox makes a block of !!! note "Title" and the indented lines below it.
func (p *Pass) indentedBox(paragraph ast.Node, name string) []edit {
	if paragraph.Parent() != p.Doc.Root {
		return nil
	}
	return p.box(p.Doc.Text(), paragraph.Lines().At(0).Start, name, indentedMark, indentation, false)
}

// amongBlocks reports whether nothing but blocks is around a node, so that its lines begin with its own signs.
func amongBlocks(n ast.Node) bool {
	for n = n.Parent(); n.Kind() != ast.KindDocument; n = n.Parent() {
		if n.Kind() != markdown.KindBlock {
			return false
		}
	}
	return true
}

// box makes a block of the line around a position, which is a mark with perhaps a title, and of the lines below it that
// begin with a sign. A quotation ends with its last sign, and a line of words below it would belong to it too; what is
// indented goes on over empty lines.
func (p *Pass) box(src []byte, pos int, name string, mark, sign *regexp.Regexp, isQuote bool) []edit {
	at := bytes.LastIndexByte(src[:pos], '\n') + 1
	line := lineOf(src, at)
	words := mark.FindSubmatch(line)
	if words == nil {
		return nil
	}
	edits := []edit{{at, at + len(line), ""}}
	end, colons, says := 0, 3, false
	for at += len(line) + 1; at < len(src); at += len(line) + 1 {
		line = lineOf(src, at)
		begins := sign.FindIndex(line)
		isEmpty := len(bytes.TrimSpace(line)) == 0
		switch {
		case begins == nil && isQuote && !isEmpty:
			return nil
		case isEmpty && !isQuote:
			continue
		}
		if begins == nil {
			break
		}
		inside := bytes.TrimSpace(line[begins[1]:])
		says = says || len(inside) > 0
		colons = max(colons, 1+len(inside)-len(bytes.TrimLeft(inside, ":")))
		edits = append(edits, edit{at, at + begins[1], ""})
		end = at + len(line)
	}
	if !says {
		return nil
	}
	fence, title := strings.Repeat(":", colons), string(words[1])
	edits[0].text = fence + name
	switch {
	case title != "" && p.Site.Blocks[name].Title:
		edits[0].text += " " + title
	case title != "":
		edits[0].text += "\n\n**" + title + "**\n"
	}
	return append(edits, edit{end, end, "\n" + fence})
}

// lineOf returns the line that begins at a place, without its end.
func lineOf(src []byte, at int) []byte {
	line, _, _ := bytes.Cut(src[at:], []byte("\n"))
	return line
}
