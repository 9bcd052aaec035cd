package build

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"

	"fieldguide/build/site"

	"go.yaml.in/yaml/v3"
)

// Where site.yaml names pages and folders of pages. A star stands for all items of a list or all values of a group.
var (
	pagesNamed = []string{"help", "glossary", "exit/page", "doors/*", "sets/*/help", "sets/*/bands/*/help",
		"sets/*/bands/*/adults/*", "bundles/units/*/with/*", "loads/*/page", "stale/*/page", "checks/*/in/*/page", "moved/*",
		"asks/*/bring/*"}
	foldersNamed = []string{"bundles/units/*/folder", "loads/*/under", "stale/*/under", "checks/*/in/*/under"}
	eitherNamed  = []string{"asks/*/first/*", "asks/*/last/*", "proof/*"}
)

// replacement is a value in a text that gets another.
type replacement struct {
	at       int
	was, new string
}

// valueEdits gives values in the text of a YAML file others. All else stays byte for byte.
type valueEdits struct {
	file    string
	text    []byte
	list    []replacement
	problem error
}

// replace gives a value another.
func (e *valueEdits) replace(n *yaml.Node, new string) {
	at := -1
	if n.Line > 0 {
		at = offset(e.text, n.Line, n.Column)
	}
	for _, quote := range []string{"", `"`, "'"} {
		if at >= 0 && bytes.HasPrefix(e.text[at:], []byte(quote+n.Value+quote)) {
			e.list = append(e.list, replacement{at + len(quote), n.Value, new})
			return
		}
	}
	e.problem = refuse("%s:%d:%d: write %q here on one line, so that it can be changed to %q",
		e.file, n.Line, n.Column, n.Value, new)
}

// edited returns the text with all edits made.
func (e *valueEdits) edited() ([]byte, error) {
	slices.SortFunc(e.list, func(a, b replacement) int { return cmp.Compare(b.at, a.at) }) // from the end
	after := e.text
	for _, x := range e.list {
		after = slices.Concat(after[:x.at], []byte(x.new), after[x.at+len(x.was):])
	}
	return after, e.problem
}

// settings edits site.yaml: what names a page names it by its new path, and moved: says where it is.
func (r *renaming) settings() error {
	text, err := fs.ReadFile(r.own, site.SettingsFile)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = nil, nil
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", site.SettingsFile, err)
	}
	after, err := r.settingsText(text)
	if err == nil && !bytes.Equal(after, text) {
		r.edit(site.SettingsFile, text, after)
	}
	return err
}

func (r *renaming) settingsText(text []byte) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("reading %s: %w", site.SettingsFile, err)
	}
	top := &yaml.Node{Kind: yaml.MappingNode}
	if len(doc.Content) > 0 {
		top = doc.Content[0]
	}
	e := &valueEdits{file: site.SettingsFile, text: text}
	moved := r.movedNow()
	for _, n := range named(top, "moved") {
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			old := r.comesFrom(key.Value) // a page comes to where another was before: that line is now its own
			if old == "" {
				continue
			}
			e.replace(key, old)
			if value.Value != key.Value {
				e.replace(value, key.Value)
			}
			value.Value = "" // done
			delete(moved, old)
		}
	}
	for _, where := range slices.Concat(pagesNamed, eitherNamed) {
		for _, n := range named(top, where) {
			if new := r.moves[n.Value]; new != "" {
				e.replace(n, new)
			}
		}
	}
	for _, where := range slices.Concat(foldersNamed, eitherNamed) {
		for _, n := range named(top, where) {
			if new := r.folder(n.Value); new != n.Value && r.moves[n.Value] == "" {
				e.replace(n, new)
			}
		}
	}
	after, err := e.edited()
	if err != nil {
		return nil, err
	}
	after, ok := addMoved(after, moved)
	if !ok {
		return nil, refuse("%s is not written so that lines can be added to moved:; write that group as lines of its own",
			site.SettingsFile)
	}
	return after, nil
}

