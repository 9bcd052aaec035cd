package letters

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// least is how many letters of a word stay when beginnings and endings go.
const least = 3

// Stem returns what is looked for in the place of a folded word, so that its
// other forms are found: the word without what is joined to it, without a
// beginning and without endings. begun is the word with its ending, of which
// more may follow.
func (f *Facts) Stem(word string) (stem, begun string) {
	begun = string(f.Bare([]byte(word)))
	for _, beginning := range f.Beginnings {
		if rest, ok := strings.CutPrefix(begun, beginning); ok && !f.isWhole(begun) &&
			utf8.RuneCountInString(rest) >= least {
			begun = rest
			break
		}
	}
	stem = begun
	for n, stay := 0, least; n < rounds; n, stay = n+1, f.Again {
		shorter := f.shorten(stem, stay)
		if shorter == stem {
			break
		}
		stem = shorter
	}
	return stem, begun
}

// rounds are how many endings a word may lose: one that puts itself in its own
// place would go on for ever.
const rounds = 4

// shorten takes the longest ending off a word that lets so many letters stay.
func (f *Facts) shorten(word string, stay int) string {
	count := utf8.RuneCountInString(word)
	at := len(word)
	starts := make([]int, 0, 16) // of the last 1, 2, 3 … letters
	for n := 1; n <= f.longest && n < count; n++ {
		_, size := utf8.DecodeLastRuneInString(word[:at])
		at -= size
		starts = append(starts, at)
	}
	for i := len(starts) - 1; i >= 0; i-- {
		instead, known := f.Endings[word[starts[i]:]]
		if known && count-i-1+utf8.RuneCountInString(instead) >= stay {
			return word[:starts[i]] + instead
		}
	}
	return word
}

// EndingTable is Endings for a browser: an ending and what takes its place,
// one pair after the other.
func (f *Facts) EndingTable() (table []string) {
	for _, ending := range slices.Sorted(maps.Keys(f.Endings)) {
		table = append(table, ending, f.Endings[ending])
	}
	return table
}
