package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/markdown"
)

// piece is a piece of running text with what stands in it: found in one walk
// over its characters, for all checks that ask.
type piece struct {
	markdown.Prose
	sentences []sentence
	capitals  []span // words that have two capital letters or more and no small ones
	avoided   bool   // it seems to have words to avoid
}

type span struct{ from, to int }

// sentence is a sentence and how long it is: in words, or in characters where
// the language counts those; there words of other scripts count as one.
type sentence struct {
	span
	length int
}

// pieces returns the running text of the page.
func (p *Pass) pieces() []piece {
	if c := p.checker; p.read == nil {
		c.pieces, c.sentences, c.capitals = c.pieces[:0], c.sentences[:0], c.capitals[:0]
		for _, prose := range p.Prose() {
			c.pieces = append(c.pieces, p.piece(prose))
		}
		p.read = c.pieces
	}
	return p.read
}

func (p *Pass) piece(prose markdown.Prose) piece {
	c, lang, text := p.checker, p.Language, prose.Text
	result := piece{Prose: prose}
	search, sentences, capitals := c.phrases[lang.Index], len(c.sentences), len(c.capitals)
	seems := func(term string) {
		if term == avoidedTerm {
			result.avoided = true
		} else {
			p.named = append(p.named, term)
		}
	}
	from, length, inside := 0, 0, false                     // of a sentence
	word, upper, lower, before := 0, 0, 0, letters.Class(0) // of a word
	for at, n := 0, 0; at < len(text); at += n {
		if before&letters.Letter != 0 && !search.anywhere {
			size, count := letters.Small(text[at:]) // within a word, as most are
			if at, lower = at+size, lower+count; at == len(text) {
				break
			}
		}
		var r rune
		r, n = utf8.DecodeRuneInString(text[at:])
		is := letters.ClassOf(r)
		if search.anywhere || before&letters.Letter == 0 {
			if first := letters.Lower(r); search.by[byte(first)] != nil {
				search.at(text[at:], first, seems)
			}
		}
		before = is

		isWord := is&(letters.Letter|letters.Digit) != 0
		switch {
		case lang.Characters && is&letters.Han != 0:
			length, inside = length+1, false
		case isWord:
			if !inside {
				length, inside = length+1, true
			}
		case is&letters.Space != 0 || lang.Characters || r == '—' || r == '…':
			inside = false
		}
		switch {
		case is&letters.Upper != 0:
			upper++
			continue
		case is&letters.Letter != 0:
			lower++
			continue
		case isWord:
			continue
		}
		if upper >= 2 {
			c.capital(text, word, at, lower)
		}
		word, upper, lower = at+n, 0, 0
		if is&letters.Space == 0 && at >= from && ends(text[from:at+n], text[at+n:], r, lang.Usage.Abbreviations) {
			to := at + n + closing(text[at+n:])
			c.sentences = append(c.sentences, sentence{span{from, to}, length})
			from = len(text) - len(strings.TrimLeft(text[to:], " "))
			length, inside = 0, false
		}
	}
	if upper >= 2 {
		c.capital(text, word, len(text), lower)
	}
	if strings.TrimSpace(text[from:]) != "" {
		c.sentences = append(c.sentences, sentence{span{from, len(text)}, length})
	}
	result.sentences, result.capitals = c.sentences[sentences:], c.capitals[capitals:]
	return result
}

// capital takes in a word with capital letters, without its plural s, unless
// it has small letters too.
func (c *Checker) capital(text string, from, to, lower int) {
	if lower == 1 && text[to-1] == 's' {
		to, lower = to-1, 0
	}
	if lower == 0 {
		c.capitals = append(c.capitals, span{from, to})
	}
}

// closing returns how much at the beginning of a text closes the sentence
// before it, and belongs to that.
func closing(text string) int {
	for at, r := range text {
		if !unicode.In(r, unicode.Pf, unicode.Pe, unicode.Pi) && !strings.ContainsRune(`"'.!?…`, r) {
			return at
		}
	}
	return len(text)
}

// ends reports whether r, the last character of before, ends a sentence.
func ends(before, after string, r rune, abbreviations []string) bool {
	switch r {
	case '。', '！', '？', '؟', '۔', '।':
		return true
	case '!', '?', '…':
		return !startsWord(after)
	case '.':
		if startsWord(strings.TrimLeft(after, `"”’)»`)) {
			return false // 2.2, fieldguide.org
		}
		for _, a := range abbreviations {
			if rest, ok := strings.CutSuffix(before, a); ok && !endsWithLetter(rest) {
				return false
			}
		}
		return true
	}
	return false
}

func startsWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return letters.ClassOf(r)&(letters.Letter|letters.Digit) != 0
}

func startsWithLetter(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return letters.ClassOf(r)&letters.Letter != 0
}

func endsWithLetter(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return letters.ClassOf(r)&letters.Letter != 0
}
