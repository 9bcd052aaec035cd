package markdown

import (
	"unicode"
	"unicode/utf8"
)

// Texts that are written without spaces between words have one rule for what
// stands beside Latin letters and numbers, whatever their writers typed: no
// space, neither there nor beside a full-width mark; and full-width brackets
// round what is written in Han.

// dropsSpace reports whether a space between two characters goes.
func dropsSpace(before, after rune) bool {
	return isWideMark(before) || isWideMark(after) ||
		unicode.Is(unicode.Han, before) && isNarrow(after) || isNarrow(before) && unicode.Is(unicode.Han, after)
}

// Gap returns the space between a text and what follows it: none after a
// full-width mark.
func Gap(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(text); isWideMark(last) {
		return ""
	}
	return " "
}

// isWideMark reports whether r is a full-width mark, which brings a space of its
// own.
func isWideMark(r rune) bool {
	return '\u3001' <= r && r <= '\u3011' && r != '\u3003' && r != '\u3005' && r != '\u3006' && r != '\u3007' ||
		'\uFF01' <= r && r <= '\uFF5E' && unicode.IsPunct(r)
}

// isNarrow reports whether r is a letter or digit that stands narrow beside Han.
func isNarrow(r rune) bool { return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// bracket sets the bracket at src[i], full-width round Han, and returns how many
// bytes it took.
func (t *typesetter) bracket(k *ink, src []byte, i int) int {
	wide, mark := false, "）"
	switch {
	case src[i] == '(':
		wide, mark = t.holdsHan(src, i), "（"
		t.wide = append(t.wide, wide)
	case len(t.wide) > 0:
		wide = t.wide[len(t.wide)-1]
		t.wide = t.wide[:len(t.wide)-1]
	}
	if !wide {
		k.string(string(src[i]))
		return 1
	}
	if t.before(src, i) == ' ' {
		k.takeBack(" ")
	}
	k.string(mark)
	if i+1 < len(src) && src[i+1] == ' ' {
		return 2
	}
	return 1
}

// holdsHan reports whether the bracket that opens at src[i] stands round Han, as
// far as the text goes.
func (t *typesetter) holdsHan(src []byte, i int) bool {
	depth := 0
	for at := i; at < len(src); {
		r, n := utf8.DecodeRune(src[at:])
		switch {
		case r == '(':
			depth++
		case r == ')':
			if depth--; depth == 0 {
				return false
			}
		case unicode.Is(unicode.Han, r):
			return true
		}
		at += n
	}
	return unicode.Is(unicode.Han, t.next)
}
