package catalog

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"fieldguide/build/markdown"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// leaf is a piece of a text that holds words and nothing beside them: a
// paragraph, a heading, what stands in a list item, a cell.
type leaf struct {
	kind     string // p, h2, li, cell, title, dt, dd, code …
	where    string // what it lies in, "now/ul/", "" for the page itself
	in       ast.Node
	passage  int    // number of the passage that it belongs to
	from, to int    // of its words in the text
	prefix   string // what each further line of it begins with
	words    string // without prefixes
	notes    []string
	spans    []span
}

// span is a part of a leaf's words that a translator leaves as it is.
type span struct {
	from, to int // in leaf.words
	what     string
}

func (s span) of(l *leaf) string { return l.words[s.from:s.to] }

// name says what a leaf is, and in what it lies.
func (l *leaf) name() string { return l.where + l.kind }

// isRun reports whether there may be more or fewer of a leaf's kind in a
// translation, one after the other.
func (l *leaf) isRun() bool {
	return l.kind == "p" || l.kind == "li" || l.kind == "dd" || l.kind == "note"
}

// oneLine reports whether the words of a leaf have no line end.
func (l *leaf) oneLine() bool {
	return l.kind == "cell" || l.kind == "title" || strings.HasPrefix(l.kind, "h")
}

// leaves returns those of a document in reading order.
func leaves(doc *markdown.Doc) []leaf {
	r := &reader{doc: doc, src: doc.Text(), dests: map[ast.Node]int{}, passage: -1}
	list := doc.Destinations()
	i := 0
	_ = ast.Walk(doc.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && (n.Kind() == ast.KindLink || n.Kind() == ast.KindImage) {
			r.dests[n] = list[i].At
			i++
		}
		return ast.WalkContinue, nil
	})
	for n := doc.Root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != markdown.KindComment {
			r.passage++
		}
		r.node(n, "")
	}
	return r.list
}

type reader struct {
	doc     *markdown.Doc
	src     []byte
	dests   map[ast.Node]int // where the destination of a link or an image stands
	passage int
	notes   []string // comments before the next leaf
	list    []leaf
}

func (r *reader) node(n ast.Node, where string) {
	within := func(name string) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			r.node(c, where+name)
		}
	}
	switch n := n.(type) {
	case *markdown.Comment:
		r.notes = append(r.notes, n.Words(r.src)...)
	case *ast.Heading:
		r.leaf(n, "h"+string(rune('0'+n.Level)), where)
	case *ast.Paragraph, *ast.TextBlock:
		r.leaf(n, kindWithin(n.Parent()), where)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		r.leaf(n, "code", where)
	case *extast.DefinitionTerm:
		r.leaf(n, "dt", where)
	case *extast.TableCell:
		r.leaf(n, "cell", where)
	case *ast.List:
		if n.IsOrdered() {
			within("ol/")
		} else {
			within("ul/")
		}
	case *ast.Blockquote:
		within("quote/")
	case *markdown.Block:
		within(n.Name + "/")
	case *ast.ThematicBreak, *ast.HTMLBlock:
	default:
		if b, ok := n.Parent().(*markdown.Block); ok && b.Title() == n {
			r.leaf(n, "title", where)
			return
		}
		within("")
	}
}

func kindWithin(parent ast.Node) string {
	switch parent.(type) {
	case *ast.ListItem:
		return "li"
	case *extast.DefinitionDescription:
		return "dd"
	case *extast.Footnote:
		return "note"
	}
	return "p"
}

