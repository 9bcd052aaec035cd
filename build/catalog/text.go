package catalog

import (
	"bytes"
	"regexp"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
)

// text is a page as it is written, with LF line ends.
type text struct {
	raw    []byte // the file's bytes
	src    []byte // with LF line ends
	body   int    // where the text begins after the front matter
	words  map[string]string
	spans  map[string][2]int // by key of the front matter: its lines in src
	doc    *markdown.Doc
	parts  []markdown.Passage
	chunks []int // by passage, and for the end: where in the body it begins, with the comments before it
	leaves []leaf
}

func parseText(file string, raw []byte) *text {
	t := &text{raw: raw, src: bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), spans: map[string][2]int{}}
	front, body, _ := content.ParseFront(file, t.src)
	t.body = body
	t.words = map[string]string{"title": front.Title, "short": front.Short, "summary": front.Summary}
	t.frontSpans()
	t.doc = markdown.Parse(file, t.src, body)
	t.parts = t.doc.Passages()
	if n := len(t.parts); n > 0 && t.parts[n-1].Node == nil {
		t.parts = t.parts[:n-1]
	}
	t.leaves = leaves(t.doc)
	t.cut()
	return t
}

var (
	topKey  = regexp.MustCompile(`^["']?([A-Za-z][\w-]*)["']?[ \t]*:`)
	nothing = regexp.MustCompile(`^(#.*|[ \t]*)$`)
)

// frontSpans finds the lines of each key of the front matter.
func (t *text) frontSpans() {
	at, key, end := 0, "", 0
	for line := range bytes.Lines(t.src[:t.body]) {
		plain := bytes.TrimRight(line, "\n")
		if m := topKey.FindSubmatch(plain); m != nil || bytes.HasPrefix(plain, []byte("---")) {
			if _, has := t.spans[key]; has {
				t.spans[key] = [2]int{t.spans[key][0], end}
			}
			key = ""
			if m != nil {
				key = string(m[1])
				t.spans[key] = [2]int{at, at}
			}
		}
		at += len(line)
		if !nothing.Match(plain) {
			end = at
		}
	}
}

// cut says where each passage begins, so that nothing lies between two.
func (t *text) cut() {
	src := t.doc.Text()
	begins := -1
	for n := t.doc.Root.FirstChild(); n != nil; n = n.NextSibling() {
		pos := n.Pos()
		c, isComment := n.(*markdown.Comment)
		if isComment {
			pos = c.From
		}
		if pos < 0 || pos > len(src) {
			pos = len(src)
		}
		pos = bytes.LastIndexByte(src[:pos], '\n') + 1
		if begins < 0 {
			begins = pos
		}
		if !isComment {
			t.chunks = append(t.chunks, begins)
			begins = -1
		}
	}
	if begins < 0 { // no comment at the end
		begins = len(src)
	}
	if n := len(t.parts); n > 0 && t.hasNotes() { // they lie among the others
		t.chunks[n-1] = begins
	}
	t.chunks = append(t.chunks, begins)
}

// hasNotes reports whether the last passage is the footnotes.
func (t *text) hasNotes() bool {
	n := len(t.parts)
	return n > 0 && len(t.parts[n-1].Kind) > 5 && t.parts[n-1].Kind[:5] == "notes"
}

// of returns the leaves of a passage.
func (t *text) of(passage int) (list []int) {
	for i := range t.leaves {
		if t.leaves[i].passage == passage {
			list = append(list, i)
		}
	}
	return list
}

func (t *text) pick(list []int) []leaf {
	picked := make([]leaf, len(list))
	for i, n := range list {
		picked[i] = t.leaves[n]
	}
	return picked
}

// asWritten returns passages as they are written, without comments before them.
func (t *text) asWritten(list []int) Text {
	all := t.doc.Source(t.parts)
	var words []byte
	for i, n := range list {
		if i > 0 {
			words = append(words, "\n\n"...)
		}
		words = append(words, all[n]...)
	}
	return Text{{Words: string(words)}}
}
