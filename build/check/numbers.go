package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// reference is a character reference: its digits say nothing to readers.
var reference = regexp.MustCompile(`&#?[0-9A-Za-z]+;|\b[0-9]+-[0-9][0-9-]*`)

// withoutNumbers puts hyphens in place of what is no figure though it has
// digits: telephone numbers, dates, ranges and character references.
func withoutNumbers(text string) string {
	text = reference.ReplaceAllStringFunc(markdown.WithoutDialled(text), func(s string) string {
		return strings.Repeat("-", len(s))
	})
	return text
}

// isLimit reports whether a text before a number says that somebody sets it:
// ≥ 95 %.
func isLimit(before string) bool {
	before = strings.TrimRight(before, " \u00A0")
	for _, sign := range []string{"≥", "≤", ">=", "<=", ">", "<"} {
		if strings.HasSuffix(before, sign) {
			return true
		}
	}
	return false
}

// isName reports whether the number at text[at[0]:at[1]] names something
// instead of counting it, or is set and not found out: ISO 40500, art. 250,
// #3698, Heath 1908:300, a 4096-bit key, 600000ms, 10 * 1000.
func isName(text string, at []int, lang *site.Language) bool {
	before, after := text[:at[0]], text[at[1]:]
	if markdown.BindsNumber(lang, before) || strings.HasSuffix(before, "#") || strings.HasSuffix(before, ":") {
		return true
	}
	if rest, ok := strings.CutPrefix(after, "-"); ok && startsWithLetter(rest) {
		return true
	}
	if lang.Characters && slices.ContainsFunc(lang.Typography.BeforeNumber, func(word string) bool {
		return strings.HasPrefix(strings.TrimLeft(after, " "), word) // 端口 names what is before it, too
	}) {
		return true
	}
	if end := wordEnd(after); utf8.RuneCountInString(after[:end]) > 1 && after[:end] == strings.ToLower(after[:end]) &&
		after[0] < utf8.RuneSelf {
		return true
	}
	if sign, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " ")); strings.ContainsRune("*×=^", sign) {
		return true
	}
	word := before[strings.LastIndexFunc(strings.TrimRight(before, " \u00A0-"), func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	word = strings.TrimRight(word, " \u00A0-")
	return utf8.RuneCountInString(word) > 1 && word == strings.ToUpper(word) && word != strings.ToLower(word)
}
