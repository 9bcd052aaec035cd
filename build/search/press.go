package search

import (
	"strings"
	"unicode/utf8"
)

// pressed writes lines with one digit in place of what each has in common with
// the beginning of the one before it: how many signs that is. Sorted keys
// have much in common.
func pressed(text string) string {
	var b strings.Builder
	last := ""
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		if line == "" {
			continue
		}
		signs, bytes := common(last, line)
		b.WriteByte(digits[signs])
		b.WriteString(line[bytes:])
		last = line
	}
	return b.String()
}

// common returns how long the beginning is that two lines have in common: no
// longer than a digit says, and without signs that are two of a script's.
func common(a, b string) (signs, bytes int) {
	for signs < len(digits)-1 && bytes < len(a) {
		r, size := utf8.DecodeRuneInString(a[bytes:])
		if r > 0xFFFF || !strings.HasPrefix(b[bytes:], a[bytes:bytes+size]) {
			break
		}
		signs++
		bytes += size
	}
	return signs, bytes
}

// expanded undoes pressed.
func expanded(text string) string {
	var b strings.Builder
	last := ""
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		if line == "" {
			continue
		}
		signs, bytes := strings.IndexByte(digits, line[0]), 0
		for range signs {
			_, size := utf8.DecodeRuneInString(last[bytes:])
			bytes += size
		}
		last = last[:bytes] + line[1:]
		b.WriteString(last)
	}
	return b.String()
}
