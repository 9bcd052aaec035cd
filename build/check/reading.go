package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/site"
)

var reading = &Check{Name: "reading", Own: true, Doc: "Sentences are no longer than the readers of the page can " +
	"follow, and the source page no longer than its budget in site.yaml.", Page: func(p *Pass) {
	load := p.Site.LoadOf(p.Family)
	longest, words, level := load.Longest(p.Language), 0, site.Warning
	if load.Strict {
		level = site.Error
	}
	for _, piece := range p.Prose() {
		for from, to := range sentences(piece.Text, p.Language.Usage.Abbreviations) {
			n := length(piece.Text[from:to], p.Language)
			words += n
			if longest > 0 && n > longest {
				p.Report(level, piece.Pos(from), "make two sentences of it, or leave words out",
					"this sentence has %d %s; readers of this page can follow %d", n, unit(p.Language), longest)
			}
		}
	}
	if most := load.Words * 6 / 5; most > 0 && p.Source == nil && words > most {
		p.Report(site.Error, -p.Doc.Body, "cut it, or make two pages of it",
			"the page has %d %s; its budget is %d and a fifth more", words, unit(p.Language), load.Words)
	}
}}

func unit(lang *site.Language) string {
	if lang.Characters {
		return "characters"
	}
	return "words"
}

// length returns how long a text is in words, or in characters where the
// language counts those. Words of other scripts count as one character.
func length(text string, lang *site.Language) int {
	n, inside := 0, false
	for _, r := range text {
		switch is := letters.ClassOf(r); {
		case lang.Characters && is&letters.Han != 0:
			n, inside = n+1, false
		case is&(letters.Letter|letters.Digit) != 0:
			if !inside {
				n++
			}
			inside = true
		case is&letters.Space != 0 || lang.Characters || r == '—' || r == '…':
			inside = false
		}
	}
	return n
}

// sentences yields where each sentence of a text begins and ends.
func sentences(text string, abbreviations []string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		from := 0
		for at := 0; at < len(text); {
			r, n := utf8.DecodeRuneInString(text[at:])
			at += n
			if letters.ClassOf(r)&(letters.Letter|letters.Space) != 0 || !ends(text[from:at], text[at:], r, abbreviations) {
				continue // most characters end nothing
			}
			for at < len(text) { // what closes a sentence belongs to it
				next, n := utf8.DecodeRuneInString(text[at:])
				if !unicode.In(next, unicode.Pf, unicode.Pe, unicode.Pi) && !strings.ContainsRune(`"'.!?…`, next) {
					break
				}
				at += n
			}
			if !yield(from, at) {
				return
			}
			from = at + len(text[at:]) - len(strings.TrimLeft(text[at:], " "))
			at = from
		}
		if strings.TrimSpace(text[from:]) != "" {
			yield(from, len(text))
		}
	}
}

// ends reports whether r, the last rune of before, ends a sentence.
func ends(before, after string, r rune, abbreviations []string) bool {
	switch r {
	case '。', '！', '？', '؟', '۔', '।':
		return true
	case '!', '?', '…':
		return after == "" || !startsWithLetter(after)
	case '.':
		if after != "" && startsWithLetter(strings.TrimLeft(after, `"”’)»`)) {
			return false // 2.2, fieldguide.org
		}
		return !slices.ContainsFunc(abbreviations, func(a string) bool {
			rest, ok := strings.CutSuffix(before, a)
			last, _ := utf8.DecodeLastRuneInString(rest)
			return ok && !unicode.IsLetter(last)
		})
	}
	return false
}

func startsWithLetter(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
