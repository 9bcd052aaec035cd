package render

import (
	"html/template"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"text/template/parse"
)

// quick draws a layout as html/template does, several times as fast: it asks
// values by functions that it looked up once, where html/template looks up a
// name and calls by reflection each time.
//
// It goes by what html/template made of the layout when it drew it first, with
// how each value is to be escaped, so it decides nothing about safety. It knows
// what layouts are mostly made of. Whatever else it meets, an error too, it
// leaves to html/template, which then draws that page from its beginning.
type quick struct {
	layout *template.Template
	parts  sync.Map     // name to *quickPart
	left   atomic.Int32 // to html/template, of late
}

// mostLeft is how often in vain a layout is tried.
const mostLeft = 16

// quickPart is a part of a layout.
type quickPart struct {
	draw drawer
	vars int
}

// canvas is what one part is drawn on.
type canvas struct {
	q    *quick
	out  *[]byte
	vars []any // the first is $
}

type (
	drawer func(c *canvas, dot any)
	value  func(c *canvas, dot any) any
)

// leftToTemplate is what quick panics with when it leaves a page to html/template.
type leftToTemplate struct{}

// draw appends a part to out and reports whether it could.
func (q *quick) draw(out *[]byte, part string, dot any) (drawn bool) {
	if q.left.Load() > mostLeft {
		return false
	}
	defer func() {
		if recover() != nil { // a method that failed, too: html/template will say how
			drawn = false
			q.left.Add(1)
		}
	}()
	q.part(out, part, dot)
	q.left.Store(0)
	return true
}

func (q *quick) part(out *[]byte, name string, dot any) {
	known, ok := q.parts.Load(name)
	if !ok {
		t := q.layout.Lookup(name)
		if t == nil || t.Tree == nil {
			panic(leftToTemplate{}) // html/template's own, for a place inside a tag
		}
		comp := compiler{names: []string{"$"}, most: 1}
		list := comp.list(t.Tree.Root)
		known, _ = q.parts.LoadOrStore(name, &quickPart{list, comp.most})
	}
	p := known.(*quickPart)
	c := &canvas{q: q, out: out, vars: make([]any, p.vars)}
	c.vars[0] = dot
	p.draw(c, dot)
}

// compiler turns the nodes of one part into functions.
type compiler struct {
	names []string // of variables in scope, by their place in canvas.vars
	most  int      // variables at once
}

// unknown leaves the page to html/template when it is reached.
func unknown(*canvas, any) { panic(leftToTemplate{}) }

func unknownValue(*canvas, any) any { panic(leftToTemplate{}) }

func (m *compiler) list(n *parse.ListNode) drawer {
	if n == nil {
		return func(*canvas, any) {}
	}
	var all []drawer
	for _, child := range n.Nodes {
		all = append(all, m.node(child))
	}
	return func(c *canvas, dot any) {
		for _, draw := range all {
			draw(c, dot)
		}
	}
}

func (m *compiler) node(n parse.Node) drawer {
	switch n := n.(type) {
	case *parse.TextNode:
		return func(c *canvas, _ any) { *c.out = append(*c.out, n.Text...) }
	case *parse.ListNode:
		return m.list(n)
	case *parse.ActionNode:
		return m.action(n.Pipe)
	case *parse.TemplateNode:
		arg := func(*canvas, any) any { return nil }
		if n.Pipe != nil {
			arg = m.pipe(n.Pipe)
		}
		return func(c *canvas, dot any) { c.q.part(c.out, n.Name, arg(c, dot)) }
	case *parse.IfNode:
		return m.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return m.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return m.loop(n)
	}
	return unknown
}

// action shows a value, or gives it a name.
func (m *compiler) action(p *parse.PipeNode) drawer {
	if len(p.Decl) > 0 {
		v := m.pipe(p)
		return func(c *canvas, dot any) { v(c, dot) }
	}
	cmds, how := p.Cmds, ""
	for len(cmds) > 1 {
		last := cmds[len(cmds)-1]
		name, isFunc := last.Args[0].(*parse.IdentifierNode)
		if !isFunc || len(last.Args) > 1 {
			return unknown
		}
		cmds, how = cmds[:len(cmds)-1], strings.TrimPrefix(name.Ident, "_html_template_")+" "+how
	}
	escape := escapers[strings.TrimSpace(how)]
	if escape == nil {
		return unknown
	}
	v := m.command(cmds[0])
	return func(c *canvas, dot any) { escape(c.out, v(c, dot)) }
}

// branch is if or with, which binds the dot.
func (m *compiler) branch(n *parse.BranchNode, binds bool) drawer {
	scope := len(m.names)
	test := m.pipe(n.Pipe)
	yes, no := m.list(n.List), m.list(n.ElseList)
	m.names = m.names[:scope]
	return func(c *canvas, dot any) {
		v := test(c, dot)
		switch {
		case !isTrue(v):
			no(c, dot)
		case binds:
			yes(c, v)
		default:
			yes(c, dot)
		}
	}
}

