package zim

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/search"

	"golang.org/x/text/unicode/norm"
)

// suggested is the folder of the redirects that suggestions are.
const suggested = "~/"

// suggestions returns the redirects by which front entries are found as readers
// type their titles.
func suggestions(entries []Entry) []Entry {
	var list []Entry
	for i := range entries {
		e := &entries[i]
		if !e.Front {
			continue
		}
		for _, typed := range typings(e.title()) {
			path := suggested + strconv.FormatInt(int64(len(list)), 36)
			list = append(list, Entry{Path: path, Title: typed, Redirect: e.Path, Front: true})
		}
	}
	return list
}

// typings returns how a title is typed by those who do not type it as it is:
//
//	L’école à la maison
//	l'école à la maison       in lower case, without vowel marks
//	l'ecole a la maison       folded, as our own search does it
//	école à la maison · l'    from each later word on, as in the index of a book
//	ecole a la maison · l'    and folded, when that changes the word
//	maison · l'école à la
//
// Chinese, which has no spaces, is found from the beginning and from after a
// comma only.
func typings(title string) []string {
	low := lower(title)
	list := []string{title}
	add := func(s string) {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	add(low)
	add(folded(low))
	for _, i := range laterWords(low) {
		rest, head := low[i:], " · "+strings.TrimSpace(low[:i])
		add(rest + head)
		if word, _, _ := strings.Cut(rest, " "); folded(word) != word {
			add(folded(rest) + head)
		}
	}
	return list[1:]
}

// lower gives text in lower case, with the apostrophe and the space that
// keyboards have and without what search leaves out of words: in NFC, that is
// vowel marks and tatweel, but not accents.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’', r == 'ʼ':
			return '\''
		case unicode.IsSpace(r):
			return ' '
		case search.Fold(string(r)) == "":
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFC.String(text))
}

// folded gives text as search.Fold does, but leaves what is between words, and
// й, which nobody types as и.
func folded(text string) string {
	var b strings.Builder
	for _, r := range text {
		if f := search.Fold(string(r)); f != " " && r != 'й' {
			b.WriteString(f)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// articles are what Arabic writes together with the next word, which is found
// without it too.
var articles = []string{"وال", "ال"}

// laterWords returns where those words of a title begin that a reader may
// think of first: of three letters or more, since most shorter ones mean little.
func laterWords(title string) []int {
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
			for _, a := range articles {
				if bare, ok := strings.CutPrefix(word, a); ok {
					add(start+len(a), bare)
					break
				}
			}
			start = -1
		}
	}
	return places
}
