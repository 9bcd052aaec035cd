package check

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

// What was to be a table, a heading or the address of a link and has become text, and text that has become code.

// codeEnds names code whose fence is not closed: it takes what follows it.
func (p *Pass) codeEnds(n *ast.FencedCodeBlock) {
	src, pos := p.Doc.Text(), n.Pos()
	line := lineOf(src, pos)
	if line[0] == '~' && strikes.Match(line) {
		p.Report(site.Error, pos, "struck words are ~~words~~, with two ~ on either side",
			"three ~ begin code, which takes in what follows it")
		return
	}
	mark := line[:len(line)-len(bytes.TrimLeft(line, string(line[:1])))]
	end := min(pos+len(line)+1, len(src))
	if last := n.Lines().Len() - 1; last >= 0 {
		end = n.Lines().At(last).Stop
	}
	closing := bytes.TrimLeft(lineOf(src, end), " \t>")
	if len(bytes.TrimSpace(bytes.TrimLeft(closing, string(mark[:1])))) == 0 && bytes.HasPrefix(closing, mark) {
		return
	}
	p.Report(site.Error, pos, fmt.Sprintf("write %s on a line of its own below the code", mark),
		"this code is not closed, and takes in what follows it")
}

// strikes is a line that begins code and was to strike words out: ~~~words~~~.
var strikes = regexp.MustCompile(`^[ >]*~~~+[^~\n]+~~`)

// proseInCode is what no code holds: bold words among others, a link, an address for a link, an item of words.
var proseInCode = regexp.MustCompile(`\pL \*\*\pL|\pL:?\*\*:? \pL|\]\([^)\s]+\)|^\[[^\]]+\]: \S|` +
	`^(?:[-*+]|[0-9]+[.)]) \pL[\pL\s,'’-]*[.!?…。！？؟]?$`)

// indented names a paragraph that its indentation makes code of.
func (p *Pass) indented(n *ast.CodeBlock) {
	if above := n.PreviousSibling(); above != nil && above.Lines().Len() > 0 {
		first := above.Lines().At(0)
		if line := first.Value(p.Doc.Text()); bytes.HasPrefix(line, []byte("!!!")) || bytes.HasPrefix(line, []byte("???")) {
			return // the check "dialect" names the box that it stands in
		}
	}
	text := bytes.TrimSpace(n.Lines().Value(p.Doc.Text()))
	first, _ := utf8.DecodeRune(text)
	if first < utf8.RuneSelf || !unicode.IsLetter(first) {
		if !proseInCode.Match(text) && !isSentence(text) {
			return
		}
	}
	p.Report(site.Error, n.Lines().At(0).Start, "remove them, or write ``` on a line above and below what is code",
		"a tab or four spaces before it make code of this")
}

// isSentence reports whether a text reads as one: words from a capital letter to the sign that ends it.
func isSentence(text []byte) bool {
	return text[0] >= 'A' && text[0] <= 'Z' && bytes.IndexByte([]byte(".!?:"), text[len(text)-1]) >= 0 &&
		bytes.Count(text, []byte(" ")) > 2 && !bytes.ContainsAny(text, "=(){}[]<>;/\\_$#|`")
}

// dashes is the line of a table below its head.
var dashes = regexp.MustCompile(`^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// noTable names lines that were to be a table.
func (p *Pass) noTable(block ast.Node) {
	src, lines := p.Doc.Text(), block.Lines()
	if lines.Len() < 2 {
		return
	}
	from, rows, below, before := -1, 0, 0, []byte(nil)
	for i := range lines.Len() {
		s := lines.At(i)
		line := bytes.TrimSpace(s.Value(src))
		switch {
		case bytes.HasPrefix(line, []byte("+--")), bytes.HasPrefix(line, []byte("+==")), string(line) == "|===":
			p.Report(site.Error, s.Start, "write a line | a | b |, a line |---|---| below it, and a line for each row",
				"this is no table here")
			return
		case bytes.IndexByte(line, '|') >= 0 && dashes.Match(line):
			below = cells(line)
			if i == 0 {
				p.Report(site.Error, s.Start, "write a line | a | b | above it: a table has a head", "this is no table yet")
				return
			}
			if in := s.Start - 1 - bytes.LastIndexByte(src[:s.Start], '\n'); below == cells(before) && in > 3 {
				p.Report(site.Error, s.Start, "remove the spaces before it",
					"this is no table yet: the line below its head stands too far in")
				return
			}
			p.Report(site.Error, s.Start, fmt.Sprintf("it has %d |---|, and %d cells stand above it: write one for each",
				below, cells(before)), "this is no table yet")
			return
		case rows == 1 && otherDashes.Match(line):
			p.Report(site.Error, s.Start,
				"write "+strings.Repeat("|---", cells(line))+"| in its place, with the - of a Latin keyboard",
				"the line below the head of a table has other signs, and this is no table yet")
			return
		case bytes.HasPrefix(line, []byte("|")):
			if rows == 0 {
				from = s.Start
			}
			rows++
		}
		before = line
	}
	if rows > 1 {
		p.Report(site.Error, from, "write |---| below its first line, one for each cell: |---|---|", "this is no table yet")
	}
}

// otherDashes is a line below the head of a table that is made of signs like -.
var otherDashes = regexp.MustCompile(`^\|(?:[ \t]*[:：]?[—–－─━―=_⸺ـ-]+[:：]?[ \t]*\|?)+$`)

// cells returns how many cells a line of a table has.
func cells(line []byte) int {
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|"))
	return bytes.Count(line, []byte("|")) - bytes.Count(line, []byte(`\|`)) + 1
}

// lateDefinition is a line that was to say where a link leads.
var lateDefinition = regexp.MustCompile(`(?m)^\[([^\]\n^][^\]\n]*)\](: ?|： ?)(\S+)$`)

// definitionsIn names lines of a paragraph that were to say where a link leads.
func (p *Pass) definitionsIn(r run) {
	text := p.Doc.Text()[r.start:r.stop]
	if bytes.IndexByte(text, '[') < 0 {
		return
	}
	for _, at := range lateDefinition.FindAllSubmatchIndex(text, -1) {
		label, address := text[at[2]:at[3]], text[at[6]:at[7]]
		if addressAt(append(bytes.Clone(address), ' ')) == "" {
			continue
		}
		hint := "write an empty line above it"
		if text[at[4]] != ':' {
			hint = fmt.Sprintf("with an ordinary colon, and an empty line above it: [%s]: %s", label, address)
		}
		p.Report(site.Error, r.start+at[0], hint, "this line is no address of [%s] yet", label)
	}
}

// lastSlash names a \ at the end of a block, where there is no line to break.
func (p *Pass) lastSlash(block ast.Node, runs []run) {
	if len(runs) == 0 || block.Lines().Len() == 0 {
		return
	}
	src, at := p.Doc.Text(), runs[len(runs)-1].stop-1
	line := block.Lines().At(block.Lines().Len() - 1)
	if at < 1 || src[at] != '\\' || src[at-1] == '\\' || len(bytes.TrimSpace(src[at+1:max(at+1, line.Stop)])) > 0 {
		return
	}
	p.Report(site.Error, at, "remove it: no line follows here", `a \ is left at the end`)
	p.mend(edit{at, at + 1, ""})
}