func (m *compiler) loop(n *parse.RangeNode) drawer {
	scope, decl := len(m.names), n.Pipe.Decl
	if n.Pipe.IsAssign || len(n.Pipe.Cmds) != 1 {
		return unknown
	}
	over := m.command(n.Pipe.Cmds[0])
	for _, name := range decl {
		m.declare(name.Ident[0])
	}
	each, none := m.list(n.List), m.list(n.ElseList)
	m.names = m.names[:scope]
	return func(c *canvas, dot any) {
		list := reflect.ValueOf(over(c, dot))
		if list.Kind() != reflect.Slice && list.IsValid() {
			panic(leftToTemplate{})
		}
		if !list.IsValid() || list.Len() == 0 {
			none(c, dot)
			return
		}
		for i := range list.Len() {
			v := plain(list.Index(i))
			switch len(decl) {
			case 1:
				c.vars[scope] = v
			case 2:
				c.vars[scope], c.vars[scope+1] = i, v
			}
			each(c, v)
		}
	}
}

func (m *compiler) declare(name string) int {
	m.names = append(m.names, name)
	m.most = max(m.most, len(m.names))
	return len(m.names) - 1
}

// variable returns the place of a variable, -1 for none.
func (m *compiler) variable(name string) int {
	for i := len(m.names) - 1; i >= 0; i-- {
		if m.names[i] == name {
			return i
		}
	}
	return -1
}

// pipe is a value that is not shown.
func (m *compiler) pipe(p *parse.PipeNode) value {
	if len(p.Cmds) != 1 || len(p.Decl) > 1 || p.IsAssign {
		return unknownValue
	}
	v := m.command(p.Cmds[0])
	if len(p.Decl) == 0 {
		return v
	}
	at := m.declare(p.Decl[0].Ident[0])
	return func(c *canvas, dot any) any {
		c.vars[at] = v(c, dot)
		return c.vars[at]
	}
}

// command is a value with its arguments, or a choice.
func (m *compiler) command(n *parse.CommandNode) value {
	var args []value
	for _, a := range n.Args[1:] {
		args = append(args, m.operand(a, nil))
	}
	if name, isFunc := n.Args[0].(*parse.IdentifierNode); isFunc {
		return choice(name.Ident, args)
	}
	return m.operand(n.Args[0], args)
}

func choice(name string, args []value) value {
	if name == "not" && len(args) == 1 {
		return func(c *canvas, dot any) any { return !isTrue(args[0](c, dot)) }
	}
	if name != "or" && name != "and" {
		return unknownValue
	}
	return func(c *canvas, dot any) (v any) {
		for _, arg := range args {
			if v = arg(c, dot); isTrue(v) == (name == "or") {
				return v
			}
		}
		return v
	}
}

func (m *compiler) operand(n parse.Node, args []value) value {
	switch n := n.(type) {
	case *parse.FieldNode:
		return chain(func(_ *canvas, dot any) any { return dot }, n.Ident, args)
	case *parse.VariableNode:
		at := m.variable(n.Ident[0])
		if at < 0 {
			return unknownValue
		}
		return chain(func(c *canvas, _ any) any { return c.vars[at] }, n.Ident[1:], args)
	}
	if len(args) > 0 {
		return unknownValue
	}
	switch n := n.(type) {
	case *parse.DotNode:
		return func(_ *canvas, dot any) any { return dot }
	case *parse.PipeNode:
		return m.pipe(n)
	case *parse.StringNode:
		return func(*canvas, any) any { return n.Text }
	case *parse.NumberNode:
		if n.IsInt {
			return func(*canvas, any) any { return int(n.Int64) }
		}
	}
	return unknownValue
}

// chain is .A.B with arguments for the last.
func chain(of value, names []string, args []value) value {
	if len(names) == 0 && len(args) > 0 {
		return unknownValue
	}
	for i, name := range names {
		var with []value
		if i == len(names)-1 {
			with = args
		}
		of = member(of, name, with)
	}
	return of
}

// member is what a value has by a name. Who gives it is looked up anew only
// when another type comes along.
func member(of value, name string, args []value) value {
	type known struct {
		in  reflect.Type
		get getter
	}
	var last atomic.Pointer[known]
	return func(c *canvas, dot any) any {
		from := of(c, dot)
		k := last.Load()
		if in := reflect.TypeOf(from); k == nil || k.in != in {
			k = &known{in, getterOf(in, name)}
			last.Store(k)
		}
		var with []any
		if len(args) > 0 {
			with = make([]any, len(args))
			for i, arg := range args {
				with[i] = arg(c, dot)
			}
		}
		return k.get(from, with)
	}
}
