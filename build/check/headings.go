package check

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var headings = &Check{Name: "headings", Doc: "Headings begin at ## (the title is the only #), and no level is " +
	"skipped (WCAG 1.3.1).", Page: func(p *Pass) {
	last, all, box := 1, p.Doc.Headings(), ""
	for i, h := range all {
		line, isAccident := p.underline(h)
		switch {
		case line != "" && (line == box || asciiBox.MatchString(p.Doc.PlainText(h))):
			box = line // the check "dialect" names it
			continue
		case isAccident:
			hint := "write an empty line above that line, or ## and a space before the words of a heading"
			if len(line) == 1 || line[0] == '=' {
				hint = "remove that line, or write ## and a space before the words of a heading"
			}
			p.Report(site.Error, h.Pos(), hint, "the %.10s on the line below makes a heading of this", line)
		case h.Level == 1 && line != "":
			p.Report(site.Error, h.Pos(), "write ## and a space before it, and remove the line below it; both lines when they only repeat "+
				"the title", "a heading of the first level: the title is the only one")
		case h.Level == 1:
			p.Report(site.Error, h.Pos(), "write ##, or remove it when it only repeats the title",
				"a heading of the first level: the title is the only one")
		case h.Level > last+1:
			p.Report(site.Error, h.Pos(), "write "+strings.Repeat("#", last+1)+" and a space",
				"a heading of level %d follows one of level %d; level %d is wanted", h.Level, last, last+1)
			p.raise(all[i:], h.Level-last-1)
		}
		last = h.Level
	}
}, Node: func(p *Pass, n ast.Node) {
	if n.Kind() == ast.KindHeading && n.ChildCount() == 0 {
		p.Report(site.Error, n.Pos(), "write them, or remove the line", "the heading has no words")
	}
}}

// asciiBox is a box of AsciiDoc, whose lines === make headings of what is in it.
var asciiBox = regexp.MustCompile(`^\[[A-Z]+\]$`)

// underline returns the line below a heading that makes it one, "" for one that begins
// with #, and whether that seems to be an accident: below several lines, the end of a
// sentence or a line above it, or with one sign.
func (p *Pass) underline(h *ast.Heading) (line string, isAccident bool) {
	src, lines := p.Doc.Text(), h.Lines()
	if lines.Len() == 0 || bytes.HasPrefix(src[h.Pos():], []byte("#")) {
		return "", false
	}
	last := lines.At(lines.Len() - 1)
	words := bytes.TrimSpace(last.Value(src))
	_, below, _ := bytes.Cut(src[last.Start:], []byte("\n"))
	line = string(bytes.Trim(lineOf(below, 0), "> \t\r"))
	if line == "" || strings.Trim(line, "=") != "" && strings.Trim(line, "-") != "" {
		return "", false
	}
	end, _ := utf8.DecodeLastRune(words)
	above := h.PreviousSibling()
	isBetween := above != nil && above.Kind() == ast.KindThematicBreak && above.Pos() >= 0 &&
		bytes.Count(src[above.Pos():h.Pos()], []byte("\n")) == 1
	return line, lines.Len() > 1 || len(line) == 1 || isBetween || strings.ContainsRune(".。；;،,，؛:：", end)
}

// raise says that the first of some headings is mended when it stands levels higher, with all headings below it: what
// it held it holds then.
func (p *Pass) raise(list []*ast.Heading, levels int) {
	var edits []edit
	for i, h := range list {
		if i > 0 && h.Level < list[0].Level {
			break
		}
		pos := h.Pos()
		if !bytes.HasPrefix(p.Doc.Text()[pos:], bytes.Repeat([]byte("#"), h.Level)) {
			return
		}
		edits = append(edits, edit{pos, pos + levels, ""})
	}
	p.mend(edits...)
}
