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
			findings = append(findings, site.Finding{File: "content/site.yaml", Level: site.Error, Check: "layouts",
				Message: fmt.Sprintf("kind %q wants the layout %q, but there is no layouts/%s.html", id, layout, layout)})
		}
	}
	return findings, nil
}

func (r *Renderer) parse(t *template.Template, name string) ([]site.Finding, error) {
	file := "layouts/" + name
	text, err := fs.ReadFile(r.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return []site.Finding{{File: file, Level: site.Error, Check: "layouts", Message: "this layout is missing"}}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	if _, err := t.New(name).Parse(string(text)); err != nil {
		return []site.Finding{layoutFinding(file, err)}, nil
	}
	return nil, nil
}

var templateError = regexp.MustCompile(`^(?:html/)?template: ([^:]+):(\d+):(?:(\d+):)? ?(.*)$`)

// layoutFinding takes the place out of a message of html/template.
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

// Words returns the interface words that layouts and this engine use, sorted.
func (r *Renderer) Words() []string {
	used := map[string]bool{}
	for _, key := range []string{"table", "notes", "note-back", "ages-under", "ages-range"} {
		used[key] = true // used in Go
	}
	for _, layout := range r.layouts {
		for _, t := range layout.Templates() {
			if t.Tree != nil {
				collectWords(t.Tree.Root, used)
			}
		}
	}
	return slices.Sorted(maps.Keys(used))
}

// collectWords finds .T "word", .Word "word" and .Fill "word" in a layout.
func collectWords(n parse.Node, used map[string]bool) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				collectWords(c, used)
			}
		}
	case *parse.ActionNode:
		collectWords(n.Pipe, used)
	case *parse.TemplateNode:
		collectWords(n.Pipe, used)
	case *parse.IfNode:
		collectBranch(&n.BranchNode, used)
	case *parse.RangeNode:
		collectBranch(&n.BranchNode, used)
	case *parse.WithNode:
		collectBranch(&n.BranchNode, used)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				collectWords(c, used)
			}
		}
	case *parse.CommandNode:
		if key, ok := wordOf(n); ok {
			used[key] = true
		}
		for _, a := range n.Args {
			collectWords(a, used)
		}
	}
}

func collectBranch(b *parse.BranchNode, used map[string]bool) {
	collectWords(b.Pipe, used)
	collectWords(b.List, used)
	collectWords(b.ElseList, used)
}

// wordOf returns the word that a command such as `$.T "help"` asks for.
func wordOf(c *parse.CommandNode) (string, bool) {
	if len(c.Args) < 2 {
		return "", false
	}
	var method string
	switch a := c.Args[0].(type) {
	case *parse.FieldNode:
		method = a.Ident[len(a.Ident)-1]
	case *parse.VariableNode:
		method = a.Ident[len(a.Ident)-1]
	}
	key, isString := c.Args[1].(*parse.StringNode)
	if !isString || !slices.Contains([]string{"T", "Word", "Fill"}, method) {
		return "", false
	}
	return key.Text, true
}
