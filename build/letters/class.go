package letters

import (
	"sync"
	"unicode"
)

// Class says what a character is in words. Looking it up takes a fraction of
// what package unicode takes outside Latin, and checks ask for every character
// of every page.
type Class uint8

// What a character can be.
const (
	Letter Class = 1 << iota
	Upper        // a capital letter
	Digit
	Space
	Han
)

// ClassOf returns what a character is.
func ClassOf(r rune) Class {
	if 0 <= r && r < 0x10000 {
		return classes[r>>8]()[r&0xFF]
	}
	return classOf(r)
}

// classes holds the classes of each 256 characters, worked out when they are
// first met.
var classes = func() (blocks [256]func() *[256]Class) {
	for i := range blocks {
		blocks[i] = sync.OnceValue(func() *[256]Class {
			var block [256]Class
			for j := range block {
				block[j] = classOf(rune(i<<8 + j))
			}
			return &block
		})
	}
	return blocks
}()

func classOf(r rune) (c Class) {
	for _, is := range []struct {
		class Class
		true  bool
	}{
		{Letter, unicode.IsLetter(r)},
		{Upper, unicode.IsUpper(r)},
		{Digit, unicode.IsDigit(r)},
		{Space, unicode.IsSpace(r)},
		{Han, unicode.Is(unicode.Han, r)},
	} {
		if is.true {
			c |= is.class
		}
	}
	return c
}
