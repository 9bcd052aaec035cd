package markdown

import (
	"github.com/yuin/goldmark/ast"
)

// Clip is a sound or a video in a file, as a page offers it.
type Clip struct {
	Name  string // by which Form.Sound knows it
	Attrs string // of the element that plays it: where it lies, with a space before; "" for a video, which is a link only
	Facts string // how long and how heavy it is
}

// ClipIn returns the link to the sound or the video in the title of a block, nil where there is none:
//
//	:::audio [The story, read aloud](story.mp3)
//	What is heard, word by word.
//	:::
//
//	:::video [How the ford is crossed](ford.mp4)
//	![A girl stands in the river](ford.jpg)
//
//	What is seen, and what is heard.
//	:::
func (b *Block) ClipIn() *ast.Link {
	title := b.Title()
	if title == nil {
		return nil
	}
	for c := title.FirstChild(); c != nil; c = c.NextSibling() {
		if link, ok := c.(*ast.Link); ok {
			return link
		}
	}
	return nil
}

// clip writes what plays the sound that a title leads to, and what there is to know of it before it is asked for.
// Nothing is fetched before a reader asks. Where the element is unknown the link above it stands.
func (w *Writer) clip(b *Block, src []byte) {
	link := b.ClipIn()
	if link == nil || w.Clip == nil {
		return
	}
	c := w.Clip(Destination(link.Destination))
	if c == nil {
		return
	}
	w.raw("<p")
	if c.Attrs != "" {
		words := altText(link, src)
		w.raw(` class="sound">`)
		w.marked(Medium, c.Name, func() {})
		w.marked(Player, words, func() { w.html = appendPlayer(w.html, c.Attrs, words) })
		w.raw(" ")
	} else {
		w.raw(` class="facts">`)
	}
	w.set.reset()
	w.set.append(&w.ink, []byte(c.Facts), false)
	w.raw("</p>\n")
	if c.Attrs == "" {
		w.marked(Video, c.Name, func() {})
	}
	w.stop()
}

func appendPlayer(buf []byte, attrs, words string) []byte {
	buf = append(append(append(buf, `<audio controls="" preload="none"`...), attrs...), ` aria-label="`...)
	return append(appendEscaped(buf, words), `"></audio>`...)
}
