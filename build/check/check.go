// Package check says what is wrong with content, by one check a file.
//
// A check is data with a function: a name, a sentence of documentation for
// writers, and what it looks at. A site makes it more or less grave, and a page
// allows in a passage what it finds, unless it is Firm: without what it finds
// something would be missing from what readers get, or come from elsewhere. To add one, write a file with a Check, put
// it into All, and give it an archive in testdata with a faulty page and a
// clean one.
//
//	findings := check.Site(s, words, counts)      // what pages share
//	findings, facts := check.New(s).Family(texts) // a page in all its languages
//	findings := check.Links(s, facts)             // places that links name
//	findings := check.Budget(s, page)             // a finished page
//	findings := check.Exit(s, family, page)       // the page that readers leave to
//	findings := check.Unused(s, facts)            // comments that allow nothing
//	findings = check.Grave(s, findings)           // as grave as site.yaml makes them
//
// One mistake is one finding, and it stands where it is mended. So a
// translation is not blamed for what it took over faithfully: what a check says
// of it in the same words as of its source page is dropped, once for each time
// that it is said there, and shows again when the source page is mended and
// the translation is not. Checks of what each writer types are Own and exempt
// from this. Where a translation parts from its source page, parity says so,
// unless another check has an error at that place of either.
package check

import (
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"

	"github.com/yuin/goldmark/ast"
)

// Check is one rule for writers. Those of its functions that are set are
// called; a Check without any names findings made while reading.
type Check struct {
	Name    string
	Doc     string // one sentence, for writers
	Follows bool   // it wants what the source page has by now: of a translation that is behind it is a warning
	Own     bool   // it finds what each writer typed, not what a translation takes over
	Firm    string // why no site and no comment can make its findings less grave; "" when they may

	Node   func(*Pass, ast.Node) // each node of each page, parents first
	Page   func(*Pass)           // each page
	Family func(*Pass)           // each translation, with its source in Pass.Source
	Site   func(*Shared)         // the site
}

// All are the checks, in the order of their names.
var All = []*Check{
	allow, alt, budget, bundles, data, dialect, drawings, exit, figures, find, frontMatter, headings, helplines, html,
	images, kinds, layouts, leftover, links, lost, pictures, nesting, parity, paths, places, reading, recordFiles,
	siteFile, tasks, terminology, terms, text, words,
}

// Checks whose findings arise while content or layouts are read, bundles
// prepared and files put together: in packages content, render, bundle, build.
var (
	bundles = &Check{Name: "bundles", Firm: "a file to take away would be missing",
		Doc: "The files to take away have names, formats and contents that can be " +
			"made, and titles that Kiwix has room for."}
	data = &Check{Name: "data", Firm: "what it names is left out: it may be a number to call",
		Doc: "The files in content/data are well-formed and name known things."}
	drawings = &Check{Name: "drawings", Firm: "no page can be made with it",
		Doc: "A drawing in static/drawings says its size and holds plain shapes: no " +
			"script, style, text or reference."}
	layouts = &Check{Name: "layouts", Firm: "no page can be made with it",
		Doc: "The layouts that kinds name exist and can be read."}
	frontMatter = &Check{Name: "front-matter", Own: true, Firm: "a page would lack its title or its words",
		Doc: "A page begins with front matter that has known " +
			"keys, right types and a title; a translation does not contradict its source page.", Page: checkFront}
	paths = &Check{Name: "paths", Firm: "a page or a file would be missing",
		Doc: "Every page has a path of its own that opens on any device, a source " +
			"page and an index above it; links in the file system are not followed, and " +
			"only plain files are read."}
	recordFiles = &Check{Name: "records", Doc: "The records of what pages were translated from, which the tool writes, can " +
		"be read."}
	siteFile = &Check{Name: "site", Firm: "what it names is left out: it may be the way to help",
		Doc: "content/site.yaml is well-formed and names pages, blocks and languages " +
			"that exist."}
)

// Pass is one page under check.
type Pass struct {
	Site     *site.Site
	Language *site.Language
	*content.Texts
	Doc    *markdown.Doc
	Page   *site.Page
	Source *Pass // of the source page; nil there

	checker   *Checker
	findings  []site.Finding
	uses      []use
	prose     []markdown.Prose
	read      []piece  // prose and what stands in it
	named     []string // terms to explain that it seems to name
	templates int      // marks of templates that are not closed yet
	small     []string // prose in small letters
	signed    ast.Node // the block that signs are of
	signs     signs
	allowed   []*allowance
	facts     *Facts
	check     *Check
}

// Facts are what a family tells about itself and others, for Links.
type Facts struct {
	Path    string
	Anchors []string // ids that links may name
	uses    []use
	allowed []*allowance
	inHTML  []string // ids in HTML, which is not passed through

	bones, links []bone // of the source page, for parity
}

// use is a link to a place in a page.
type use struct {
	place    site.Place // of the link
	dest     string     // as it is written
	path     string
	fragment string
	pos      int

	twin *site.Finding // of parity, with its mend: the source page has a link here to another place of that page
}

// Checker checks pages. It belongs to one goroutine.
type Checker struct {
	site    *site.Site
	phrases []*phrases // by language

	pieces    []piece // memory for those of a page
	sentences []sentence
	capitals  []span
}

// New returns a checker of the pages of a site.
func New(s *site.Site) *Checker {
	c := &Checker{site: s}
	for _, lang := range s.Languages {
		c.phrases = append(c.phrases, phrasesOf(s, lang))
	}
	return c
}

