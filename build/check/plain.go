package check

import (
	"bytes"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

// checkPlain wants plain words in the front matter: lists and the tops of
// windows show them as they are.
func checkPlain(p *Pass) {
	for _, v := range []struct{ key, words string }{
		{"title", p.Page.Title}, {"short", p.Page.Short}, {"summary", p.Page.Summary},
	} {
		if !strings.ContainsAny(v.words, "*_`[<&\\~") {
			continue
		}
		sign, plain := markupIn(v.words)
		if sign == "" {
			continue
		}
		front := p.Doc.Src[:p.Doc.Body]
		at := bytes.Index(append([]byte("\n"), front...), []byte("\n"+v.key+":"))
		if i := bytes.Index(front[max(at, 0):], []byte(sign)); i >= 0 {
			at = max(at, 0) + i
		}
		hint := v.key + ": " + plain
		if strings.ContainsAny(sign, "<>") || plain == "" {
			hint = "plain words: no HTML and no signs of Markdown"
		}
		p.Report(site.Error, max(at, 0)-p.Doc.Body, hint, "%s holds %q, which readers see as it is written", v.key, sign)
	}
}

// markupIn returns the first sign of Markdown in a line of words, and the
// words without any; "" when they are plain.
func markupIn(words string) (sign, plain string) {
	if at := strings.Index(words, "[^"); at >= 0 && strings.Contains(words[at:], "]") {
		end := at + strings.IndexByte(words[at:], ']') + 1
		return words[at:end], words[:at] + words[end:]
	}
	const before = "a " // so that the line is text: 1. and # are signs of blocks
	doc := markdown.Parse("", []byte(before+words), 0)
	paragraph := doc.Root.FirstChild()
	if paragraph == nil || paragraph.Kind() != ast.KindParagraph {
		return "", ""
	}
	src := doc.Text()
	for n := paragraph.FirstChild(); n != nil && sign == ""; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			sign = referenceIn(n.Segment.Value(src))
		case *ast.AutoLink:
		default:
			end := len(src)
			if next := n.NextSibling(); next != nil && next.Kind() == ast.KindText {
				end = next.(*ast.Text).Segment.Start
			}
			if sign = string(src[n.Pos():end]); n.Kind() == ast.KindCodeSpan {
				sign = strings.TrimSpace("`" + strings.TrimLeft(sign, "`"))
			}
		}
	}
	if sign == "" {
		return "", ""
	}
	return sign, strings.TrimPrefix(markdown.Destination([]byte(doc.PlainText(paragraph))), before)
}

// referenceIn returns the first character reference or escape in text.
func referenceIn(text []byte) string {
	for i := range text {
		if text[i] != '&' && text[i] != '\\' {
			continue
		}
		end := i + 2
		if text[i] == '&' {
			end = i + bytes.IndexByte(text[i:], ';') + 1
		}
		if end <= i || end > len(text) {
			continue
		}
		if piece := string(text[i:end]); markdown.Destination([]byte(piece)) != piece {
			return piece
		}
	}
	return ""
}
