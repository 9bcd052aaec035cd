package markdown

import (
	"html/template"

	"github.com/yuin/goldmark/ast"
)

// Behind says what became of the source of a translation: by passage of the
// translation, as Doc.Passages has them.
type Behind struct {
	Old, Gone []bool // the source says something else there now; the passage is shown to nobody
	Added     []int  // new passages of the source before each, and at the end

	OldNote, MoreNote, GoneNote template.HTML // words of the page's language for these
	Help                        string        // destination of the link after GoneNote; "" for none
	HelpNote                    template.HTML // its words
}

// passages writes a document passage by passage, with what Behind says of each.
func (w *Writer) passages(d *Doc, b *Behind) {
	i, open, told := 0, false, false // open: among passages that have changed; told: those before were taken out
	close := func() {
		if open {
			w.raw("</div>\n")
		}
		open = false
	}
	for n := d.Root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == KindComment {
			continue
		}
		if b.added(i) {
			close()
			w.aside(b.MoreNote, "", "")
		}
		switch {
		case b.Gone[i]:
			close()
			w.unseen(d, n)
			if !told {
				w.aside(b.GoneNote, b.Help, b.HelpNote)
			}
		case b.Old != nil && b.Old[i]:
			if !open {
				w.raw("<div class=\"fallback\">\n")
				w.note(b.OldNote, "", "")
			}
			open = true
			w.node(d, n)
		default:
			close()
			w.node(d, n)
		}
		told = b.Gone[i]
		i++
	}
	close()
	if b.added(i) {
		w.aside(b.MoreNote, "", "")
	}
}

func (b *Behind) added(i int) bool { return b.Added != nil && b.Added[i] > 0 }

// aside writes a note by itself.
func (w *Writer) aside(words template.HTML, dest string, linked template.HTML) {
	w.raw("<div class=\"fallback\">\n")
	w.note(words, dest, linked)
	w.raw("</div>\n")
}

// note writes a line of the page's language that is no word of the text.
func (w *Writer) note(words template.HTML, dest string, linked template.HTML) {
	unsaid := len(w.said)
	w.raw("<p><small>", string(words))
	if dest != "" {
		w.raw(" ")
		w.anchor(dest, true)
		w.raw(string(linked))
		w.anchor(dest, false)
	}
	w.raw("</small></p>\n")
	w.said = w.said[:unsaid]
}

// unseen writes a node of which nothing remains but that its places are counted.
func (w *Writer) unseen(d *Doc, n ast.Node) {
	html, said, marks, titles := len(w.html), len(w.said), len(w.marks), len(w.titles)
	w.node(d, n)
	w.html, w.said, w.marks, w.titles = w.html[:html], w.said[:said], w.marks[:marks], w.titles[:titles]
}

func (w *Writer) node(d *Doc, n ast.Node) {
	if err := engine.Renderer().Render(w, d.Text(), n); err != nil {
		panic("markdown: " + err.Error()) // Writer does not fail, nor do our renderers
	}
}
