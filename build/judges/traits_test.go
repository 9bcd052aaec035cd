package judges

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// axe judges elements: each by itself, by what it lies in and what it holds. Hardly
// two pages have the same markup, but most of what a page has, another has in the
// same place. So it is enough to show axe pages that have, together, all there is.

// covering returns pages that have each trait that any has, and has the others
// noted.
func covering(t testing.TB, pages []*page) []*page {
	list := cover(pages)
	spared(t, len(pages)-len(list), "page")
	return list
}

// cover takes the page that has most of what is new, again and again; of equals
// the longest.
func cover(pages []*page) (list []*page) {
	pages = slices.SortedFunc(slices.Values(pages), func(a, b *page) int {
		return cmp.Or(len(b.data)-len(a.data), strings.Compare(a.name, b.name))
	})
	fresh := make([]map[string]bool, len(pages)) // of each page, what none of the list has
	for i, p := range pages {
		fresh[i] = traits(p.root)
	}
	for {
		best := 0
		for i := range pages {
			if len(fresh[i]) > len(fresh[best]) {
				best = i
			}
		}
		news := maps.Clone(fresh[best])
		if len(news) == 0 {
			return list
		}
		list = append(list, pages[best])
		for i := range pages {
			maps.DeleteFunc(fresh[i], func(trait string, _ bool) bool { return news[trait] })
		}
	}
}

// traits returns what can be said of a document without its words: what stands in
// its head, which landmarks it has and how they are named, which heading follows
// which, and of each element, in this style,
//
//   - its attributes and those of all that it lies in;
//   - what refers to it;
//   - what it holds, and whether beside text. A thing to touch and a drawing are
//     told whole, a table row by row.
//
// How often a thing stands in the same place does not matter, nor what else a
// page has, nor how high and wide a script sets its lines: what is to be
// touched has a padding. Words are left out as in a skeleton.
func traits(root *html.Node) map[string]bool {
	tr := &traitor{bones: bonesOf(root), found: map[string]bool{}, refs: map[string][]string{}, bear: map[string]string{}}
	ids := map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "style" {
			tr.style = append(tr.style, rulesOf(fonts.ReplaceAllString(words(n), "$1"))...)
		}
		if id, there := lookup(n, "id"); there && ids[id] {
			tr.found["an id twice"] = true
		} else {
			ids[id] = true
		}
		for _, a := range n.Attr {
			target, here := strings.CutPrefix(a.Val, "#")
			if a.Key == "href" && here || a.Key != "id" && slices.Contains(named, a.Key) {
				for id := range strings.FieldsSeq(target) {
					tr.refs[id] = append(tr.refs[id], a.Key)
				}
			}
		}
	}
	tr.found[tr.frame(root)] = true
	top := find(root, "html")
	for n := range top.ChildNodes() {
		if n.Data == "body" {
			tr.walk(n, tr.rules(top, nil)+tr.open(top), "", namesOf(top))
			continue
		}
		for child := range n.ChildNodes() {
			if child.Data != "style" {
				tr.found["head"+tr.alone(child)] = true
			}
		}
	}
	return tr.found
}

type traitor struct {
	*bones
	found map[string]bool
	refs  map[string][]string // attributes that refer to an id
	style []rule
	bear  map[string]string // what rules returned, by the names that it was asked with
}

// units are the elements that are told whole.
var units = strings.Fields("a button label summary select svg")

// walk finds the traits of an element behind one, in a chain of others, with the
// names about that rules can ask for.
func (tr *traitor) walk(n *html.Node, chain, before string, about []string) {
	if n.Type != html.ElementNode {
		return
	}
	about = with(about, n)
	refs := slices.Sorted(slices.Values(tr.refs[attr(n, "id")]))
	chain += tr.rules(n, about) + tr.open(n)
	own := fmt.Sprint(chain, slices.Compact(refs))
	if n.Data == "dt" || n.Data == "dd" {
		tr.found[own+" after "+before] = true
	}
	if slices.Contains(units, n.Data) {
		for inner := range n.Descendants() {
			about = with(about, inner)
		}
		for inner := range n.Descendants() {
			if inner.Namespace != "svg" { // axe does not look into a drawing
				own += tr.rules(inner, about)
			}
		}
		tr.found[own+tr.alone(n)] = true
		return
	}
	if n.Data == "table" {
		rows := elements(n, "tr")
		for _, row := range rows {
			tr.found[own+tr.alone(rows[0])+tr.alone(row)] = true
		}
	}
	text := ""
	for child := range n.ChildNodes() {
		if child.Type == html.TextNode && text == "" {
			text = tr.alone(child)
		}
	}
	tr.found[own+" holds "+text] = true
	before = ""
	for child := range n.ChildNodes() {
		if child.Type != html.ElementNode {
			continue
		}
		tr.found[own+" holds "+child.Data+" beside "+text] = true
		tr.walk(child, chain, before, about)
		about = with(about, child)
		if text == "" {
			before = child.Data
		}
	}
}

// alone writes a node as if it were all.
func (tr *traitor) alone(n *html.Node) string {
	tr.names = map[string]int{}
	return tr.write(n)
}

func (tr *traitor) open(n *html.Node) string {
	tr.names = map[string]int{}
	if n.Data == "body" {
		return "<body>"
	}
	return "<" + n.Data + tr.attributes(n) + ">"
}

// landmarks are the elements of which a page has few, which names tell apart.
var landmarks = strings.Fields("header nav main footer aside section form search")

