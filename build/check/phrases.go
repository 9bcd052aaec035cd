package check

import (
	"strings"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/site"
)

// phrases are the words and phrases that one language's texts are searched for,
// all at once: most pages have none of them, and need no closer look.
type phrases struct {
	by       [256][]phrase // by the last byte of their first letter
	anywhere bool          // the language writes without spaces
}

type phrase struct {
	text   string // in small letters
	first  rune   // of text
	anyEnd bool   // it may go on
	term   string // whose name it is; "" for words to avoid
}

// avoidedTerm is the id that words to avoid have among phrases: no term's.
const avoidedTerm = ""

func (w *phrases) add(p phrase) {
	if p.text = string(letters.AppendLower(nil, p.text)); p.text == "" {
		return
	}
	p.first, _ = utf8.DecodeRuneInString(p.text)
	w.by[byte(p.first)] = append(w.by[byte(p.first)], p)
}

// phrasesOf returns what the texts of a language are searched for.
func phrasesOf(s *site.Site, lang *site.Language) *phrases {
	w := &phrases{anywhere: lang.Characters}
	for _, a := range lang.Usage.Avoid {
		for _, not := range a.Not {
			text, anyEnd := strings.CutSuffix(not, "*")
			w.add(phrase{text: text, anyEnd: anyEnd, term: avoidedTerm})
		}
	}
	if lang != s.Source {
		return w
	}
	for _, id := range s.Terms {
		if term := lang.Terms[id]; term.Explain {
			for _, name := range termNames(term) {
				w.add(phrase{text: name, term: id})
			}
		}
	}
	return w
}

// at calls found with the term of each phrase that may begin a text, after the
// letter before it. Lengths in lower case aside, it is sure.
func (w *phrases) at(text string, first rune, found func(term string)) {
	list := w.by[byte(first)]
	for i := range list {
		p := &list[i]
		if p.first != first {
			continue
		}
		if after, ok := cutLowered(text, p.text); ok && (w.anywhere || p.anyEnd || !startsWithLetter(after)) {
			found(p.term)
		}
	}
}

// cutLowered returns what follows a prefix in small letters in a text in any.
func cutLowered(text, prefix string) (after string, ok bool) {
	for len(prefix) > 0 {
		if len(text) == 0 {
			return "", false
		}
		r, n := utf8.DecodeRuneInString(text)
		want, m := utf8.DecodeRuneInString(prefix)
		if letters.Lower(r) != want {
			return "", false
		}
		text, prefix = text[n:], prefix[m:]
	}
	return text, true
}
