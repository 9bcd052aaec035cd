package epub

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// node writes a tree of HTML as XHTML. Comments are left out.
func (x *writer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		x.escape(n.Data)
	case html.ElementNode:
		x.raw("<", n.Data)
		if n.Data == "svg" {
			x.attr("xmlns", "http://www.w3.org/2000/svg")
		}
		for _, a := range n.Attr {
			if a.Namespace == "" && a.Key != "xmlns" {
				x.attr(a.Key, a.Val)
			}
			if a.Key == "lang" {
				x.attr("xml:lang", a.Val)
			}
		}
		if n.FirstChild == nil && (n.Namespace != "" || isVoid[n.DataAtom]) {
			x.raw("/>")
			return
		}
		x.raw(">")
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			x.node(c)
		}
		x.raw("</", n.Data, ">")
	}
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
