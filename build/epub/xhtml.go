package epub

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Text is what a chapter says, as XHTML.
type Text struct {
	xhtml   []byte
	drawing bool // an SVG stands in it
}

// XHTML makes a Text of trees of HTML. It does not keep them.
func XHTML(trees []*html.Node) Text {
	x := &writer{}
	for _, n := range trees {
		x.node(n)
	}
	return Text{x.Bytes(), slices.ContainsFunc(trees, hasDrawing)}
}

// node writes a tree of HTML as XHTML. Comments are left out, and so is what
// has a name that XML does not know; of such an element the content stays.
func (x *writer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		x.escape(n.Data)
	case html.ElementNode:
		if !isName(n.Data) {
			x.nodes(n)
			return
		}
		x.raw("<", n.Data)
		if space := namespaces[n.Data]; space != "" {
			x.attr("xmlns", space)
		}
		var taken []string
		for _, a := range n.Attr {
			if a.Namespace != "" || !isName(a.Key) || a.Key == "xmlns" || slices.Contains(taken, a.Key) {
				continue
			}
			taken = append(taken, a.Key)
			x.attr(a.Key, a.Val)
			if a.Key == "lang" {
				x.attr("xml:lang", a.Val)
			}
		}
		if n.FirstChild == nil && (n.Namespace != "" || isVoid[n.DataAtom]) {
			x.raw("/>")
			return
		}
		x.raw(">")
		x.nodes(n)
		x.raw("</", n.Data, ">")
	}
}

func (x *writer) nodes(parent *html.Node) {
	for c := parent.FirstChild; c != nil; c = c.NextSibling {
		x.node(c)
	}
}

var namespaces = map[string]string{"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}

// isName reports whether s may name an element or an attribute: HTML reads
// almost anything as one, XML and its namespaces do not.
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; !('a' <= c && c <= 'z' || i > 0 && ('0' <= s[i] && s[i] <= '9' || s[i] == '-' || s[i] == '.')) && s[i] != '_' {
			return false
		}
	}
	return s != ""
}

var isVoid = map[atom.Atom]bool{atom.Area: true, atom.Br: true, atom.Col: true, atom.Hr: true, atom.Img: true, atom.Input: true, atom.Link: true, atom.Meta: true, atom.Wbr: true}

// escape writes text or an attribute's value. What XML cannot hold is left out.
func (x *writer) escape(s string) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '&':
			x.raw("&amp;")
		case r == '<':
			x.raw("&lt;")
		case r == '>':
			x.raw("&gt;")
		case r == '"':
			x.raw("&quot;")
		case r == utf8.RuneError && n == 1, r < ' ' && r != '\n' && r != '\t', r == '\uFFFE', r == '\uFFFF':
		default:
			x.raw(s[i : i+n])
		}
		i += n
	}
}

func hasDrawing(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "svg" {
			return true
		}
	}
	return n.Type == html.ElementNode && n.Data == "svg"
}

// urn makes a name a URN, by hashing it into a UUID of version 8 (RFC 9562).
func urn(id string) string {
	sum := sha256.Sum256([]byte(id))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
