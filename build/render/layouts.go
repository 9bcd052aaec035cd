package render

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"fieldguide/build/site"
)

// loadLayouts parses layouts/: base.html and parts.html are common to all,
// each other file is the layout of its name.
func (r *Renderer) loadLayouts() ([]site.Finding, error) {
	common := template.New("common")
	for _, name := range []string{"base.html", "parts.html"} {
		if found, err := r.parse(common, name); found != nil || err != nil {
			return found, err
		}
	}
	entries, err := fs.ReadDir(r.fsys, "layouts")
	if err != nil {
		return nil, fmt.Errorf("reading layouts: %w", err)
	}
	var findings []site.Finding
	for _, e := range entries {
		layout, isHTML := strings.CutSuffix(e.Name(), ".html")
		if !isHTML || layout == "base" || layout == "parts" {
			continue
		}
		t := template.Must(common.Clone())
		found, err := r.parse(t, e.Name())
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
		r.layouts[layout] = t
	}
	for _, id := range slices.Sorted(maps.Keys(r.site.Kinds)) {
		if layout := r.site.Kinds[id].Layout; r.layouts[layout] == nil {
			place := r.site.Written.At(site.SettingsFile, "kinds", id, "layout")
			findings = append(findings, place.Find(site.Error, "layouts", "",
				"kind %q wants the layout %q, but there is no layouts/%s.html", id, layout, layout))
		}
	}
	return findings, nil
}

func (r *Renderer) parse(t *template.Template, name string) ([]site.Finding, error) {
	file := "layouts/" + name
	text, err := fs.ReadFile(r.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return []site.Finding{missingLayout(strings.TrimSuffix(name, ".html"))}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	r.nosy = r.nosy || reachesFurther.Match(text)
	if _, err := t.New(name).Parse(string(text)); err != nil {
		return []site.Finding{layoutFinding(file, err)}, nil
	}
	return nil, nil
}

// reachesFurther finds layouts that take words of other pages out of the
// families themselves, past the methods that remember which they showed.
var reachesFurther = regexp.MustCompile(`\{\{[^}]*\.(?:Pages|In)\b`)

// Nosy reports whether a layout shows words of other pages that Page.Refs does
// not tell of.
func (r *Renderer) Nosy() bool { return r.nosy }

var templateError = regexp.MustCompile(`^(?:.*: error calling Once: )?(?:html/)?template: ([^:]+):(\d+):(?:(\d+):)? ?(.*)$`)

// layoutFinding takes the place out of a message of html/template: that in the
// part which Once was drawing, when it was.
func layoutFinding(file string, err error) site.Finding {
	f := site.Finding{File: file, Level: site.Error, Check: "layouts", Message: err.Error()}
	if m := templateError.FindStringSubmatch(err.Error()); m != nil {
		f.File = "layouts/" + path.Base(m[1])
		f.Line, _ = strconv.Atoi(m[2])
		f.Col, _ = strconv.Atoi(m[3])
		f.Message = m[4]
	}
	return f
}

func missingLayout(name string) site.Finding {
	return site.Place{File: "layouts/" + name + ".html"}.Find(site.Error, "layouts", "", "this layout is missing")
}

// Words returns the interface words that pages can show, and the counted ones.
// True are those that this site's pages show: in the layouts that its kinds
// name, followed from their frames into the parts they hold, and those that Go
// puts in. words are more of them.
func (r *Renderer) Words(words map[string]bool) (_, counts map[string]bool) {
	sized := len(r.site.Bundles.Units) > 0
	timed := slices.ContainsFunc(r.site.Families, func(f *site.Family) bool { return f.Minutes > 0 })
	found := r.site.Search() != nil
	c := wordCollector{words: words, counts: map[string]bool{"minutes": timed, "seconds": sized, "results": found}}
	for _, layout := range r.layouts {
		for _, t := range layout.Templates() {
			c.layout, c.seen = layout, map[string]bool{}
			c.part(t.Name())
		}
	}
	c.shown = true
	for _, key := range []string{"table", "notes", "note-back", "blank"} {
		c.words[key] = true
	}
	for _, key := range []string{"ages", "ages-under", "ages-range"} {
		c.words[key] = r.tellsAges()
	}
	c.words["source"] = len(r.site.Resources) > 0
	used := map[string]bool{"chooser": true, "not-found": true}
	if sized {
		used[coverKind], used[awayKind], used[bookKind] = true, true, true
	}
	for _, kind := range r.site.Kinds {
		used[kind.Layout] = true
	}
	for layout := range used {
		c.layout, c.seen = r.layouts[layout], map[string]bool{}
		c.part("base")
	}
	if len(r.site.Resources) > 0 {
		c.layout, c.seen = r.layouts[dataLayout], map[string]bool{}
		c.part("sources")
	}
	for _, block := range r.site.Blocks {
		if block.Data != "" {
			c.layout, c.seen = r.layouts[dataLayout], map[string]bool{}
			c.part(block.Data)
		}
	}
	return c.words, c.counts
}

// tellsAges reports whether any page or resource is for readers of some ages.
func (r *Renderer) tellsAges() bool {
	return slices.ContainsFunc(r.site.Sets, func(s *site.Set) bool { return len(s.Bands) > 0 }) ||
		slices.ContainsFunc(r.site.Resources, func(r site.Resource) bool { return r.Age != "" })
}

// wordCollector finds .T "word", .Word "word", .Fill "word" and .Count "word"
// in a layout.
type wordCollector struct {
	layout *template.Template
	seen   map[string]bool // parts
	shown  bool            // pages show the layout
	words  map[string]bool
	counts map[string]bool
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
	c.node(b.List)
	c.node(b.ElseList)
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
	case method == "Count":
		c.counts[text.Text] = c.counts[text.Text] || c.shown
	}
}
