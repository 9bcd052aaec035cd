package check

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

var figures = &Check{Name: "figures", Doc: "A figure that claims a fact, such as a percentage or a number above a " +
	"hundred, stands in a link to its source: [709 walkers](source:survey-2026).", Page: func(p *Pass) {
	if p.Site.LoadOf(p.Family).Strict || !mayClaim(p.Doc.Text()) {
		return
	}
	var table ast.Node // whose figures are named: they share a source
	_ = ast.Walk(p.Doc.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || isSourced(n) {
			return ast.WalkSkipChildren, nil
		}
		if n.Kind() == extast.KindTable && hasSource(n) {
			return ast.WalkSkipChildren, nil
		}
		if text, ok := n.(*ast.Text); ok {
			in := tableOf(text)
			if in != nil && in == table {
				return ast.WalkContinue, nil
			}
			if isSetting(text) {
				return ast.WalkContinue, nil
			}
			for at, figure := range claims(string(text.Segment.Value(p.Doc.Text())), p.Language) {
				if in != nil && in == table {
					break
				}
				table = in
				p.Report(site.Warning, text.Segment.Start+at,
					"["+figure+" …](source:id), with the id of a record of content/data/resources.yaml",
					"the figure %q names no source", figure)
			}
		}
		return ast.WalkContinue, nil
	})
}}

// isSetting reports whether a text stands in a row of a table that has code, or
// in a paragraph that begins with it: it tells what machines are set to.
func isSetting(text ast.Node) (is bool) {
	block := text.Parent()
	for block.Type() == ast.TypeInline {
		block = block.Parent()
	}
	if block.Kind() == extast.KindTableCell {
		eachNode(block.Parent(), func(n ast.Node) { is = is || n.Kind() == ast.KindCodeSpan })
		return is
	}
	first := block.FirstChild()
	return first != nil && first.Kind() == ast.KindCodeSpan
}

// tableOf returns the table that a node is in, nil when it is in none.
func tableOf(n ast.Node) ast.Node {
	for n = n.Parent(); n != nil && n.Kind() != extast.KindTable; n = n.Parent() {
	}
	return n
}

// hasSource reports whether a link in a table names its source.
func hasSource(table ast.Node) (has bool) {
	eachNode(table, func(n ast.Node) {
		link, ok := n.(*ast.Link)
		has = has || ok && schemeOf(link) == "source"
	})
	return has
}

// isSourced reports whether a node is a link to a source, or holds no claims:
// an address, a form, what is to be dialled.
func isSourced(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Link:
		return slices.Contains([]string{"source", "tel", "sms"}, schemeOf(n))
	case *ast.AutoLink, *ast.CodeSpan:
		return true
	}
	return false
}

// schemeOf returns what the address of a link begins with: https, source.
func schemeOf(link *ast.Link) string {
	scheme, _, _ := strings.Cut(markdown.Destination(link.Destination), ":")
	return strings.ToLower(scheme)
}

var number = regexp.MustCompile(`\b(?:[0-9]{1,3}(?:[ \x{A0}\x{202F}][0-9]{3})+\b|[0-9]+(?:[.,][0-9]+)*)`)

// claims yields the figures of a text that claim a fact: percentages and
// numbers from 100 on that are no years, no names and not to be dialled.
func claims(text string, lang *site.Language) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		if !mayClaim([]byte(text)) { // most texts need no closer look
			return
		}
		text = withoutNumbers(text)
		for _, at := range number.FindAllStringIndex(text, -1) {
			figure, rest := text[at[0]:at[1]], strings.TrimLeftFunc(text[at[1]:], unicode.IsSpace)
			next, _ := utf8.DecodeRuneInString(rest)
			percent := next == '%' || next == '٪' || next == '％'
			year := len(figure) == 4 && (figure[0] == '1' && figure[1] == '9' || figure[0] == '2' && figure[1] == '0')
			claim := percent || isLarge(figure) && !year && !isName(text, at, lang)
			if !claim || len(figure) > longest || isLimit(text[:at[0]]) || isMachines(text, at[0], figure) {
				continue
			}
			if !yield(at[0], figure) {
				return
			}
		}
	}
}

// isMachines reports whether a figure at a place in a text is one that machines find each other by: part of an address,
// or four numbers such as 127.0.0.1.
func isMachines(text string, at int, figure string) bool {
	if isAddress(text[strings.LastIndexFunc(text[:at], unicode.IsSpace)+1 : at]) {
		return true
	}
	groups := strings.Split(figure, ".")
	return len(groups) == 4 && slices.ContainsFunc(groups[1:], func(g string) bool { return len(g) != 3 })
}

// mayClaim reports whether a text has a sign of percent or three digits in a
// row, without which it claims nothing. One of three digits in a row stands at
// a third place.
func mayClaim(text []byte) bool {
	digit := func(i int) bool { return i < len(text) && '0' <= text[i] && text[i] <= '9' }
	for i := 2; i < len(text); i += 3 {
		if digit(i) && (digit(i-1) && (digit(i-2) || digit(i+1)) || digit(i+1) && digit(i+2)) {
			return true
		}
	}
	return bytes.IndexByte(text, '%') >= 0 || bytes.Contains(text, []byte("٪")) || bytes.Contains(text, []byte("％"))
}

// longest is the length of a figure that people may read as one; more digits
// are a name for a machine.
const longest = 20

// isLarge reports whether a figure is a hundred or more: 250, 1,200 and 1 200,
// but not 7.5.
func isLarge(figure string) bool {
	groups := strings.FieldsFunc(figure, func(r rune) bool { return r < '0' || r > '9' })
	return len(groups[0]) >= 3 || len(groups) > 1 && len(groups[1]) == 3
}
