package check

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var html = &Check{Name: "html", Doc: "Pages are Markdown: HTML is shown as it is written, never passed through; " +
	"a comment is closed.",
	Page: func(p *Pass) {
		open := map[string]int{} // elements that were named and are not closed yet
		eachNode(p.Doc.Root, func(n ast.Node) { p.htmlIn(n, open) })
	}}

func (p *Pass) htmlIn(n ast.Node, open map[string]int) {
	if markdown.IsComment(n, p.Doc.Text()) {
		if c, ok := n.(*markdown.Comment); ok && !c.Closed {
			p.Report(site.Error, n.Pos(), "close it with --> in the same list, quotation or block",
				"the comment that begins here goes on outside of what holds it")
		}
		return
	}
	var source []byte
	switch n := n.(type) {
	case *ast.RawHTML:
		source = n.Segments.Value(p.Doc.Text())
	case *ast.HTMLBlock:
		source = n.Lines().Value(p.Doc.Text())
	default:
		return
	}
	tags := tag.FindAllStringSubmatch(string(source), -1)
	for _, t := range tags {
		if id := idInTag.FindStringSubmatch(t[3]); id != nil {
			p.facts.inHTML = append(p.facts.inHTML, id[1])
		}
	}
	if closesNamed(tags, open) {
		return
	}
	source, _, _ = bytes.Cut(bytes.TrimSpace(source), []byte("\n"))
	if len(source) > 40 {
		source = append(bytes.ToValidUTF8(source[:40:40], nil), "…"...)
	}
	p.Report(site.Error, n.Pos(), p.htmlHint(tags), "HTML is not passed through: %s", source)
}

// tag finds the tags in HTML: / of one that closes, the name, and the rest.
var tag = regexp.MustCompile(`<(/?)([A-Za-z][-A-Za-z0-9]*)([^>]*)`)

// idInTag finds the name of a place in a tag.
var idInTag = regexp.MustCompile(`\b(?:id|name)\s*=\s*["']?([^"'\s>]+)`)

// closesNamed reports whether tags only close elements that were named where
// they open: one element is one finding. It counts in open what they open.
func closesNamed(tags [][]string, open map[string]int) bool {
	all := len(tags) > 0
	for _, t := range tags {
		name := strings.ToLower(t[2])
		switch {
		case t[1] == "":
			open[name]++
			all = false
		case open[name] > 0:
			open[name]--
		default:
			all = false
		}
	}
	return all
}

// instead says what to write for an element of HTML.
var instead = []struct{ names, hint string }{
	{"a", "a link is [words](address); a place to link to is {#name} at the end of a heading"},
	{"b strong", "bold is **words**"},
	{"i em cite dfn", "emphasis is *words*"},
	{"code kbd samp tt var", "code is `words`, with a ` on either side"},
	{"pre", "code of several lines stands between two lines of ```"},
	{"br", "remove it: an empty line begins a paragraph, a \\ at its end breaks a line, and a cell of a table has " +
		"one line"},
	{"hr", "write --- with an empty line before and after it"},
	{"img picture source", "a picture is ![what it shows](/pictures/name.png), with the file in static/"},
	{"table thead tbody tr td th", "a table has | between its cells and a line |---|---| below its head"},
	{"ul ol li", "an item of a list begins with - or 1. and a space"},
	{"blockquote", "a quotation has > before each of its lines"},
	{"h1 h2 h3 h4 h5 h6", "a heading begins with ## and a space"},
	{"p div span center font section article u small big", "remove the tags and keep the words, as Markdown"},
	{"sub sup", "write the character itself, such as ² or ₂, or the words; a note is [^1]"},
	{"abbr", "write the words, then the initials in brackets"},
	{"s strike del", "struck words are ~~words~~"},
}

// htmlHint says what to write for the first of the tags.
func (p *Pass) htmlHint(tags [][]string) string {
	const other = "write it as Markdown; to show it, write it as code, or put \\ before the <"
	if len(tags) == 0 {
		return other
	}
	name := strings.ToLower(tags[0][2])
	if name == "details" || name == "summary" {
		var blocks []string
		for id, b := range p.Site.Blocks {
			if b.Element == "details" {
				blocks = append(blocks, id)
			}
		}
		if len(blocks) == 0 {
			return "write a heading, and the words below it"
		}
		return "write :::" + slices.Min(blocks) + ", the words, and ::: on lines of their own"
	}
	for _, i := range instead {
		if slices.Contains(strings.Fields(i.names), name) {
			return i.hint
		}
	}
	return other
}