// Family checks a page in all its languages.
func (c *Checker) Family(t *content.Texts) ([]site.Finding, *Facts) {
	s := c.site
	facts := &Facts{Path: t.Path, Anchors: anchors(t.IDs)}
	pass := func(lang *site.Language, source *Pass) *Pass {
		p := &Pass{Site: s, Language: lang, Texts: t, Doc: t.Docs[lang.Index], Page: t.Pages[lang.Index],
			Source: source, facts: facts, checker: c}
		p.run()
		return p
	}
	source := pass(s.Source, nil)
	findings := source.told()
	facts.uses = source.uses
	for _, lang := range s.Languages {
		if lang != s.Source && t.Docs[lang.Index] != nil {
			p := pass(lang, source)
			p.excuse()
			findings = append(findings, without(p.told(), source.findings, repeats)...)
			facts.uses = append(facts.uses, without(p.uses, source.uses, use.repeats)...)
		}
	}
	facts.bones, facts.links = nil, nil // facts stay until the last page
	return findings, facts
}

// excuse makes warnings of what a translation that is behind cannot know: that the
// site wants something else since. Its links to places may lead to none.
func (p *Pass) excuse() {
	if p.Standings[p.Language.Index].State != translate.Stale {
		return
	}
	p.uses = nil
	for i, f := range p.findings {
		if f.Level == site.Error && slices.ContainsFunc(All, func(c *Check) bool { return c.Follows && c.Name == f.Check }) {
			p.findings[i].Level = site.Warning
		}
	}
}

// repeats reports whether a finding of a translation says again what one of
// the source page says.
func repeats(f, source site.Finding) bool {
	own := func(c *Check) bool { return c.Own && c.Name == f.Check }
	return f.Check == source.Check && f.Message == source.Message && !slices.ContainsFunc(All, own)
}

func (u use) repeats(source use) bool { return u.path == source.path && u.fragment == source.fragment }

// without returns what a has and b has not, counting repetitions.
func without[T any](a, b []T, same func(a, b T) bool) (list []T) {
	left := slices.Clone(b)
	for _, x := range a {
		if i := slices.IndexFunc(left, func(y T) bool { return same(x, y) }); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			list = append(list, x)
		}
	}
	return list
}

// told returns the findings that the page does not allow.
func (p *Pass) told() []site.Finding {
	if len(p.allowed) == 0 {
		return p.findings
	}
	return slices.DeleteFunc(slices.Clone(p.findings), func(f site.Finding) bool {
		return allows(p.allowed, f.Check, f.Place())
	})
}

func (p *Pass) run() {
	p.check = allow
	p.allowed = p.allowances()
	p.facts.allowed = append(p.facts.allowed, p.allowed...)
	eachNode(p.Doc.Root, func(n ast.Node) {
		for _, c := range nodeChecks {
			p.check = c
			c.Node(p, n)
		}
	})
	for _, c := range All {
		p.check = c
		if c.Page != nil {
			c.Page(p)
		}
		if c.Family != nil && p.Source != nil {
			c.Family(p)
		}
	}
}

// eachNode calls f for a node and those in it, parents first, but text: most
// nodes are, and no check asks for them.
func eachNode(n ast.Node, f func(n ast.Node)) {
	f(n)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != ast.KindText {
			eachNode(c, f)
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
	p.ReportAt(level, p.place(pos), hint, format, args...)
}

// ReportAt adds a finding at a place.
func (p *Pass) ReportAt(level site.Level, at site.Place, hint, format string, args ...any) {
	p.findings = append(p.findings, at.Find(level, p.check.Name, hint, format, args...))
}

// edit puts text in the place of what stands between two positions of the page's tree.
type edit struct {
	from, to int
	text     string
}

// mend says how a machine takes away what has just been reported.
func (p *Pass) mend(edits ...edit) {
	m := &site.Mend{}
	for _, e := range edits {
		line, col := p.Doc.Position(e.from)
		endLine, endCol := p.Doc.Position(e.to)
		m.Edits = append(m.Edits, site.Edit{Line: line, Col: col, EndLine: endLine, EndCol: endCol, Text: e.text})
	}
	p.findings[len(p.findings)-1].Mend = m
}

func (p *Pass) place(pos int) site.Place {
	line, col := p.Doc.Position(pos)
	return site.Place{File: p.Doc.File, Line: line, Col: col}
}

// front returns the place of a value in the front matter.
func (p *Pass) front(path ...any) site.Place {
	return content.FrontPlace(p.Doc.File, p.Doc.Src, path...)
}

// Shared is what pages share, under check.
type Shared struct {
	*site.Site
	Words  map[string]bool // interface words that pages can show; true are those that they do
	Counts map[string]bool // and those with a number

	findings []site.Finding
	check    *Check
}

// Site checks what pages share.
func Site(s *site.Site, words, counts map[string]bool) []site.Finding {
	shared := &Shared{Site: s, Words: words, Counts: counts}
	for _, c := range All {
		if shared.check = c; c.Site != nil {
			c.Site(shared)
		}
	}
	shared.check = siteFile
	shared.gravity()
	return shared.findings
}

// Report adds a finding at a place.
func (s *Shared) Report(level site.Level, at site.Place, hint, format string, args ...any) {
	s.findings = append(s.findings, at.Find(level, s.check.Name, hint, format, args...))
}