// movedNow returns the lines of moved: that the pages need: those where readers can have been.
func (r *renaming) movedNow() map[string]string {
	moved := map[string]string{}
	for old, new := range r.moves {
		if !r.site.IsDraft(old) {
			moved[old] = new
		}
	}
	return moved
}

// comesFrom returns the path of the page that gets a path, "" for none.
func (r *renaming) comesFrom(path string) string {
	for old, new := range r.moves {
		if new == path {
			return old
		}
	}
	return ""
}

// folder returns the path that a folder gets, or has.
func (r *renaming) folder(path string) string {
	for old, new := range r.folders {
		if path == old || strings.HasPrefix(path, old+"/") {
			return new + strings.TrimPrefix(path, old)
		}
	}
	return path
}

// named returns the values at a path of keys.
func named(n *yaml.Node, path string) []*yaml.Node {
	if path == "" {
		return []*yaml.Node{n}
	}
	key, rest, _ := strings.Cut(path, "/")
	var list []*yaml.Node
	switch {
	case n.Kind == yaml.SequenceNode && key == "*":
		for _, item := range n.Content {
			list = append(list, named(item, rest)...)
		}
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key == "*" || n.Content[i].Value == key {
				list = append(list, named(n.Content[i+1], rest)...)
			}
		}
	}
	return list
}

// addMoved adds lines to the group moved: of the text of site.yaml. It reports false when it cannot tell where.
func addMoved(text []byte, moved map[string]string) ([]byte, bool) {
	if len(moved) == 0 {
		return text, true
	}
	var doc yaml.Node
	if yaml.Unmarshal(text, &doc) != nil {
		return nil, false
	}
	var pairs []string
	for _, old := range slices.Sorted(maps.Keys(moved)) {
		pairs = append(pairs, old+": "+moved[old])
	}
	newline := "\n"
	if bytes.Contains(text, []byte("\r\n")) {
		newline = "\r\n"
	}
	after := text
	switch groups := named(&yaml.Node{Kind: yaml.SequenceNode, Content: doc.Content}, "*/moved"); {
	case len(doc.Content) > 0 && doc.Content[0].Style&yaml.FlowStyle != 0 && len(groups) == 0:
		return nil, false
	case len(groups) == 0:
		if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
			after = slices.Concat(text, []byte(newline))
		}
		lines := append([]string{"moved: # paths that pages had, to those that they have now"}, pairs...)
		after = slices.Concat(after, []byte(newline+strings.Join(lines, newline+"  ")+newline))
	case groups[0].Kind != yaml.MappingNode || len(groups[0].Content) == 0:
		return nil, false
	case groups[0].Style&yaml.FlowStyle != 0:
		at := lastToken(text, offset(text, groups[0].Line, groups[0].Column))
		if at < 0 {
			return nil, false
		}
		after = slices.Concat(text[:at], []byte(", "+strings.Join(pairs, ", ")), text[at:])
	default:
		last := groups[0].Content[len(groups[0].Content)-1]
		at := offset(text, last.Line, 1)
		if end := bytes.IndexByte(text[at:], '\n'); end >= 0 {
			at += end + 1
		} else {
			text = slices.Concat(text, []byte(newline))
			at = len(text)
		}
		indent := strings.Repeat(" ", groups[0].Content[0].Column-1)
		after = slices.Concat(text[:at], []byte(indent+strings.Join(pairs, newline+indent)+newline), text[at:])
	}
	return after, hasMoved(text, after, moved)
}

// hasMoved reports whether two texts of site.yaml say the same, but for what the second has more under moved.
func hasMoved(before, after []byte, moved map[string]string) bool {
	var a, b map[string]any
	if yaml.Unmarshal(before, &a) != nil || yaml.Unmarshal(after, &b) != nil {
		return false
	}
	had, _ := a["moved"].(map[string]any)
	has, _ := b["moved"].(map[string]any)
	for old, new := range moved {
		if has[old] != new {
			return false
		}
		delete(has, old)
	}
	delete(a, "moved")
	delete(b, "moved")
	same := func(a, b map[string]any) bool { return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b) }
	return same(had, has) && same(a, b)
}