// leaf adds a node that holds words.
func (r *reader) leaf(n ast.Node, kind, where string) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return
	}
	l := leaf{kind: kind, where: where, in: n.Parent(), passage: r.passage, notes: r.notes}
	r.notes = nil
	l.from = lines.At(0).Start
	l.to = lines.At(lines.Len() - 1).Stop
	for l.to > l.from && r.src[l.to-1] == '\n' {
		l.to--
	}
	start := bytes.LastIndexByte(r.src[:l.from], '\n') + 1
	l.prefix = strings.Map(func(c rune) rune {
		if c == '>' || c == '\t' {
			return c
		}
		return ' '
	}, string(r.src[start:l.from]))
	if kind != "code" {
		for l.to > l.from && (r.src[l.to-1] == ' ' || r.src[l.to-1] == '\t') {
			l.to--
		}
		if markdown.IsTask(n) {
			rest := r.src[l.from:l.to]
			l.from += len(rest) - len(bytes.TrimLeft(rest[min(len(rest), len("[ ]")):], " \t"))
		}
	}
	var at [][2]int // by line: where it begins in the text, and in the words
	var words strings.Builder
	for i := range lines.Len() {
		line := lines.At(i)
		from, to := max(line.Start, l.from), min(line.Stop, l.to)
		if from > to {
			continue
		}
		at = append(at, [2]int{from, words.Len()})
		words.Write(r.src[from:to])
		if i < lines.Len()-1 && (from == to || r.src[to-1] != '\n') {
			words.WriteByte('\n')
		}
	}
	l.words = words.String()
	if kind != "code" {
		l.spans = r.spans(n, &l, at)
	}
	r.list = append(r.list, l)
}

var marks = regexp.MustCompile(`\[\^[^\]\s]+\]|_{4,}`)

// spans returns what a translator leaves as it is in the words of a leaf: code,
// addresses, marks of footnotes, places to write on, comments.
func (r *reader) spans(n ast.Node, l *leaf, at [][2]int) (list []span) {
	add := func(from, to int, what string) {
		if from < l.from || to > l.to || from >= to {
			return
		}
		i := 0
		for i < len(at)-1 && at[i+1][0] <= from {
			i++
		}
		s := span{from: from - at[i][0] + at[i][1], what: what}
		for i < len(at)-1 && at[i+1][0] < to {
			i++
		}
		s.to = to - at[i][0] + at[i][1]
		if s.from < s.to && s.to <= len(l.words) {
			list = append(list, s)
		}
	}
	hasNote := false
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan:
			first, ok1 := n.FirstChild().(*ast.Text)
			last, ok2 := n.LastChild().(*ast.Text)
			if ok1 && ok2 {
				from, to := first.Segment.Start, last.Segment.Stop
				for from > l.from && bytes.IndexByte([]byte(" \n"), r.src[from-1]) >= 0 {
					from--
				}
				for from > l.from && r.src[from-1] == '`' {
					from--
				}
				for to < l.to && bytes.IndexByte([]byte(" \n"), r.src[to]) >= 0 {
					to++
				}
				for to < l.to && r.src[to] == '`' {
					to++
				}
				add(from, to, "code")
			}
			return ast.WalkSkipChildren, nil
		case *ast.Link:
			add(r.dests[n], r.dests[n]+len(n.Destination), "address")
		case *ast.Image:
			add(r.dests[n], r.dests[n]+len(n.Destination), "address")
		case *ast.AutoLink:
			label := n.Label(r.src)
			if from := cap(r.src) - cap(label); len(label) > 0 && from >= 0 && from < len(r.src) && &r.src[from] == &label[0] {
				add(from, from+len(label), "address")
			}
		case *extast.FootnoteLink:
			hasNote = true
		case *ast.RawHTML:
			if k := n.Segments.Len(); k > 0 && markdown.IsComment(n, r.src) {
				add(n.Segments.At(0).Start, n.Segments.At(k-1).Stop, "comment")
			}
		}
		return ast.WalkContinue, nil
	})
	for _, m := range marks.FindAllStringIndex(l.words, -1) {
		s := span{m[0], m[1], "blank"}
		if l.words[m[0]] == '[' {
			s.what = "footnote"
		}
		inside := slices.ContainsFunc(list, func(o span) bool { return o.from < s.to && s.from < o.to })
		if !inside && (s.what == "blank" || hasNote) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b span) int { return a.from - b.from })
	end := 0
	return slices.DeleteFunc(list, func(s span) bool { // of two in one place the outer
		within := s.from < end
		end = max(end, s.to)
		return within
	})
}

// written returns words as they stand in a text behind a prefix.
func written(words, prefix string) string {
	lines := strings.Split(words, "\n")
	for i := range lines {
		if i > 0 && lines[i] != "" {
			lines[i] = prefix + lines[i]
		} else if i > 0 {
			lines[i] = strings.TrimRight(prefix, " \t")
		}
	}
	return strings.Join(lines, "\n")
}
