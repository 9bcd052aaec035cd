package check

import (
	"bytes"
	"regexp"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// bareSign is a sign of lists that stands alone before bold, code, a link or a picture.
var bareSign = regexp.MustCompile(`^(?:[-*]|[0-9]{1,3}[.)、．）])$`)

// gluedSign names a sign of lists that lacks its space, where what follows it is no plain text: -**words**.
func (p *Pass) gluedSign(block ast.Node) {
	first, ok := block.FirstChild().(*ast.Text)
	if !ok || block.Kind() != ast.KindParagraph || first.Segment.Len() > 6 || first.SoftLineBreak() ||
		first.HardLineBreak() {
		return
	}
	sign := first.Segment.Value(p.Doc.Text())
	next := first.NextSibling()
	if next == nil || !bareSign.Match(sign) || !startsWithLetter(p.Doc.PlainText(next)) {
		return
	}
	switch next.Kind() {
	case ast.KindEmphasis, ast.KindLink, ast.KindCodeSpan, ast.KindImage:
		hint := "write a space after it: - words"
		if sign[0] != '-' && sign[0] != '*' {
			hint = "write 1. with a full stop and a space"
		}
		p.Report(site.Error, first.Segment.Start, hint,
			"%q is no sign of a list yet, and readers see it as it is", sign)
	}
}

// wideBar names the bar of a Chinese keyboard that was to end a cell, in a row that lacks one.
func (p *Pass) wideBar(cell ast.Node) {
	if cell.Kind() != extast.KindTableCell || cell.Parent().LastChild().FirstChild() != nil ||
		cell.FirstChild() == nil {
		return
	}
	for _, r := range textRuns(cell) {
		if at := bytes.Index(p.Doc.Text()[r.start:r.stop], []byte("｜")); at >= 0 {
			p.Report(site.Error, r.start+at, "write | between the cells of a table",
				"this is no border of a cell, and the row lacks one")
			p.mend(edit{r.start + at, r.start + at + len("｜"), "|"})
			return
		}
	}
}
