package sitetest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What our Markdown may become: nothing that runs, fetches or changes a page.
var (
	elements = words("h1 h2 h3 h4 h5 h6 p br hr blockquote ul ol li dl dt dd pre code em strong del a img span svg path " +
		"div section details summary table thead tbody tr th td sup label input bdi figure figcaption small audio wbr")
	attributes = words("href src alt class id dir lang title role tabindex aria-label aria-labelledby scope start type " +
		"checked viewBox d width height srcset sizes loading controls preload")
	schemes  = words("http https mailto tel sms")
	unclosed = words("br hr img input wbr")
)

func words(s string) []string { return strings.Fields(s) }

// Harm returns what in the HTML of a text could harm a reader: an element, an
// attribute or an address that is not among those that Markdown needs, tags
// that do not match, or, where text runs from right to left, digits that are
// not isolated. It is "" when all is well.
func Harm(page, dir string) string {
	if bad := unbalanced(page); bad != "" {
		return bad
	}
	nodes, err := html.ParseFragment(strings.NewReader(page), &html.Node{Type: html.ElementNode, Data: "main", DataAtom: atom.Main})
	if err != nil {
		return err.Error()
	}
	var read strings.Builder
	for _, n := range nodes {
		if bad := harmIn(n, dir == "rtl"); bad != "" {
			return bad
		}
		if err := html.Render(&read, n); err != nil {
			return err.Error()
		}
	}
	if written, read := tokens(page), tokens(read.String()); written != read {
		return "browsers read it as something else:\n" + string(diff.Diff("written", []byte(written), "read", []byte(read)))
	}
	return ""
}

// tokens returns the tags and texts of a page, one a line.
func tokens(page string) string {
	z := html.NewTokenizer(strings.NewReader(page))
	var b strings.Builder
	for z.Next() != html.ErrorToken {
		t := z.Token()
		slices.SortFunc(t.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		if t.Type == html.SelfClosingTagToken && slices.Contains(unclosed, t.Data) {
			t.Type = html.StartTagToken
		}
		b.WriteString(t.String())
		if t.Type != html.TextToken {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// unbalanced names the first tag that browsers would have to guess about.
func unbalanced(page string) string {
	z := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return "<" + open[len(open)-1] + "> is not closed"
			}
			return ""
		case html.StartTagToken:
			if name, _ := z.TagName(); !slices.Contains(unclosed, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return fmt.Sprintf("</%s> closes %q", name, open)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken:
			return "a comment or declaration: " + string(z.Raw())
		}
	}
}

func harmIn(n *html.Node, bare bool) string {
	switch n.Type {
	case html.TextNode:
		if i := strings.IndexAny(n.Data, "0123456789"); bare && i >= 0 {
			return fmt.Sprintf("a digit that is not isolated in %q", n.Data)
		}
	case html.ElementNode:
		if !slices.Contains(elements, n.Data) {
			return "the element <" + n.Data + ">"
		}
		for _, a := range n.Attr {
			if !slices.Contains(attributes, a.Key) {
				return "the attribute " + a.Key
			}
			if a.Key == "href" || a.Key == "src" {
				if bad := badAddress(a.Val); bad {
					return fmt.Sprintf("the address %q", a.Val)
				}
			}
		}
	case html.CommentNode:
		return "a comment"
	}
	bare = bare && n.Data != "bdi" && n.Data != "code" && n.Data != "pre"
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if bad := harmIn(c, bare); bad != "" {
			return bad
		}
	}
	return ""
}

// badAddress reads an address as browsers do: they drop tabs and line ends
// anywhere and control characters at the start.
func badAddress(s string) bool {
	s = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
	s = strings.TrimLeftFunc(s, func(r rune) bool { return r <= ' ' })
	before, _, found := strings.Cut(s, ":")
	if !found || strings.ContainsAny(before, "/?#") {
		return strings.HasPrefix(s, "//") || strings.HasPrefix(s, `\`) || strings.HasPrefix(s, `/\`)
	}
	return !slices.Contains(schemes, strings.ToLower(before))
}
