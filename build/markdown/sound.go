package markdown

import (
	"github.com/yuin/goldmark/ast"
)

// Sound is a sound in a file, as a page offers it.
type Sound struct {
	Name  string // by which Form.Sound knows it
	Attrs string // of its element: where it lies, with a space before
	Facts string // how long and how heavy it is
}

// SoundIn returns the link to the sound in the title of a block of sound, nil where there is none:
//
//	:::audio [The story, read aloud](story.mp3)
//	What is heard, word by word.
//	:::
func (b *Block) SoundIn() *ast.Link {
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

// player writes what plays the sound that a title leads to. Nothing is fetched before a reader asks. Where the element
// is unknown the link above it stands.
func (w *Writer) player(b *Block, src []byte) {
	link := b.SoundIn()
	if link == nil || w.Sound == nil {
		return
	}
	s := w.Sound(Destination(link.Destination))
	if s == nil {
		return
	}
	words := altText(link, src)
	w.raw(`<p class="sound">`)
	w.marked(Medium, s.Name, func() {})
	w.marked(Player, words, func() { w.html = appendPlayer(w.html, s.Attrs, words) })
	w.raw(" ")
	w.set.reset()
	w.set.append(&w.ink, []byte(s.Facts), false)
	w.raw("</p>\n")
	w.stop()
}

func appendPlayer(buf []byte, attrs, words string) []byte {
	buf = append(append(append(buf, `<audio controls="" preload="none"`...), attrs...), ` aria-label="`...)
	return append(appendEscaped(buf, words), `"></audio>`...)
}
