package check

import (
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var tasks = &Check{Name: "tasks", Doc: "An item to tick says in words what is to be ticked: " +
	"- [ ] words.", Node: func(p *Pass, n ast.Node) {
	if first := n.FirstChild(); n.Kind() == ast.KindListItem && markdown.IsTask(n) &&
		strings.TrimSpace(p.Doc.PlainText(first)) == "" {
		p.Report(site.Error, n.Pos(), "write what is to be ticked after it: - [ ] words", "nothing stands beside this box")
	}
}}
