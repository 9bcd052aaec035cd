// Package check says what is wrong with content, by one check a file.
//
// A check is data with a function: a name, a sentence of documentation for
// writers, and what it looks at. To add one, write a file with a Check, put
// it into All, and give it an archive in testdata with a faulty page and a
// clean one.
//
//	findings := check.Site(s, words)          // what pages share
//	findings, facts := check.Family(s, texts) // a page in all its languages
//	findings := check.Links(s, facts)         // places that links name
//	findings := check.Budget(s, page)         // a finished page
//	findings := check.Exit(s, family, page)   // the page that readers leave to
package check

import (
	"fmt"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

// Check is one rule for writers. Those of its functions that are set are
// called; a Check without any names findings made while reading.
type Check struct {
	Name string
	Doc  string // one sentence, for writers

	Node   func(*Pass, ast.Node)                              // each node of each page, parents first
	Page   func(*Pass)                                        // each page
	Family func(*Pass)                                        // each translation, with its source in Pass.Source
	Site   func(*site.Site, *[]site.Finding, map[string]bool) // the site, with the interface words that layouts use
}

// All are the checks, in the order of their names.
var All = []*Check{
	alt, budget, bundles, data, dialect, drawings, exit, figures, frontMatter, headings, helplines, html, kinds, layouts, leftover,
	links, lost, nesting, parity, paths, places, reading, siteFile, tasks, terminology, terms, text, words,
}

// Checks whose findings arise while content or layouts are read, or bundles
// prepared, in packages content, render and bundle.
var (
	bundles     = &Check{Name: "bundles", Doc: "The files to take away have names, formats and contents that can be made, and titles that Kiwix has room for."}
	data        = &Check{Name: "data", Doc: "The files in content/data are well-formed and name known things."}
	drawings    = &Check{Name: "drawings", Doc: "A drawing in static/drawings says its size and holds plain shapes: no script, style, text or reference."}
	layouts     = &Check{Name: "layouts", Doc: "The layouts that kinds name exist and can be read."}
	frontMatter = &Check{Name: "front-matter", Doc: "A page begins with front matter that has known keys, right types and a title; a translation does not contradict its source page.", Page: checkSummary}
	paths       = &Check{Name: "paths", Doc: "Every page has a path of its own that opens on any device, a source page and an index above it; links in the file system are not followed."}
	siteFile    = &Check{Name: "site", Doc: "content/site.yaml is well-formed and names pages, blocks and languages that exist."}
)

// Pass is one page under check.
type Pass struct {
	Site     *site.Site
	Language *site.Language
	*content.Texts
	Doc    *markdown.Doc
	Page   *site.Page
	Source *markdown.Doc // of the source page

	findings []site.Finding
	prose    []markdown.Prose
	small    []string // prose in small letters
	facts    *Facts
	check    *Check
}

// Facts are what a family tells about itself and others, for Links.
type Facts struct {
	Path    string
	Anchors []string // ids that links may name
	uses    []use

	bones, links []bone // of the source page, for parity
}

// use is a link to a place in a page.
type use struct {
	finding  site.Finding // to be reported when the place does not exist
	path     string
	fragment string
}

// Family checks a page in all its languages.
func Family(s *site.Site, t *content.Texts) ([]site.Finding, *Facts) {
	facts := &Facts{Path: t.Path, Anchors: anchors(t.IDs)}
	var findings []site.Finding
	for i, doc := range t.Docs {
		if doc == nil {
			continue
		}
		p := &Pass{Site: s, Language: s.Languages[i], Texts: t, Doc: doc, Page: t.Pages[i], Source: t.Docs[s.Source.Index], facts: facts}
		p.run()
		findings = append(findings, p.findings...)
	}
	return findings, facts
}

func (p *Pass) run() {
	_ = ast.Walk(p.Doc.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() != ast.KindText { // most nodes are, and no check asks for them
			for _, c := range nodeChecks {
				p.check = c
				c.Node(p, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, c := range All {
		p.check = c
		if c.Page != nil {
			c.Page(p)
		}
		if c.Family != nil && p.Doc != p.Source && p.Source != nil {
			c.Family(p)
		}
	}
}

var nodeChecks = func() (list []*Check) {
	for _, c := range All {
		if c.Node != nil {
			list = append(list, c)
		}
	}
	return list
}()

// Prose returns the running text of the page, piece by piece.
func (p *Pass) Prose() []markdown.Prose {
	if p.prose == nil {
		p.prose = p.Doc.Prose()
	}
	return p.prose
}

// lowered returns the running text in small letters, piece by piece.
func (p *Pass) lowered() []string {
	if p.small == nil {
		for _, piece := range p.Prose() {
			p.small = append(p.small, strings.ToLower(piece.Text))
		}
	}
	return p.small
}

// Report adds a finding at a position of the page's tree.
func (p *Pass) Report(level site.Level, pos int, hint, format string, args ...any) {
	p.findings = append(p.findings, p.finding(level, pos, hint, format, args...))
}

func (p *Pass) finding(level site.Level, pos int, hint, format string, args ...any) site.Finding {
	line, col := p.Doc.Position(pos)
	return site.Finding{File: p.Doc.File, Line: line, Col: col, Level: level, Check: p.check.Name, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Site checks what pages share. words are the interface words that layouts
// use; true are those that they cannot do without.
func Site(s *site.Site, words map[string]bool) []site.Finding {
	var findings []site.Finding
	for _, c := range All {
		if c.Site != nil {
			c.Site(s, &findings, words)
		}
	}
	return findings
}
