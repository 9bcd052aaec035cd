package letters

import (
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// Lower returns a character in lower case, as package unicode does.
func Lower(r rune) rune {
	if uint32(r) < 0x10000 {
		if block := lowers[r>>8].Load(); block != nil {
			return block[r&0xFF]
		}
	}
	return lowerFirst(r)
}

// AppendLower appends a text in lower case to buf, as strings.ToLower has it.
func AppendLower(buf []byte, text string) []byte {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			buf = append(buf, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if l := Lower(r); l != r || r == utf8.RuneError {
			buf = utf8.AppendRune(buf, l)
		} else {
			buf = append(buf, text[i:i+n]...)
		}
		i += n
	}
	return buf
}

// lowers holds the lower case of each 256 characters, worked out when they are
// first met.
var lowers [256]atomic.Pointer[[256]rune]

func lowerFirst(r rune) rune {
	if uint32(r) >= 0x10000 {
		return unicode.ToLower(r)
	}
	var block [256]rune
	for i := range block {
		block[i] = unicode.ToLower(r&^0xFF + rune(i))
	}
	lowers[r>>8].Store(&block)
	return block[r&0xFF]
}
