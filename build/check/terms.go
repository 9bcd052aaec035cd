package check

import (
	"slices"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var terms = &Check{Name: "terms", Follows: true, Doc: "A term that terms.yaml says to explain is linked to the glossary where a " +
	"page for adults first uses it: [ford](term:ford).", Page: func(p *Pass) {
	if p.Source != nil || p.Site.LoadOf(p.Family).Strict {
		return
	}
	for _, id := range p.Site.Terms {
		if term := p.Language.Terms[id]; term.Explain && p.names(id) {
			p.explained(id, termNames(term))
		}
	}
}}

// names reports whether the page seems to name a term to explain.
func (p *Pass) names(id string) bool {
	p.pieces()
	return slices.Contains(p.named, id)
}

// termNames returns what a term is called: "scam; phishing" has two names, and
// what stands in brackets is no part of one.
func termNames(t site.Term) []string {
	var list []string
	for _, name := range strings.FieldsFunc(t.Term, func(r rune) bool { return r == ';' || r == '；' }) {
		name, _, _ = strings.Cut(name, "(")
		list = append(list, strings.TrimSpace(name))
	}
	return append(list, t.Also...)
}

// explained wants the first use of a term in running text to be a link to it.
func (p *Pass) explained(id string, called []string) {
	for i, piece := range p.Prose() {
		if piece.Node.Kind() == ast.KindHeading {
			continue
		}
		text := p.lowered()[i]
		for _, name := range called {
			for at := range occurrences(text, strings.ToLower(name), false, p.Language.Characters) {
				if !linksTo(piece.Node, "term:"+id) {
					p.Report(site.Warning, piece.Pos(at), "["+name+"](term:"+id+")",
						"the term %q is not linked to the glossary where the page first uses it", name)
				}
				return
			}
		}
		if linksTo(piece.Node, "term:"+id) {
			return // in other words
		}
	}
}

// linksTo reports whether a link to a destination stands in a piece of text.
func linksTo(n ast.Node, dest string) bool {
	found := false
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && markdown.Destination(link.Destination) == dest {
			found = true
		}
		return ast.WalkContinue, nil
	})
	return found
}
