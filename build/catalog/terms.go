package catalog

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/site"
)

// Explain adds to each unit what the glossary of the target language calls the terms
// of the source language in it.
func (p *Page) Explain(source, target *site.Language, order []string) {
	for _, u := range p.Units {
		words := strings.ToLower(u.Source.String())
		for _, id := range order {
			said, has := target.Terms[id]
			term, known := source.Terms[id]
			if !has || !known {
				continue
			}
			isIn := func(name string) bool {
				if source.Characters { // no spaces between words
					return strings.Contains(words, strings.ToLower(name))
				}
				return hasWord(words, strings.ToLower(name))
			}
			if isIn(term.Term) || slices.ContainsFunc(term.Also, isIn) {
				u.Terms = append(u.Terms, term.Term+" = "+said.Term)
			}
		}
	}
}

// hasWord reports whether a name stands in a text and no letter beside it.
func hasWord(text, name string) bool {
	for from := 0; name != ""; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(name):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		from = at + len(name)
	}
	return false
}
