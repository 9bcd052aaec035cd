package check

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var kinds = &Check{Name: "kinds", Follows: true, Doc: "A page has the blocks that its kind asks for in site.yaml, each known, " +
	"closed and with its words.", Node: checkBlock, Page: checkKind}

func checkBlock(p *Pass, n ast.Node) {
	switch n := n.(type) {
	case *markdown.Block:
		spec := p.Site.Blocks[n.Name]
		switch {
		case spec == nil:
			known := slices.Sorted(maps.Keys(p.Site.Blocks))
			hint := "it can be " + strings.Join(known, ", ")
			if own := p.containerHere(n.Name); own != "" {
				hint = "write :::" + own + "; " + hint
			} else if near := site.Nearest(n.Name, known); near != "" {
				hint = "did you mean :::" + near + "?"
			}
			p.Report(site.Error, n.Pos(), hint, "unknown block %q", n.Name)
		case spec.Title && n.Title() == nil:
			p.Report(site.Error, n.Pos(), ":::"+n.Name+" What it says",
				"block %q wants title words on its first line", n.Name)
		case !spec.Title && n.Title() != nil && strings.HasPrefix(p.Doc.PlainText(n.Title()), "{"):
			// the check "dialect" names what stands there
		case !spec.Title && n.Title() != nil:
			p.Report(site.Error, n.Pos(), "write the words on a line of their own below",
				"block %q takes no title words", n.Name)
		}
		if !n.Closed {
			p.Report(site.Error, n.Pos(),
				"end it with ::: on a line of its own, with as many colons as it begins with",
				"block %q is not closed", n.Name)
		}
	case *ast.Paragraph, *ast.TextBlock:
		if n.Lines().Len() == 0 {
			return
		}
		line := n.Lines().At(0)
		if bytes.HasPrefix(line.Value(p.Doc.Text()), []byte(":::")) {
			hint := "a block begins with :::name, with no space between, and ends with :::; the name is one of " +
				strings.Join(slices.Sorted(maps.Keys(p.Site.Blocks)), ", ")
			first, _, _ := strings.Cut(strings.TrimLeft(string(line.Value(p.Doc.Text())), ": "), " ")
			first, _, _ = strings.Cut(first, "[")
			name := strings.ToLower(strings.Trim(strings.TrimSpace(first), "{}."))
			if own := p.containerHere(name); own != "" {
				hint = "write :::" + own
			} else if p.Site.Blocks[name] != nil {
				hint = "write :::" + name
			}
			p.Report(site.Error, line.Start, hint, "these colons neither begin nor end a block")
		}
	}
}

// containers are blocks that Docusaurus, VuePress, MkDocs and MyST have by these names, and folded are those of them
// whose words are seen when somebody asks.
var (
	containers = strings.Fields("abstract admonition attention bug caution danger error example failure hint important " +
		"info message note question quote remark seealso success summary tip todo warning")
	folded = strings.Fields("collapse details detail dropdown hidden spoiler toggle")
)

// containerHere returns the block of this site in whose place other tools have one of a name, "" for none.
func (p *Pass) containerHere(name string) string {
	name = strings.ToLower(name)
	if p.Site.Blocks[name] != nil {
		return ""
	}
	if slices.Contains(folded, name) {
		for _, id := range slices.Sorted(maps.Keys(p.Site.Blocks)) {
			if p.Site.Blocks[id].Element == "details" {
				return id
			}
		}
	}
	if slices.Contains(containers, name) || slices.Contains(folded, name) {
		if own := p.blockNamed(name, ":::"); p.Site.Blocks[own] != nil {
			return own
		}
	}
	return ""
}

// checkKind counts the blocks of a source page. A translation that has others
// parts from it, which parity says.
func checkKind(p *Pass) {
	if p.Source != nil {
		return
	}
	count := map[string]int{}
	tasks, strange := 0, false
	_ = ast.Walk(p.Doc.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if b, ok := n.(*markdown.Block); ok {
			strange = strange || p.Site.Blocks[b.Name] == nil
			if _, named := p.Kind.Blocks[b.Name]; p.Kind.Only && !named && p.Site.Blocks[b.Name] != nil {
				p.Report(site.Error, b.Pos(), "it can have "+blocksOf(p.Kind),
					"a page of kind %s has no block %q", p.Kind.ID, b.Name)
			}
			count[b.Name]++
		}
		if n.Kind() == ast.KindListItem && markdown.IsTask(n) {
			tasks++
		}
		return ast.WalkContinue, nil
	})
	for _, name := range slices.Sorted(maps.Keys(p.Kind.Blocks)) {
		want, has := p.Kind.Blocks[name], count[name]
		if strange && has < want.Min {
			continue // it may be the block that nobody knows
		}
		if !want.Has(has) {
			p.Report(site.Error, -p.Doc.Body, "it has "+blocksOf(p.Kind),
				"a page of kind %s wants %s of block %q; this one has %d", p.Kind.ID, times(want), name, has)
		}
	}
	if !p.Kind.Tasks.Has(tasks) {
		p.Report(site.Error, -p.Doc.Body, "- [ ] one thing to do",
			"a page of kind %s wants %s of items to tick; this one has %d", p.Kind.ID, times(p.Kind.Tasks), tasks)
	}
}

func times(c site.Count) string {
	switch {
	case c.Max < 0:
		return fmt.Sprintf("at least %d", c.Min)
	case c.Min == c.Max:
		return fmt.Sprint(c.Min)
	}
	return fmt.Sprintf("%d to %d", c.Min, c.Max)
}

func blocksOf(k *site.Kind) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(k.Blocks)) {
		list = append(list, fmt.Sprintf("%s (%s)", name, times(k.Blocks[name])))
	}
	return strings.Join(list, ", ")
}
