package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/content"
	"fieldguide/build/letters"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var terminology = &Check{Name: "terminology", Doc: "Words that harm or mislead are not used, initials are spelt " +
	"out, and a term of the glossary has the name that the glossary gives it.",
	Node: func(p *Pass, n ast.Node) {
		if link, ok := n.(*ast.Link); ok && p.Source != nil {
			p.termName(link)
		}
	},
	Page: func(p *Pass) {
		p.avoidedInFront("title", p.Page.Title)
		p.avoidedInFront("summary", p.Page.Summary)
		spelt := map[string]bool{}
		for _, piece := range p.pieces() {
			if piece.avoided {
				p.avoided(piece.Text, func(at int) site.Place { return p.place(piece.Pos(at)) })
			}
			if len(piece.capitals) > 0 {
				p.initials(&piece, spelt)
			}
		}
	},
	Site: func(s *Shared) {
		for _, lang := range s.Languages {
			file := wordFile(lang, "terms")
			for _, id := range s.Terms {
				term := lang.Terms[id]
				for key, text := range map[string]string{"term": term.Term, "meaning": term.Meaning} {
					for _, a := range avoidedIn(text, lang) {
						s.Report(site.Error, s.Written.At(file, id, key), "say: "+a.say, "%q uses %q", id, a.word)
					}
				}
			}
		}
	},
}

func (p *Pass) avoidedInFront(key, text string) {
	if p.piece(markdown.Prose{Text: text}).avoided {
		p.avoided(text, func(int) site.Place { return p.front(key) })
	}
}

func (p *Pass) avoided(text string, place func(at int) site.Place) {
	for at, a := range avoidedIn(text, p.Language) {
		p.ReportAt(site.Error, place(at), "say: "+a.say, "%q is not used here", a.word)
	}
}

type avoidedWord struct{ word, say string }

// avoidedIn yields where a text has words to avoid.
func avoidedIn(text string, lang *site.Language) func(yield func(int, avoidedWord) bool) {
	return func(yield func(int, avoidedWord) bool) {
		folded := strings.ToLower(text)
		if len(folded) != len(text) {
			folded = text // no place could be told: search it as it is
		}
		for _, a := range lang.Usage.Avoid {
			for _, not := range a.Not {
				word, anyEnd := strings.CutSuffix(not, "*")
				for at := range occurrences(folded, word, anyEnd, lang.Characters) {
					if !yield(at, avoidedWord{text[at : at+len(word)], a.Say}) {
						return
					}
				}
			}
		}
	}
}

// occurrences yields where a word stands in a text, on its own unless the
// language writes without spaces.
func occurrences(text, word string, anyEnd, anywhere bool) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for from := 0; word != ""; {
			i := strings.Index(text[from:], word)
			if i < 0 {
				return
			}
			at := from + i
			from = at + len(word)
			before, _ := utf8.DecodeLastRuneInString(text[:at])
			after, _ := utf8.DecodeRuneInString(text[from:])
			if (anywhere || !unicode.IsLetter(before) && (anyEnd || !unicode.IsLetter(after))) && !yield(at) {
				return
			}
		}
	}
}

// initials reports names made of initials: any in texts for children and in
// easy-read, elsewhere those that are not spelt out where they first stand,
// "child sexual abuse material (CSAM)".
func (p *Pass) initials(piece *piece, spelt map[string]bool) {
	strict := p.Site.LoadOf(p.Family).Strict
	for _, word := range piece.capitals {
		at, name := word.from, piece.Text[word.from:word.to]
		if spelt[name] || isShout(piece.Text, at, name) || slices.Contains(p.Language.Usage.Acronyms, name) {
			continue
		}
		spelt[name] = true
		before, after := strings.TrimRight(piece.Text[:at], " "), piece.Text[at+len(name):]
		switch {
		case strict:
			p.Report(site.Error, piece.Pos(at),
				"write the words, or list the name under acronyms: in terminology.yaml",
				"initials %q in a text that has none", name)
		case !strings.HasSuffix(before, "(") && !strings.HasSuffix(before, "（") &&
			!strings.HasPrefix(after, " (") && !strings.HasPrefix(after, "（"):
			p.notSpelt(piece.Pos(at), name)
		}
	}
}

// notSpelt names initials that are not spelt out, or a word in capitals: one
// that the page has in small letters too.
func (p *Pass) notSpelt(pos int, name string) {
	word := strings.ToLower(name)
	for _, prose := range p.Prose() {
		for at := range occurrences(prose.Text, word, false, false) {
			if !standsFree(prose.Text, at, at+len(word)) {
				continue
			}
			p.Report(site.Warning, pos, fmt.Sprintf("a word: %s, **%s** to stress it, or code, `%s`; initials: the words first, then (%s)",
				word, word, name, name), "%q stands in capitals and is not spelt out", name)
			return
		}
	}
	p.Report(site.Warning, pos, "spell it out first: the words, then ("+name+")",
		"initials %q are not spelt out where they first stand", name)
}

// standsFree reports whether text[from:to] is a word of a sentence and no part
// of an address or a name of a file.
func standsFree(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, n := utf8.DecodeRuneInString(text[to:])
	if strings.ContainsRune(".,;:!?", after) {
		after, n = utf8.DecodeRuneInString(text[to+n:])
	}
	return (from == 0 || unicode.IsSpace(before)) && (n == 0 || unicode.IsSpace(after))
}

// termName wants the words of a link to a term to be the term's, in any form
// that the sentence gives them.
func (p *Pass) termName(link *ast.Link) {
	id, ok := strings.CutPrefix(markdown.Destination(link.Destination), "term:")
	term, known := p.Language.Terms[id]
	if !ok || !known || content.Resolve(p.Site, p.Family, "term:"+id).Problem != "" {
		return
	}
	said := letters.Fold(p.Doc.PlainText(link))
	for _, name := range append([]string{term.Term}, term.Also...) {
		if akin(said, letters.Fold(name), p.Language.Characters) {
			return
		}
	}
	p.Report(site.Warning, link.Pos(), "use its word, or add yours under also: in terms.yaml",
		"%q leads to the term %q", p.Doc.PlainText(link), term.Term)
}

// akin reports whether two phrases share the stem of a word: its first four
// letters, or two characters of a language without spaces.
func akin(a, b string, characters bool) bool {
	if characters {
		runes := []rune(b)
		for i := 0; i+2 <= len(runes); i++ {
			if strings.Contains(a, string(runes[i:i+2])) {
				return true
			}
		}
		return a == b
	}
	for _, word := range strings.FieldsFunc(b, func(r rune) bool { return !unicode.IsLetter(r) }) {
		stem := []rune(word)
		if len(stem) > 4 {
			stem = stem[:4]
		}
		if len(stem) > 2 && strings.Contains(a, string(stem)) {
			return true
		}
	}
	return false
}
