package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// links lead where Options.Link says. One that leads nowhere, which a check
// has named, stays as its text.
type links struct{}

func (links) Extend(m goldmark.Markdown) {
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{
		ast.KindLink:     renderLink,
		ast.KindAutoLink: renderAutoLink,
	})
}

func renderLink(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	w, dest := bw.(*Writer), Destination(n.(*ast.Link).Destination)
	w.anchor(dest, entering)
	if words := ownWords(n, src); entering && bytes.IndexByte(words, '.') > 0 && strings.Contains(dest, string(words)) {
		w.bare(words)
		return ast.WalkSkipChildren, nil
	}
	return ast.WalkContinue, nil
}

// ownWords returns the words of a link that holds nothing but words.
func ownWords(n ast.Node, src []byte) []byte {
	if t, ok := n.FirstChild().(*ast.Text); ok && t.NextSibling() == nil {
		return t.Segment.Value(src)
	}
	return nil
}

func renderAutoLink(bw util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	w, a := bw.(*Writer), n.(*ast.AutoLink)
	dest := AutoLinkDestination(a, src)
	w.anchor(dest, true)
	w.bare(unescape(a.Label(src)))
	w.anchor(dest, false)
	return ast.WalkContinue, nil
}

// bare writes an address for readers, in one piece whatever letters it holds.
func (w *Writer) bare(address []byte) {
	if w.Language.Dir == "rtl" {
		w.raw(`<bdi dir="ltr">`)
		w.say(isolate)
		w.address(address)
		w.raw("</bdi>")
		w.say(pop)
	} else {
		w.address(address)
	}
	w.set.last = '0' // a word, not a space
}

// Destination returns the address that the destination of a link or an image
// stands for, with backslash escapes and character references resolved.
func Destination(written []byte) string { return string(unescape(written)) }

// AutoLinkDestination returns the address of a bare link, with mailto: before
// a bare e-mail address.
func AutoLinkDestination(a *ast.AutoLink, src []byte) string {
	dest := string(unescape(a.URL(src)))
	if a.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	return dest
}

func (w *Writer) anchor(dest string, opens bool) {
	href := ""
	if w.Link != nil {
		href = w.Link(dest)
	}
	switch {
	case href == "":
	case !opens:
		w.marked(LinkEnd, dest, func() { w.raw("</a>") })
	default:
		w.marked(Link, dest, func() {
			w.raw("<a")
			w.attr("href", href)
			w.raw(">")
		})
	}
}
