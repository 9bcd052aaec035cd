package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// headings carry ids that are the same in every language: those of the source
// page, by position.
type headings struct{}

func (headings) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{ast.KindHeading: renderHeading})
}

func renderHeading(bw util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w, h := bw.(*Writer), n.(*ast.Heading)
	if !entering {
		w.headed(true)
		w.raw("</")
		w.level(h.Level)
		w.raw(">\n")
		w.stop()
		return ast.WalkContinue, nil
	}
	w.set.reset()
	w.stop()
	w.raw("<")
	w.level(h.Level)
	if w.heading < len(w.IDs) {
		w.id(w.IDs[w.heading])
	}
	w.heading++
	w.raw(">")
	w.heads(true)
	return ast.WalkContinue, nil
}

// Headings returns the headings of a document in order.
func (d *Doc) Headings() []*ast.Heading {
	var list []*ast.Heading
	_ = ast.Walk(d.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			list = append(list, h)
		}
		if n.Type() == ast.TypeInline || n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return list
}

// HeadingIDs returns an id for each heading: the one written as {#id}, else
// one made of its words, else part-N. No two are the same. Called on the
// source page, the result serves all its translations.
func (d *Doc) HeadingIDs() []string {
	var ids []string
	taken := map[string]int{} // by id: the number of the last heading of that name
	for i, h := range d.Headings() {
		id, _ := h.AttributeString("id")
		name := ""
		if written, ok := id.([]byte); ok {
			name = Slug(string(written))
		}
		if name == "" {
			name = Slug(d.PlainText(h))
		}
		if name == "" {
			name = "part-" + strconv.Itoa(i+1)
		}
		unique := name
		for taken[unique] > 0 {
			taken[name]++
			unique = name + "-" + strconv.Itoa(taken[name])
		}
		taken[unique] = 1
		ids = append(ids, unique)
	}
	return ids
}

// Slug returns the words of text in a-z, 0-9 and hyphens, "" when it has none.
func Slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(text) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		case r != '\'' && r != '’':
			gap = true
		}
	}
	return b.String()
}

// PlainText returns the text of a node without markup.
func (d *Doc) PlainText(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(d.Text()))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(d.Text()))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
