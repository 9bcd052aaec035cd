package check

import (
	"bytes"
	"regexp"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// contents is a paragraph or an item that another tool puts a list of the headings of the page in the place of.
var contents = regexp.MustCompile(`(?i)^(?:\[\[?_{0,2}TOC_{0,2}\]\]?|@\[TOC\](?:\(.*\))?|\{?\{toc\}\}?|\$\{toc\}|` +
	`\\tableofcontents|\.\. contents::[^\n]*|(?s::toc:.*)|[^\n{]{0,40}\n?[ \t]*\{:[ \t]*toc\b[^}\n]*\})[ \t]*$`)

// behindAt reports whether the bracket at a place in a text has an @ before it that no word has: @[TOC](words) stands
// for a list of headings, @[youtube](id) for a video.
func behindAt(text []byte, at int) bool {
	before, isAt := bytes.CutSuffix(text[:max(at, 0)], []byte("@"))
	last, _ := utf8.DecodeLastRune(before)
	return isAt && !unicode.IsLetter(last) && !unicode.IsDigit(last) && last != '\\'
}

// contentsIn names a mark that stands for a list of headings, whatever Markdown makes of its signs.
func (p *Pass) contentsIn(block ast.Node) bool {
	lines := block.Lines()
	if lines.Len() == 0 || lines.Len() > 2 || lines.At(lines.Len()-1).Stop-lines.At(0).Start > 90 ||
		block.Kind() == extast.KindTableCell {
		return false
	}
	text := bytes.TrimSpace(lines.Value(p.Doc.Text()))
	if lower := bytes.ToLower(text); !bytes.Contains(lower, []byte("toc")) && !bytes.Contains(lower, []byte("content")) ||
		!contents.Match(text) {
		return false
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	what := "it"
	if at := bytes.LastIndex(text, []byte("{:")); at >= 0 {
		first, what = text[at:], "it, and the item above it"
	}
	at := lines.At(0).Start + bytes.Index(p.Doc.Text()[lines.At(0).Start:], first)
	p.Report(site.Error, at, "remove "+what+": no list of headings is made here; a link to one is [words](#its-id)",
		"%q is a mark of another Markdown, and readers see it as it is", first)
	return true
}
