package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestInitials is the most capitals that people write initials with; more
// are a word: README, LICENSE.
const longestInitials = 5

// isShout reports whether a name of capitals at a place in a text is no name
// made of initials: a word, one of several words in capitals, or the name of a
// number (ISO 40500, A4).
func isShout(text string, at int, name string) bool {
	before, after := text[:at], text[at+len(name):]
	if utf8.RuneCountInString(name) > longestInitials || strings.ContainsFunc(name, unicode.IsDigit) {
		return true
	}
	if isPart(before, after) || isAddress(before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]) {
		return true
	}
	if isQuoted(before, after) || isUnit(before) {
		return true
	}
	if strings.HasSuffix(before, "[") && strings.HasPrefix(after, "]") || strings.HasSuffix(before, "[!") {
		return true // a mark of another Markdown, which the check dialect names
	}
	if strings.HasSuffix(before, "@") {
		return true // @[TOC](words), or somebody's name in a chat
	}
	if strings.HasPrefix(strings.TrimLeft(after, " \n"), "{:") {
		return true // as in TOC {:toc}
	}
	if rest := strings.TrimLeft(after, " \u00A0-"); rest != after && rest != "" && unicode.IsDigit(rune(rest[0])) {
		return true
	}
	next, isNext := strings.CutPrefix(after, " ")
	last, isLast := strings.CutSuffix(before, " ")
	return isNext && isCapital(next[:wordEnd(next)]) || isLast && isCapital(last[strings.LastIndexByte(last, ' ')+1:])
}

// isPart reports whether what stands between two texts is part of a name that
// machines read: NOT_FOUND, MIN_VALUE, SKILL.md, .NET, Connection.CELL.
func isPart(before, after string) bool {
	rest, dot := strings.CutPrefix(after, ".")
	return strings.HasSuffix(before, "_") || strings.HasPrefix(strings.TrimPrefix(after, "\\"), "_") ||
		strings.HasSuffix(before, ".") || dot && startsSmall(rest)
}

// isQuoted reports whether what stands between two texts is quoted alone: the
// button "YES".
func isQuoted(before, after string) bool {
	open, _ := utf8.DecodeLastRuneInString(before)
	end, _ := utf8.DecodeRuneInString(after)
	return unicode.In(open, unicode.Quotation_Mark) && unicode.In(end, unicode.Quotation_Mark)
}

// isUnit reports whether a number stands before: 5 MB.
func isUnit(before string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " \u00A0\u202F"))
	return unicode.IsDigit(last)
}

// isAddress reports whether a word begins as an address does.
func isAddress(word string) bool {
	return strings.Contains(word, "://") || strings.Contains(word, "www.")
}

func startsSmall(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

func wordEnd(text string) int {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		return len(text)
	}
	return end
}

// isCapital reports whether a word is made of capitals alone, two or more.
func isCapital(word string) bool {
	return utf8.RuneCountInString(word) > 1 &&
		!strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsUpper(r) })
}
