package catalog

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/translate"

	"github.com/yuin/goldmark/ast"
)

// edit is other words in a text.
type edit struct {
	from, to int // in text.src
	words    string
}

// splice returns src between two places with edits made, those that lie there.
func splice(src []byte, from, to int, edits []edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	var out []byte
	for _, e := range edits {
		if e.from < from || e.to > to {
			continue
		}
		out = append(append(out, src[from:e.from]...), e.words...)
		from = e.to
	}
	return append(out, src[from:to]...)
}

var emptyLines = regexp.MustCompile(`\n[ \t]*\n\s*`)

// edits returns what puts words in the place of those of leaves. Where they are
// several, empty lines part the words.
func (t *text) edits(list []int, words string) (edits []edit) {
	parts := []string{words}
	if t.leaves[list[0]].kind != "code" {
		parts = emptyLines.Split(strings.TrimSpace(words), len(list))
	}
	for i, n := range list {
		l := &t.leaves[n]
		e := edit{from: t.body + l.from, to: t.body + l.to}
		switch {
		case i < len(parts):
			e.words = written(parts[i], l.prefix)
		default: // with the empty lines before it
			if between := t.src[t.body+t.leaves[list[i-1]].to : e.from]; len(bytes.TrimSpace(between)) == 0 {
				e.from -= len(between)
			}
		}
		edits = append(edits, e)
	}
	return edits
}

// line returns the edit of a key of the front matter.
func (t *text) line(key, words string) edit {
	line := key + ": " + content.Scalar(words) + "\n"
	if at, has := t.spans[key]; has {
		return edit{at[0], at[1], line}
	}
	for _, before := range []string{"short", "title"} { // a key that it did not have
		if at, has := t.spans[before]; has && before != key {
			return edit{at[1], at[1], line}
		}
	}
	return edit{0, 0, ""}
}

// Text returns the file of the translation with what was taken over. Where it says
// all that the source says, its passages come in the order of the source, those
// that are new with them; else what is new waits.
func (t *Taken) Text() []byte {
	if t.own == nil {
		return t.fromSource()
	}
	edits := t.edits()
	inOrder := t.inOrder()
	if inOrder || !t.Ready() {
		for _, g := range t.groups {
			if t.isRemade(g) && (t.Ready() || t.settledGroup(g)) {
				edits = append(t.without(edits, g), t.remade(g))
			}
		}
		return t.own.inRaw(edits)
	}
	if t.source.hasNotes() || t.own.hasNotes() { // they lie where other passages take them along
		return t.own.back(t.frame(edits, t.body()))
	}
	var body []byte
	for i, g := range t.groups {
		var chunk []byte
		switch {
		case len(g.own) == 0 || t.isRemade(g):
			chunk = t.fill(g)
		default:
			for _, n := range g.own {
				chunk = append(chunk, splice(t.own.src, t.own.body+t.own.chunks[n], t.own.body+t.own.chunks[n+1], edits)...)
			}
		}
		if i < len(t.groups)-1 {
			chunk = append(bytes.TrimRight(chunk, "\n"), "\n\n"...)
		}
		body = append(body, chunk...)
	}
	body = append(bytes.TrimRight(body, "\n"), '\n')
	return t.own.back(t.frame(edits, body))
}

// frame puts a body between the front matter of the translation and the comments
// at its end.
func (t *Taken) frame(edits []edit, body []byte) []byte {
	o := t.own
	begins := o.body + o.chunks[0]
	out := splice(o.src, 0, begins, edits)
	out = append(out, body...)
	if rest := bytes.TrimSpace(o.src[o.body+o.chunks[len(o.chunks)-1]:]); len(rest) > 0 {
		out = append(append(append(out, '\n'), rest...), '\n')
	}
	return out
}

// back gives a text the line ends that its file had.
func (t *text) back(src []byte) []byte {
	if i := bytes.IndexByte(t.raw, '\n'); i > 0 && t.raw[i-1] == '\r' {
		return bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))
	}
	return src
}

// inRaw makes edits in the bytes of the file: other line ends stay as they are.
func (t *text) inRaw(edits []edit) []byte {
	if len(t.raw) == len(t.src) {
		return splice(t.src, 0, len(t.src), edits)
	}
	at := make([]int, 0, len(t.src)+1) // by place in src: that in raw
	for i := range t.raw {
		if t.raw[i] != '\r' || i+1 == len(t.raw) || t.raw[i+1] != '\n' {
			at = append(at, i)
		}
	}
	at = append(at, len(t.raw))
	for i, e := range edits {
		if e.to < len(t.src) && t.src[e.to] == '\n' && at[e.to] > 0 && t.raw[at[e.to]-1] == '\r' {
			edits[i].to = at[e.to] - 1 // the line end stays whole
		} else {
			edits[i].to = at[e.to]
		}
		edits[i].from = min(at[e.from], edits[i].to)
		edits[i].words = string(t.back([]byte(e.words)))
	}
	return splice(t.raw, 0, len(t.raw), edits)
}

