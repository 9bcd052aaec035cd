// Package letters knows how words are compared, found and ordered in any language.
//
// What Unicode and CLDR know of all scripts is used as they know it:
//
//	Fold       the form in which texts are compared: "Élève" and "eleve" are one
//	IsDense    which characters stand without spaces between words
//	Typed      text as keyboards have it
//	NewOrder   the alphabet of a language: order, letters to file under, pinyin
//	Seen       what a browser needs to fold as Fold does
//
// What holds for one language only is in site.yaml, with the language:
//
//	articles: [ال]       written together with the next word. Lists from A to Z
//	                     pass over them. "the " and "l’" work too.
//	joined: [وال, لل, و] other short words written together with the next one,
//	                     which is found without them and without the articles
//	folded: true         lists from A to Z order folded words: أ, إ and آ stand together
//	letters: й           small letters with a mark that nobody types without it
//
// and how its words are looked for, in its search.yaml:
//
//	beginnings: [ال, و]  taken off the beginning of a word, the longest one, once
//	whole: [والد]        how words begin whose beginning is their own, though it looks like something joined
//	endings: [ing, ied/y]
//	                     taken off its end, the longest first, again and again: bullied and bullying are bully.
//	                     What follows a / takes its place. Three letters stay
//	again: 5             letters that stay when one more ending goes: more than three keeps apart what only
//	                     begins alike, as conversar and convención
//	common: [the, and]   words that decide nothing
//
// A language that says nothing of these is compared and ordered by Unicode and
// CLDR alone. Nothing here asks which language it is.
package letters

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"fieldguide/build/site"
)

// Facts are what a language says of its own letters. The zero value says
// nothing.
type Facts struct {
	Joined     []string          // what is written together with the next word, folded, the longest first
	Beginnings []string          // what is taken off the beginning of a word to look for it, the longest first
	Whole      []string          // how words begin from whose beginning nothing is taken
	Endings    map[string]string // what is taken off its end, and what takes its place
	Again      int               // letters that stay when one more ending goes
	common     map[string]bool
	longest    int // letters of an ending
	own        string
}

// Of returns the facts of a language.
func Of(lang *site.Language) Facts {
	f := Facts{own: lang.Letters, Joined: longestFirst(slices.Concat(lang.Articles, lang.Joined)),
		Beginnings: longestFirst(lang.Lookup.Beginnings), Whole: longestFirst(lang.Lookup.Whole),
		Endings: map[string]string{}, Again: max(least, lang.Lookup.Again), common: map[string]bool{}}
	for _, ending := range lang.Lookup.Endings {
		ending, instead, _ := strings.Cut(ending, "/")
		if ending = Fold(ending); ending != "" {
			f.Endings[ending] = Fold(instead)
			f.longest = max(f.longest, utf8.RuneCountInString(ending))
		}
	}
	for _, word := range lang.Lookup.Common {
		f.common[Fold(word)] = true
	}
	return f
}

// longestFirst folds words and orders them by their length.
func longestFirst(words []string) (list []string) {
	for _, word := range words {
		if word = Fold(word); strings.TrimSpace(word) != "" {
			list = append(list, word)
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return list
}

// Common returns the words that decide nothing, folded, in their order.
func (f *Facts) Common() []string { return slices.Sorted(maps.Keys(f.common)) }

// IsCommon reports whether a folded word decides nothing.
func (f *Facts) IsCommon(word string) bool { return f.common[word] }

// Bare returns a folded word without what is joined to its beginning, or the
// word. Two letters stay at least; three without a single one, which may well
// belong to the word.
func (f *Facts) Bare(word []byte) []byte {
	if f.isWhole(string(word)) {
		return word
	}
	for _, joined := range f.Joined {
		if len(word) <= len(joined) || string(word[:len(joined)]) != joined {
			continue
		}
		least := 2
		if utf8.RuneCountInString(joined) == 1 {
			least = 3
		}
		if rest := word[len(joined):]; utf8.RuneCount(rest) >= least {
			return rest
		}
	}
	return word
}

// isWhole reports whether the beginning of a word is its own.
func (f *Facts) isWhole(word string) bool {
	return slices.ContainsFunc(f.Whole, func(begins string) bool { return strings.HasPrefix(word, begins) })
}

// Owns reports whether a small letter is one that nobody types without its
// mark.
func (f *Facts) Owns(r rune) bool { return strings.ContainsRune(f.own, r) }
