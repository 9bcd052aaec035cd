package judges

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// attr returns an attribute's value, "" when there is none.
func attr(n *html.Node, name string) string {
	value, _ := lookup(n, name)
	return value
}

func lookup(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// find returns the first element with a name, or nil.
func find(root *html.Node, name string) *html.Node {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			return n
		}
	}
	return nil
}

// elements returns all elements with one of the names, or all elements.
func elements(root *html.Node, names ...string) []*html.Node {
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, name := range names {
			if n.Data == name {
				list = append(list, n)
			}
		}
		if len(names) == 0 {
			list = append(list, n)
		}
	}
	return list
}

// words returns the text below a node.
func words(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// place names an element as a selector would.
func place(n *html.Node) string {
	s := n.Data
	if id := attr(n, "id"); id != "" {
		s += "#" + id
	}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		s += "." + class
	}
	if p := n.Parent; p != nil && p.Type == html.ElementNode && p.Data != "body" && p.Data != "html" {
		return place(p) + " > " + s
	}
	return s
}

// fold keeps the letters and digits of a text, so that typography, spaces and
// line ends do not matter when texts are compared.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}

// cut splits what a script reports as "rule<tab>place".
func cut(s string) (rule, place string) {
	rule, place, _ = strings.Cut(s, "\t")
	return rule, place
}
