package render

import (
	"html/template"
	"slices"
	"strings"
	"text/template/parse"

	"fieldguide/build/site"
)

// Words returns the interface words that pages can show, and the counted ones:
// those in layouts, those that Go puts in, and words, which are more of them.
// True are those that this site's pages do show: in the layouts of its pages,
// followed from the frame into the parts it holds, past what never holds
// anything here. Words that a layout calls optional are not true.
func (r *Renderer) Words(words map[string]bool) (_, counts map[string]bool) {
	c := wordCollector{words: words, counts: map[string]bool{
		"minutes": slices.ContainsFunc(r.site.Families, func(f *site.Family) bool { return f.Minutes > 0 }),
		"results": r.site.Search() != nil,
		"seconds": len(r.site.Bundles.Units) > 0,
	}}
	for _, layout := range r.layouts {
		for _, t := range layout.Templates() {
			c.from(layout, t.Name())
		}
	}
	c.shown, c.never = true, r.never()
	for _, key := range []string{"ages", "ages-under", "ages-range"} {
		c.words[key] = !c.never["Ages"]
	}
	for _, key := range []string{"table", "notes", "note-back", "blank"} {
		c.words[key] = true
	}
	gone := slices.ContainsFunc(r.site.Families, recorded)
	for _, key := range []string{"stale-here", "stale-more", "withdrawn"} {
		c.words[key] = gone
	}
	c.words["source"] = len(r.site.Resources) > 0
	used := map[string]bool{"chooser": true, "not-found": true}
	if len(r.site.Bundles.Units) > 0 {
		used[coverKind], used[awayKind], used[bookKind] = true, true, true
	}
	if len(r.site.Moved) > 0 {
		used[movedKind] = true
	}
	for _, f := range r.site.Families {
		used[f.Kind.Layout] = true
	}
	for layout := range used {
		c.from(r.layouts[layout], "base")
	}
	if len(r.site.Resources) > 0 {
		c.from(r.layouts[dataLayout], "sources")
	}
	for _, block := range r.site.Blocks {
		if block.Data != "" {
			c.from(r.layouts[dataLayout], block.Data)
		}
	}
	return c.words, c.counts
}

// never are the fields that hold something on no page of this site: what a
// layout shows with them, it never shows.
func (r *Renderer) never() map[string]bool {
	s := r.site
	family := func(has func(f *site.Family) bool) bool { return slices.ContainsFunc(s.Families, has) }
	resource := func(has func(r site.Resource) bool) bool { return slices.ContainsFunc(s.Resources, has) }
	var bands, ages, adults bool
	for _, set := range s.Sets {
		for _, band := range set.Bands {
			bands, ages, adults = true, ages || band.Aged(), adults || len(band.Adults) > 0
		}
	}
	several := len(s.Languages) > 1
	help := func(set *site.Set) bool { return set.Help != "" }
	never := map[string]bool{}
	for field, has := range map[string]bool{
		"Adults":            adults,
		"Ages":              ages || resource(func(r site.Resource) bool { return r.Age != "" }),
		"Behind":            family(recorded),
		"Cover.Exit":        family(s.HasExit),
		"Doors":             len(s.Doors) > 0,
		"Exit":              family(s.HasExit),
		"Fallback":          several,
		"Help":              s.Help != "" || bands || slices.ContainsFunc(s.Sets, help),
		"Languages":         several,
		"Multilingual":      several,
		"Newer":             s.URL != "",
		"Official":          resource(func(r site.Resource) bool { return r.Set != "" }),
		"Online":            s.URL != "",
		"Rights":            family(func(f *site.Family) bool { return len(f.Rights) > 0 }),
		"Search":            s.Search() != nil,
		"Shelves":           len(s.Bundles.Units) > 0,
		"Site.Edition":      s.Edition != "",
		"Site.Licence.Name": s.Licence.Name != "",
	} {
		never[field] = !has
	}
	return never
}

// recorded reports whether a translation of a page says what it was made from, and so
// can be behind.
func recorded(f *site.Family) bool {
	return slices.ContainsFunc(f.Pages, func(p *site.Page) bool { return p != nil && p.Record != "" })
}

// wordCollector finds .T "word", .Word "word", .Fill "word", .Optional "word"
// and .Count "word" in layouts.
type wordCollector struct {
	layout *template.Template
	seen   map[string]bool // parts
	shown  bool            // pages show what it reads
	never  map[string]bool // fields that hold nothing
	words  map[string]bool
	counts map[string]bool
}

// from reads a part of a layout, and the parts it holds.
func (c *wordCollector) from(layout *template.Template, part string) {
	c.layout, c.seen = layout, map[string]bool{}
	c.part(part)
}

func (c *wordCollector) part(name string) {
	if c.layout == nil || c.seen[name] {
		return
	}
	c.seen[name] = true
	if t := c.layout.Lookup(name); t != nil && t.Tree != nil {
		c.node(t.Tree.Root)
	}
}

func (c *wordCollector) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				c.node(child)
			}
		}
	case *parse.ActionNode:
		c.node(n.Pipe)
	case *parse.TemplateNode:
		c.part(n.Name)
		c.node(n.Pipe)
	case *parse.IfNode:
		c.branch(&n.BranchNode)
	case *parse.RangeNode:
		c.branch(&n.BranchNode)
	case *parse.WithNode:
		c.branch(&n.BranchNode)
	case *parse.PipeNode:
		if n != nil {
			for _, command := range n.Cmds {
				c.node(command)
			}
		}
	case *parse.CommandNode:
		c.command(n)
		for _, a := range n.Args {
			c.node(a)
		}
	}
}

func (c *wordCollector) branch(b *parse.BranchNode) {
	c.node(b.Pipe)
	if !c.never[field(b.Pipe)] {
		c.node(b.List)
	}
	c.node(b.ElseList)
}

// field returns the field that a branch depends on alone: Rights of {{with
// .Rights}}, "" for what is not so simple.
func field(p *parse.PipeNode) string {
	if len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return ""
	}
	if n, ok := p.Cmds[0].Args[0].(*parse.FieldNode); ok {
		return strings.Join(n.Ident, ".")
	}
	return ""
}

// command takes the word out of `$.T "help"`, and follows `.Once "header"`.
func (c *wordCollector) command(n *parse.CommandNode) {
	if len(n.Args) < 2 {
		return
	}
	var method string
	switch a := n.Args[0].(type) {
	case *parse.FieldNode:
		method = a.Ident[len(a.Ident)-1]
	case *parse.VariableNode:
		method = a.Ident[len(a.Ident)-1]
	}
	text, ok := n.Args[1].(*parse.StringNode)
	switch {
	case !ok:
	case method == "Once":
		c.part(text.Text)
	case method == "T", method == "Word", method == "Fill":
		c.words[text.Text] = c.words[text.Text] || c.shown
	case method == "Optional":
		c.words[text.Text] = c.words[text.Text] // false unless it must be there
	case method == "Count":
		c.counts[text.Text] = c.counts[text.Text] || c.shown
	}
}
