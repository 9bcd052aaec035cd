package check

import (
	"fmt"
	"slices"
	"strconv"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

var parity = &Check{Name: "parity", Doc: "A translation has the same headings, blocks, lists, tables, empty cells, images " +
	"and links as the source page it was made from. What the source has changed since is no finding: see status.",
	Family: func(p *Pass) {
		st := p.standing()
		if st.State == translate.Differs {
			p.differs(st)
			return
		}
		if p.facts.bones == nil {
			p.facts.bones, p.facts.links = skeleton(p.Source.Doc) // once for all translations
		}
		theirs, theirLinks := p.facts.bones, p.facts.links
		ours, ourLinks := skeleton(p.Doc)
		if st.State == translate.Stale {
			own, source := unchanged(st)
			ours, ourLinks = p.within(p.Doc, own, ours), p.within(p.Doc, own, ourLinks)
			theirs, theirLinks = p.within(p.Source.Doc, source, theirs), p.within(p.Source.Doc, source, theirLinks)
		}
		p.compare(theirs, ours)
		p.compareLinks(theirLinks, ourLinks)
	}}

// standing says how the translation stands to its source page.
func (p *Pass) standing() *translate.Standing { return p.Standings[p.Language.Index] }

// differs reports where a translation is not what its record says it was made
// from.
func (p *Pass) differs(st *translate.Standing) {
	diff := "`fieldguide diff " + p.Path + " --lang " + p.Language.Code + "` shows"
	sync := "fieldguide sync " + p.Path + " --lang " + p.Language.Code
	gaps := translate.Gaps(st.Record, p.Source.Doc, p.Doc)
	if len(gaps) > 0 && !slices.ContainsFunc(gaps, func(g translate.Gap) bool { return g.Own == st.At && g.Is != "" }) {
		p.partHint(p.Doc.Passage(gaps[0].Own), nowhere, "translate what is left, which "+diff+"; then say: "+sync,
			"the page is half-way to what its source page says today: %s", gaps[0].Tell(p.Source.Doc))
		return
	}
	what := markdown.KindName("")
	if list := p.Doc.Passages(); st.At < len(list) && list[st.At].Node != nil {
		what = markdown.KindName(list[st.At].Kind)
	}
	wanted := markdown.KindName(st.Want)
	if st.Want != "" && what == wanted { // they part within it
		wanted += " made of other parts"
	}
	hint := "translate what is missing or remove what is too much; " + diff + " both. If it is right as it is, say so: " +
		sync + " --force"
	p.partHint(p.Doc.Passage(st.At), nowhere, hint, "here is %s; the page was translated from one that has %s here",
		what, wanted)
}

// unchanged returns which passages of a translation, and of its source page,
// say the same as when it was made.
func unchanged(st *translate.Standing) (own, source map[int]bool) {
	own, source = map[int]bool{}, map[int]bool{}
	for i, j := range st.Source {
		if !st.Old[i] && j != translate.NoPassage {
			own[i], source[j] = true, true
		}
	}
	return own, source
}

// within returns the bones that stand in some of a document's passages.
func (p *Pass) within(d *markdown.Doc, passages map[int]bool, bones []bone) (list []bone) {
	var starts []int
	for _, passage := range d.Passages() {
		if passage.Node != nil {
			starts = append(starts, passage.Node.Pos())
		}
	}
	for _, b := range bones {
		i := len(starts) - 1
		for i > 0 && starts[i] > b.pos {
			i--
		}
		if passages[i] {
			list = append(list, b)
		}
	}
	return list
}

// bone is one part of a page's skeleton.
type bone struct {
	what string
	pos  int
}

func (b bone) same(other bone) bool { return b.what == other.what }

// nowhere is the position of what a page does not have.
const nowhere = -1

// part reports where the page parts from its source page, unless something
// else is wrong there in one of them.
func (p *Pass) part(ours, theirs int, format string, args ...any) {
	hint := p.onlyHere()
	if theirs >= 0 {
		hint = fmt.Sprintf("compare %s", p.Source.place(theirs))
	}
	p.partHint(ours, theirs, hint, format, args...)
}

// onlyHere is the hint for what the source page does not have.
func (p *Pass) onlyHere() string { return "remove it, or write it in " + p.Source.Doc.File + " too" }

func (p *Pass) partHint(ours, theirs int, hint, format string, args ...any) {
	if p.isWrong(ours) || p.Source.isWrong(theirs) {
		return
	}
	p.uses = slices.DeleteFunc(p.uses, func(u use) bool { return u.pos == ours })
	level := site.Error
	if p.standing().Record == nil { // nobody knows what it was made from
		level = site.Warning
	}
	p.Report(level, ours, hint, format, args...)
}

// isWrong reports whether there is an error at a position of the text.
func (p *Pass) isWrong(pos int) bool {
	place := p.place(pos)
	return pos >= 0 && slices.ContainsFunc(p.findings, func(f site.Finding) bool {
		return f.Level == site.Error && f.Line == place.Line && f.Col == place.Col
	})
}

// compare reports the first place where two skeletons part: what follows
// would only repeat it.
func (p *Pass) compare(theirs, ours []bone) {
	for i := range max(len(theirs), len(ours)) {
		switch {
		case i >= len(ours):
			p.part(len(p.Doc.Text()), theirs[i].pos, "the source page goes on with %s", theirs[i].what)
		case i >= len(theirs):
			p.part(ours[i].pos, nowhere, "the source page has ended before %s", ours[i].what)
		case theirs[i].what != ours[i].what:
			p.part(ours[i].pos, theirs[i].pos, "here is %s, in the source page %s", ours[i].what, theirs[i].what)
		default:
			continue
		}
		return
	}
}

// emptyCells counts the cells of a table that say nothing; a row that is too short
// has some.
func emptyCells(table *extast.Table) (n int) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if !cell.HasChildren() {
				n++
			}
		}
	}
	return n
}

// skeleton returns what a translation must repeat, in order, and the
// destinations of links, which may change places within a sentence.
func skeleton(d *markdown.Doc) (bones, links []bone) {
	eachNode(d.Root, func(n ast.Node) {
		what := ""
		switch n := n.(type) {
		case *ast.Heading:
			what = "a heading of level " + strconv.Itoa(n.Level)
		case *markdown.Block:
			what = "block " + strconv.Quote(n.Name)
		case *ast.List:
			what = "a list of " + strconv.Itoa(n.ChildCount())
			if n.IsOrdered() {
				what = "a numbered list of " + strconv.Itoa(n.ChildCount())
			}
		case *ast.ListItem:
			if markdown.IsTask(n) {
				what = "an item to tick"
			}
		case *extast.Table:
			what = fmt.Sprintf("a table of %d rows and %d columns", n.ChildCount()-1, len(n.Alignments))
			switch empty := emptyCells(n); empty {
			case 0:
			case 1:
				what += " with 1 empty cell"
			default:
				what += fmt.Sprintf(" with %d empty cells", empty)
			}
		case *ast.Image:
			what = fmt.Sprintf("image %q", n.Destination)
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			what = "a block of code"
		case *extast.FootnoteLink:
			what = "a footnote mark"
		case *ast.Link:
			links = append(links, bone{markdown.Destination(n.Destination), n.Pos()})
		case *ast.AutoLink:
			links = append(links, bone{markdown.AutoLinkDestination(n, d.Text()), n.Pos()})
		}
		if what != "" {
			bones = append(bones, bone{what, n.Pos()})
		}
	})
	return bones, links
}
