package zim

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/letters"
)

// suggested is the folder of the redirects that suggestions are.
const suggested = "~/"

// suggest adds the redirects by which front entries are found as readers type
// their titles.
func (dir directory) suggest() directory {
	none := new(letters.Facts)
	number := int64(0)
	for _, d := range dir {
		if !d.Front {
			continue
		}
		for _, typed := range typings(d.name(), cmp.Or(d.Letters, none)) {
			path := suggested + strconv.FormatInt(number, 36)
			dir = append(dir, dirent{space: d.space, Entry: d.Entry, path: path, title: typed})
			number++
		}
	}
	return dir
}

// typings returns how a title is typed by those who do not type it as it is:
//
//	L’école à la maison
//	l'école à la maison       in lower case, without vowel marks
//	l'ecole a la maison       without accents
//	école à la maison · l'    from each later word on, as in the index of a book
//	ecole a la maison · l'    and folded, when that changes the word
//	maison · l'école à la
//
// A word is found without what is joined to it, too: أطفال in دليل للأطفال.
// Chinese, which has no spaces, is found from the beginning and from after a
// comma only.
func typings(title string, facts *letters.Facts) []string {
	low := letters.Typed(title)
	list := []string{title}
	add := func(s string) {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	add(low)
	add(folded(low, facts))
	for _, i := range laterWords(low, facts) {
		rest, head := low[i:], " · "+strings.TrimSpace(low[:i])
		add(rest + head)
		if word, _, _ := strings.Cut(rest, " "); folded(word, facts) != word {
			add(folded(rest, facts) + head)
		}
	}
	return list[1:]
}

// folded gives text as letters.Fold does, but leaves what is between words, and
// the letters that nobody types without their marks.
func folded(text string, facts *letters.Facts) string {
	var b strings.Builder
	for _, r := range text {
		if f := letters.FoldRune(r); f != " " && !facts.Owns(r) {
			b.WriteString(f)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// laterWords returns where those words of a title begin that a reader may
// think of first: of three letters or more, since most shorter ones mean little.
// A single letter before a word is more often a part of it than joined to it.
func laterWords(title string, facts *letters.Facts) []int {
	var places []int
	add := func(i int, word string) {
		if i > 0 && utf8.RuneCountInString(word) >= 3 {
			places = append(places, i)
		}
	}
	start := -1
	for i, r := range title + " " {
		inside := unicode.In(r, unicode.L, unicode.N, unicode.M)
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			word := title[start:i]
			add(start, word)
			bare := string(facts.Bare([]byte(word)))
			if joined := strings.TrimSuffix(word, bare); utf8.RuneCountInString(joined) > 1 {
				add(start+len(joined), bare)
			}
			start = -1
		}
	}
	return places
}
