package letters

import (
	"fmt"
	"strings"
)

// dense are the scripts that write without spaces between words: Thai and Lao,
// Burmese, Khmer, Kana, Han.
var dense = []struct{ from, to rune }{
	{'\u0E00', '\u0EFF'}, {'\u1000', '\u109F'}, {'\u1780', '\u17FF'},
	{'\u3040', '\u30FF'}, {'\u3400', '\u4DBF'}, {'\u4E00', '\u9FFF'},
}

// IsDense reports whether a character is of a script that writes without
// spaces between words.
func IsDense(r rune) bool {
	if r < '\u0E00' || '\u4E00' <= r && r <= '\u9FFF' {
		return r >= '\u0E00' // most are one of these
	}
	for _, d := range dense {
		if d.from <= r && r <= d.to {
			return true
		}
	}
	return false
}

// DenseClass returns the characters of IsDense as a class of a regular
// expression has them, without its brackets.
func DenseClass() string {
	var b strings.Builder
	for _, d := range dense {
		fmt.Fprintf(&b, "%c-%c", d.from, d.to)
	}
	return b.String()
}
