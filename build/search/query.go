package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fieldguide/build/letters"
)

// word is one word of a query; open when it may go on.
type word struct {
	key, begun          string // see letters.Facts.Stem
	dense, open, common bool
}

// parse splits a query into words.
func parse(facts *letters.Facts, query string) (list []word) {
	pair := false
	eachToken(nil, query, func(text []byte, t token) {
		if !t.alone || !pair { // else the second half of a pair
			w := word{key: string(text), begun: string(text), dense: t.dense, open: t.alone || !t.dense && t.end}
			w.common = facts.IsCommon(w.key)
			if !t.dense && !w.common { // "del" is no form of "delito"
				w.key, w.begun = facts.Stem(w.key)
			}
			list = append(list, w)
		}
		pair = t.dense && !t.alone
	})
	return list
}

// understood returns the words of a query, in the letters of the language where the core
// knows no word as it was typed: on the keys of another keyboard.
func (x *Finder) understood(query string, words []word) []word {
	if !x.hasCore() || x.Head.M == "" || x.knows(words) {
		return words
	}
	if others := parse(&x.facts, x.retyped(query)); x.knows(others) {
		return others
	}
	return words
}

// retyped returns a query as the keys of the language write it.
func (x *Finder) retyped(query string) string {
	var pairs []string
	for key := range strings.FieldsSeq(x.Head.M) {
		_, size := utf8.DecodeRuneInString(key)
		pairs = append(pairs, key[:size], key[size:])
	}
	return strings.NewReplacer(pairs...).Replace(strings.ToLower(query))
}

// knows reports whether the core or the language knows one of the words that
// are more than a letter.
func (x *Finder) knows(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool {
		if utf8.RuneCountInString(w.key) < 2 {
			return false
		}
		return w.common || x.look(w, false, noHits).total > 0
	})
}

// saying is a query as asks are looked for in it.
func saying(words []word) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range words {
		b.WriteString(w.key)
		b.WriteByte(' ')
	}
	return b.String()
}

const mostWords = 16 // of a query

// deciding returns the words that decide something, or else all, each once.
// Those in quiet decide nothing.
func deciding(words []word, quiet string) (list []word) {
	decides := func(w word) bool { return !w.common && !strings.Contains(quiet, " "+w.key+" ") }
	some := slices.ContainsFunc(words, decides)
	for _, w := range words {
		known := func(o word) bool { return o.key == w.key }
		if len(list) < mostWords && (!some || decides(w)) && !slices.ContainsFunc(list, known) {
			list = append(list, w)
		}
	}
	return list
}