// edits returns what the new words change in the translation as it stands.
func (t *Taken) edits() (edits []edit) {
	for _, u := range t.Units {
		words, changed := t.words[u]
		switch {
		case !changed:
		case u.key != "":
			edits = append(edits, t.own.line(u.key, words))
		case u.whole:
			first, last := u.own[0], u.own[len(u.own)-1]
			from := t.own.body + t.own.begins(first)
			to := t.own.body + t.own.chunks[last+1]
			to -= len(t.own.src[from:to]) - len(bytes.TrimRight(t.own.src[from:to], "\n"))
			edits = append(edits, edit{from, to, words})
		case len(u.own) > 0:
			edits = append(edits, t.own.edits(u.own, words)...)
		}
	}
	return edits
}

// begins returns where the first line of a passage begins, behind comments.
func (t *text) begins(passage int) int {
	pos := t.parts[passage].Node.Pos()
	line := bytes.LastIndexByte(t.doc.Text()[:min(max(pos, 0), len(t.doc.Text()))], '\n') + 1
	return min(max(line, t.chunks[passage]), t.chunks[passage+1])
}

// inOrder reports whether the passages of the translation come in the order of the
// source, none too many and none too few.
func (t *Taken) inOrder() bool {
	next := 0
	for _, g := range t.groups {
		if len(g.own) == 0 {
			return false
		}
		for _, n := range g.own {
			if n != next {
				return false
			}
			next++
		}
	}
	return next == len(t.own.parts)
}

// isRemade reports whether a passage of the translation is of other parts than that
// of the source, so that it is made again after its pattern.
func (t *Taken) isRemade(g group) bool {
	if len(g.own) != 1 || len(g.src) != 1 {
		return false
	}
	var has []int
	for _, u := range t.in(g) {
		if u.whole {
			return false
		}
		if len(u.own) == 0 {
			return true
		}
		has = append(has, u.own...)
	}
	return !slices.IsSorted(has) || t.source.parts[g.src[0]].Kind != t.own.parts[g.own[0]].Kind
}

// without returns edits without those of a passage of the translation.
func (t *Taken) without(edits []edit, g group) []edit {
	from, to := t.own.body+t.own.chunks[g.own[0]], t.own.body+t.own.chunks[g.own[0]+1]
	return slices.DeleteFunc(edits, func(e edit) bool { return from <= e.from && e.to <= to })
}

// remade returns the edit that makes a passage again after the pattern of the source.
func (t *Taken) remade(g group) edit {
	from, to := t.own.body+t.own.begins(g.own[0]), t.own.body+t.own.chunks[g.own[0]+1]
	to -= len(t.own.src[from:to]) - len(bytes.TrimRight(t.own.src[from:to], "\n"))
	return edit{from, to, strings.TrimRight(string(t.fill(g)), "\n")}
}

// fill returns passages of the source with the words of the translation.
func (t *Taken) fill(g group) []byte {
	var edits []edit
	for _, u := range t.Units {
		if u.key == "" && !u.whole {
			words, isNew := t.words[u]
			if !isNew {
				words = u.was
			}
			edits = append(edits, t.source.edits(u.src, words)...)
		}
	}
	edits = append(edits, t.source.comments()...)
	var out []byte
	for _, j := range g.src {
		from, to := t.source.body+t.source.begins(j), t.source.body+t.source.chunks[j+1]
		if u := t.wholeOf(j); u != nil {
			words, isNew := t.words[u]
			if !isNew {
				words = u.was
			}
			out = append(append(out, words...), "\n\n"...)
			continue
		}
		out = append(out, splice(t.source.src, from, to, edits)...)
	}
	return out
}

func (p *Page) wholeOf(passage int) *Unit {
	for _, u := range p.Units {
		if u.whole && u.src[0] == passage {
			return u
		}
	}
	return nil
}

// comments returns the edits that take the comments on lines of their own out of a
// source: they are for who writes it.
func (t *text) comments() (edits []edit) {
	_ = ast.Walk(t.doc.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if c, ok := n.(*markdown.Comment); ok && entering {
			text := t.doc.Text()
			from := bytes.LastIndexByte(text[:c.From], '\n') + 1
			to := min(c.To, len(text))
			for to < len(text) && text[to-1] != '\n' {
				to++
			}
			for to < len(text) && text[to] == '\n' { // and the empty lines after it
				to++
			}
			if len(bytes.TrimSpace(text[from:c.From])) == 0 {
				edits = append(edits, edit{t.body + from, t.body + to, ""})
			}
		}
		return ast.WalkContinue, nil
	})
	return edits
}

// body returns the whole text of the source with the words of the translation.
func (t *Taken) body() []byte {
	var out []byte
	for i, g := range t.groups {
		chunk := t.fill(g)
		if i < len(t.groups)-1 && len(chunk) > 0 {
			chunk = append(bytes.TrimRight(chunk, "\n"), "\n\n"...)
		}
		out = append(out, chunk...)
	}
	return append(bytes.TrimRight(out, "\n"), '\n')
}

// fromSource returns the file of a translation that is not there yet.
func (t *Taken) fromSource() []byte {
	out := []byte("---\n")
	for _, key := range translate.FrontKeys {
		for _, u := range t.Units {
			if words, has := t.words[u]; has && u.key == key {
				out = append(out, key+": "+content.Scalar(words)+"\n"...)
			}
		}
	}
	return append(append(out, "---\n"...), t.body()...)
}
