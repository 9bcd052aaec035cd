package render

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"fieldguide/build/site"
)

// manual is where writers of layouts find what they can show.
const manual = "what layouts can show: go doc fieldguide/build/render"

// lint finds in a part of a layout what html/template takes and no page shows:
// drawings that do not exist, and what the pages' own policy keeps browsers from
// loading.
func (r *Renderer) lint(tree *parse.Tree) (findings []site.Finding) {
	l := linter{tree: tree, drawings: r.drawings}
	l.node(reflect.ValueOf(tree.Root))
	return l.findings
}

type linter struct {
	tree     *parse.Tree
	drawings map[string]drawing
	findings []site.Finding
}

// node looks at a node and all that it holds: whatever of it is a node, or a list
// of nodes.
func (l *linter) node(v reflect.Value) {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return
	}
	switch n := v.Interface().(type) {
	case *parse.Tree:
		return
	case *parse.TextNode:
		l.text(n)
	case *parse.CommandNode:
		l.command(n)
	}
	if v = v.Elem(); v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		field := v.Field(i)
		switch {
		case !v.Type().Field(i).IsExported():
		case field.Kind() == reflect.Slice && field.Type().Elem().Kind() != reflect.Uint8:
			for j := range field.Len() {
				l.node(field.Index(j))
			}
		case field.Type() == reflect.TypeFor[parse.BranchNode]():
			l.node(field.Addr())
		default:
			l.node(field)
		}
	}
}

func (l *linter) command(n *parse.CommandNode) {
	if len(n.Args) != 2 || !strings.HasSuffix(n.Args[0].String(), ".Drawing") {
		return
	}
	name, isText := n.Args[1].(*parse.StringNode)
	if !isText {
		return
	}
	if _, known := l.drawings[name.Text]; known || name.Text == "" {
		return
	}
	hint := "put static/drawings/" + name.Text + ".svg there"
	if near := site.Nearest(name.Text, slices.Sorted(maps.Keys(l.drawings))); near != "" {
		hint = "did you mean " + near + "?"
	}
	l.find(n, 0, hint, "there is no drawing %q in static/drawings", name.Text)
}

// loading finds the elements that make a browser fetch something at once. An
// address that an action writes is empty in the text before it.
var loading = regexp.MustCompile(`(?i)<(img|script|iframe|video|audio|source|embed|object|link)\b[^>]*?\b(?:src|data|href)=["']?([^"'\s>]*)`)

// text names what the policy of pages keeps browsers from loading: all but what
// stands in the address itself, and the script of the search page.
func (l *linter) text(n *parse.TextNode) {
	for _, m := range loading.FindAllSubmatchIndex(n.Text, -1) {
		element := strings.ToLower(string(n.Text[m[2]:m[3]]))
		hint := `use {{.Drawing "name"}}, or link to it with <a>`
		switch {
		case strings.HasPrefix(string(n.Text[m[4]:m[5]]), "data:"):
			continue
		case element == "link":
			if !strings.Contains(string(n.Text[m[0]:m[1]]), "stylesheet") {
				continue
			}
			hint = "put its rules into static/style/, which stand in the pages"
		case element == "script":
			if l.tree.ParseName == site.SearchLayout+".html" {
				continue
			}
			hint = "remove it: only the search page has a script"
		}
		l.find(n, m[0], hint, "browsers will not load this <%s>: pages fetch nothing, so that they work without a network",
			element)
	}
}

// find adds a finding at so many bytes of a node.
func (l *linter) find(n parse.Node, at int, hint, format string, args ...any) {
	moved := *l.tree
	if text, ok := n.(*parse.TextNode); ok {
		copied := *text
		copied.Pos += parse.Pos(at)
		n = &copied
	}
	location, _ := moved.ErrorContext(n)
	place := site.Place{}
	parts := strings.Split(location, ":")
	if len(parts) == 3 {
		place.File = "layouts/" + parts[0]
		place.Line, _ = strconv.Atoi(parts[1])
		place.Col, _ = strconv.Atoi(parts[2])
		place.Col++ // text/template counts from 0
	}
	l.findings = append(l.findings, place.Find(site.Error, "layouts", hint, format, args...))
}

// noField is what html/template says when a layout asks for what there is not.
var noField = regexp.MustCompile(`^executing "[^"]*" at <([^>]*)>: can't evaluate field (\w+) in type (\S+)$`)

// executing begins other messages about what a layout asks for.
var executing = regexp.MustCompile(`^executing "[^"]*" at <([^>]*)>: (?:error calling \w+: )?`)

// explain puts a message of html/template into words for writers of layouts, with a
// hint.
func explain(message string) (text, hint string) {
	if message == "unexpected EOF" {
		return "an {{if}}, {{with}}, {{range}} or {{define}} above has no end", "write {{end}} where it ends"
	}
	m := noField.FindStringSubmatch(message)
	if m == nil {
		return executing.ReplaceAllString(message, "{{$1}}: "), manual
	}
	hint = manual
	if strings.HasSuffix(m[3], "render.View") {
		var names []string
		view := reflect.TypeFor[*View]()
		for i := range view.NumMethod() {
			names = append(names, view.Method(i).Name)
		}
		for _, f := range reflect.VisibleFields(view.Elem()) {
			names = append(names, f.Name)
		}
		if near := site.Nearest(m[2], names); near != "" {
			hint = "did you mean ." + near + "?"
		}
	}
	return fmt.Sprintf("{{%s}}: there is no %s here that a layout can show", m[1], m[2]), hint
}
