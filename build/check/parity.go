package check

import (
	"fmt"
	"slices"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

var parity = &Check{Name: "parity", Doc: "A translation has the same headings, blocks, lists, tables, images and links as its source page.", Family: func(p *Pass) {
	if p.facts.bones == nil {
		p.facts.bones, p.facts.links = skeleton(p.Source) // once for all translations
	}
	theirs, theirLinks := p.facts.bones, p.facts.links
	ours, ourLinks := skeleton(p.Doc)
	p.compare(theirs, ours)
	missing, surplus := p.notLinks(without(theirLinks, ourLinks), without(ourLinks, theirLinks))
	for _, l := range missing {
		line, _ := p.Source.Position(l.pos)
		p.Report(site.Error, -p.Doc.Body, fmt.Sprintf("it stands in %s:%d", p.Source.File, line), "the link to %q of the source page is missing", l.what)
	}
	for _, l := range surplus {
		p.Report(site.Error, l.pos, "", "the source page has no such link: %q", l.what)
	}
}}

// bone is one part of a page's skeleton.
type bone struct {
	what string
	pos  int
}

// compare reports the first place where two skeletons part: what follows
// would only repeat it.
func (p *Pass) compare(theirs, ours []bone) {
	for i := range max(len(theirs), len(ours)) {
		switch {
		case i >= len(ours):
			line, _ := p.Source.Position(theirs[i].pos)
			p.Report(site.Error, len(p.Doc.Text()), fmt.Sprintf("it stands in %s:%d", p.Source.File, line), "the source page goes on with %s", theirs[i].what)
		case i >= len(theirs):
			p.Report(site.Error, ours[i].pos, "", "the source page has ended before %s", ours[i].what)
		case theirs[i].what != ours[i].what:
			line, _ := p.Source.Position(theirs[i].pos)
			p.Report(site.Error, ours[i].pos, fmt.Sprintf("compare %s:%d", p.Source.File, line), "here is %s, in the source page %s", ours[i].what, theirs[i].what)
		default:
			continue
		}
		return
	}
}

// skeleton returns what a translation must repeat, in order, and the
// destinations of links, which may change places within a sentence.
func skeleton(d *markdown.Doc) (bones, links []bone) {
	_ = ast.Walk(d.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		what := ""
		switch n := n.(type) {
		case *ast.Heading:
			what = fmt.Sprintf("a heading of level %d", n.Level)
		case *markdown.Block:
			what = fmt.Sprintf("block %q", n.Name)
		case *ast.List:
			what = fmt.Sprintf("a list of %d", n.ChildCount())
			if n.IsOrdered() {
				what = "a numbered list of " + fmt.Sprint(n.ChildCount())
			}
		case *ast.ListItem:
			if markdown.IsTask(n) {
				what = "an item to tick"
			}
		case *extast.Table:
			what = fmt.Sprintf("a table of %d rows and %d columns", n.ChildCount()-1, len(n.Alignments))
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
		return ast.WalkContinue, nil
	})
	return bones, links
}

// without returns the bones of a that b does not have, counting repetitions.
func without(a, b []bone) []bone {
	left := slices.Clone(b)
	var missing []bone
	for _, x := range a {
		if i := slices.IndexFunc(left, func(y bone) bool { return x.what == y.what }); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			missing = append(missing, x)
		}
	}
	return missing
}
