package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks of inches and minutes, of feet and hours.
const doublePrime, prime = "″", "′"

// quote sets the straight quotation mark or apostrophe at src[i] and returns
// how many bytes it took. Whether a mark opens or closes is seen from what
// stands beside it, never from how many came before: a stray one turns nothing
// round.
func (t *typesetter) quote(k *ink, src []byte, i int) int {
	before, after := t.before(src, i), t.after(src, i+1)
	if src[i] == '\'' {
		t.single(k, src[i+1:], before, after)
		return 1
	}
	opens := t.mayOpen(before)
	inside := slices.Contains(t.open, '"')
	later := bytes.IndexByte(src[i+1:], '"') >= 0
	switch {
	case unicode.IsDigit(before) && (t.feet || !inside && !(later && unicode.IsLetter(after) && joins(after))):
		k.string(doublePrime)
	case inside && !(opens && beginsWord(after)):
		t.shut(k, '"', before)
	case opens && (later || after != 0 && !unicode.IsSpace(after)), !inside && unicode.IsLetter(after),
		!inside && (later || i+1 == len(src)) && beginsWord(after) && (joins(before) || before == '"' || before == '\''):
		t.open = append(t.open, '"')
		outer, _ := t.marks('"')
		return 1 + t.begin(k, outer, after)
	default:
		k.escaped(`"`)
	}
	t.feet = false
	return 1
}

// single sets an apostrophe, a mark of feet or minutes, or a single quotation
// mark, before the rest of a text.
func (t *typesetter) single(k *ink, rest []byte, before, after rune) {
	inside := slices.Contains(t.open, '\'')
	quoting := joins(before) || unicode.Is(unicode.Arabic, before) // no apostrophe follows
	opens := t.mayOpen(before) || unicode.IsPunct(before) && before != '"' && before != '\'' || quoting
	switch {
	case unicode.IsLetter(before) && unicode.IsLetter(after) && !quoting && !joins(after):
		k.string("’")
	case unicode.IsDigit(before) && !inside && !unicode.IsLetter(after):
		k.string(prime)
		t.feet = true
	case inside:
		t.shut(k, '\'', before)
	case opens && (after == '"' || beginsWord(after) && !unicode.IsDigit(after) || beginsQuoted(rest, after)):
		t.open = append(t.open, '\'')
		mark, _ := t.marks('\'')
		t.begin(k, mark, after)
	default:
		k.string("’")
	}
}

// beginsQuoted reports whether a digit stands at the start of quoted words, and
// not of a year without its century: '5 days', but '90s. It stands for code and
// for an address when the text ends before it.
func beginsQuoted(rest []byte, after rune) bool {
	if len(rest) == 0 || !unicode.IsDigit(after) {
		return unicode.IsDigit(after)
	}
	for i, c := range rest {
		if c != '\'' || i == 0 {
			continue
		}
		before, _ := utf8.DecodeLastRune(rest[:i])
		next, _ := utf8.DecodeRune(rest[i+1:])
		if unicode.IsLetter(next) && !unicode.IsSpace(before) {
			continue // an apostrophe
		}
		return !unicode.IsSpace(before) && !(len(rest) > 2 && isDigit(rest[1]) && rest[2] == 's')
	}
	return false
}

// marks returns the marks of the language for a straight mark that is open: the
// inner ones for a single mark, and for a double one within another.
func (t *typesetter) marks(mark byte) (open, shut string) {
	depth := 0
	for _, m := range t.open {
		if m == '"' {
			depth++
		}
	}
	if q := &t.lang.Quotes; mark == '"' && depth%2 == 1 {
		return q[0], q[1]
	} else {
		return q[2], q[3]
	}
}

// begin sets an opening mark with its narrow space, and returns how many bytes
// of a space after it that stands for.
func (t *typesetter) begin(k *ink, open string, after rune) int {
	k.string(open)
	t.opened = true
	if !strings.Contains(t.lang.SpaceAfter, open) {
		return 0
	}
	k.string(narrowSpace)
	if after == ' ' || after == '\u00A0' || after == '\u202F' {
		return utf8.RuneLen(after)
	}
	return 0
}

// shut closes a straight mark, and what was opened within it.
func (t *typesetter) shut(k *ink, mark byte, before rune) {
	_, shut := t.marks(mark)
	t.opened = false
	t.open = t.open[:bytes.LastIndexByte(t.open, mark)]
	if strings.Contains(t.lang.SpaceBefore, shut) {
		if before == ' ' || before == '\u00A0' || before == '\u202F' {
			k.takeBack(string(before))
		}
		k.string(narrowSpace)
	}
	k.string(shut)
}

// mayOpen reports whether a mark after this character may open: at the start,
// after a space, a bracket, a dash or another opening mark.
func (t *typesetter) mayOpen(before rune) bool {
	return before == 0 || unicode.IsSpace(before) || unicode.In(before, unicode.Ps, unicode.Pi, unicode.Pd) ||
		before == '/' || (before == '"' || before == '\'') && t.opened
}

// beginsWord reports whether this character may be the first in quotation marks.
func beginsWord(r rune) bool {
	return r != 0 && r != '"' && !unicode.IsSpace(r) && !unicode.In(r, unicode.Pe, unicode.Pf) &&
		!strings.ContainsRune(".,;:!?…،؛؟。，；：！？、", r)
}