// frame writes the landmarks of a document, with numbers for their names, and
// which heading follows which.
func (tr *traitor) frame(root *html.Node) string {
	tr.names = map[string]int{}
	list := []string{fmt.Sprint(root.FirstChild.Type == html.DoctypeNode)}
	steps, last := map[string]bool{}, ""
	for n := range root.Descendants() {
		switch _, role := lookup(n, "role"); {
		case n.Type != html.ElementNode:
		case role && n.Namespace != "svg", slices.Contains(landmarks, n.Data):
			if names := tr.attributes(n); n.Data != "section" || strings.Contains(names, "aria-") {
				list = append(list, n.Data+names)
			}
		case heading.MatchString("<" + n.Data):
			steps[last+n.Data] = true
			last = n.Data
		}
	}
	return fmt.Sprint(list, slices.Sorted(maps.Keys(steps)))
}

// rule is a rule of a style with what it stands in, and the names of elements,
// classes and ids in each of its selectors.
type rule struct {
	text      string
	selectors []selector
}

// selector is a selector's names: of what is selected, and of what must be about.
type selector struct{ own, about []string }

// rules returns those that bear on an element that has some names about it.
func (tr *traitor) rules(n *html.Node, about []string) string {
	names := namesOf(n)
	first, last := n.PrevSibling == nil, n.NextSibling == nil
	key := fmt.Sprint(names, first, last, about)
	if known, is := tr.bear[key]; is {
		return known
	}
	in := func(list []string) func(string) bool {
		return func(name string) bool { return slices.Contains(list, name) }
	}
	sum := sha256.New()
	for _, r := range tr.style {
		if slices.ContainsFunc(r.selectors, func(s selector) bool { return every(s.own, in(names)) && every(s.about, in(about)) }) {
			io.WriteString(sum, r.text)
			if strings.Contains(r.text, "-child") {
				fmt.Fprint(sum, first, last)
			}
		}
	}
	tr.bear[key] = fmt.Sprintf("%.4x", sum.Sum(nil))
	return tr.bear[key]
}

func every(list []string, is func(string) bool) bool {
	return !slices.ContainsFunc(list, func(s string) bool { return !is(s) })
}

// with returns names together with those of an element.
func with(about []string, n *html.Node) []string {
	for _, name := range namesOf(n) {
		if !slices.Contains(about, name) {
			about = append(slices.Clip(about), name)
		}
	}
	return about
}

// namesOf returns the names by which a rule can ask for an element.
func namesOf(n *html.Node) []string {
	if n.Type != html.ElementNode {
		return nil
	}
	names := []string{n.Data}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		names = append(names, "."+class)
	}
	if id := attr(n, "id"); id != "" {
		names = append(names, "#"+id)
	}
	return names
}

var (
	inParens = regexp.MustCompile(`:(?:has|not|is|where)\([^()]*(?:\([^()]*\))?[^()]*\)|\([^()]*\)|\[[^\]]*\]|::?[\w-]+`)
	setting  = regexp.MustCompile(`/[\d.]+|;?line-height:[\d.]+|;?text-autospace:[\w-]+`)
	nameIn   = regexp.MustCompile(`[.#]?[a-zA-Z][\w-]*`)
)

// rulesOf reads a minified style. What selectors have in parentheses or brackets,
// and behind colons, is taken as met.
func rulesOf(style string) (list []rule) {
	var within []string
	for style != "" {
		i := strings.IndexAny(style, "{}")
		if i < 0 {
			break
		}
		head := style[:i]
		if style[i] == '}' {
			within = within[:len(within)-1]
			style = style[i+1:]
			continue
		}
		style = style[i+1:]
		if end := strings.IndexAny(style, "{}"); end >= 0 && style[end] == '}' {
			body := style[:end]
			if !strings.ContainsAny(head, ".#[:") {
				body = setting.ReplaceAllString(body, "")
			}
			r := rule{text: strings.Join(within, "") + head + body}
			for s := range strings.SplitSeq(inParens.ReplaceAllString(head, ""), ",") {
				i := strings.LastIndexAny(s, " >+~") + 1
				r.selectors = append(r.selectors, selector{nameIn.FindAllString(s[i:], -1), nameIn.FindAllString(s[:i], -1)})
			}
			list = append(list, r)
			style = style[end+1:]
			continue
		}
		within = append(within, head)
	}
	return list
}

// What other markup is, is another trait, but for how often a thing stands there.
func TestTraits(t *testing.T) {
	parse := func(s string) map[string]bool {
		root, err := html.Parse(strings.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		return traits(root)
	}
	good := parse(markupPage)
	for _, other := range otherMarkup {
		is := parse(strings.Replace(markupPage, other[0], other[1], 1))
		maps.DeleteFunc(is, func(trait string, _ bool) bool { return good[trait] })
		if often := slices.Contains(otherNumber, other); often != (len(is) == 0) {
			t.Errorf("%q in place of %q has %d new traits", other[1], other[0], len(is))
		}
	}
}

// A rule bears on what its selectors name, and on nothing else.
func TestRulesOf(t *testing.T) {
	page := func(style string) map[string]bool {
		root, err := html.Parse(strings.NewReader("<style>" + style + "</style><div class=a><p class=b>text</p></div>"))
		if err != nil {
			t.Fatal(err)
		}
		return traits(root)
	}
	for style, bears := range map[string]bool{
		".c{color:red}": false, ".a .c{color:red}": false, ".c .b{color:red}": false, "@media print{.c{color:red}}": false,
		"p{color:red}": true, ".a>.b{color:red}": true, "@media print{.b{color:red}}": true, ".c,.b{color:red}": true,
		"*{color:red}": true, "[class]{color:red}": true, "div:not(.c) p{color:red}": true, "html{color:red}": true,
	} {
		if got := !maps.Equal(page(style), page("")); got != bears {
			t.Errorf("%s bears: %v, want %v", style, got, bears)
		}
	}
}
