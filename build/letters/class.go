package letters

import (
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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
	Loose // what stands before it may change it, so that a text with it may not be in NFC
)

// ClassOf returns what a character is.
func ClassOf(r rune) Class {
	if 0 <= r && r < rune(len(ascii)) {
		return ascii[r]
	}
	return classBeyond(r)
}

// Small returns how many bytes of a text that begins within a word are letters, none of them capital, and how many
// letters these are. The text is UTF-8.
func Small(text string) (size, count int) {
	for size < len(text) {
		r, n := rune(text[size]), 1
		switch {
		case r < utf8.RuneSelf:
		case r < 0xE0 && size+1 < len(text):
			r, n = r&0x1F<<6|rune(text[size+1]&0x3F), 2
		default:
			r, n = utf8.DecodeRuneInString(text[size:])
		}
		if ClassOf(r)&(Letter|Upper) != Letter {
			return size, count
		}
		size, count = size+n, count+1
	}
	return size, count
}

// ascii holds the classes of the characters that are quickest to look up.
var ascii = func() (list [128]Class) {
	for r := range list {
		list[r] = classOf(rune(r))
	}
	return list
}()

func classBeyond(r rune) Class {
	if uint32(r) < 0x10000 {
		if block := classes[r>>8].Load(); block != nil {
			return block[r&0xFF]
		}
	}
	return classFirst(r)
}

// classes holds the classes of each 256 characters, worked out when they are
// first met.
var classes [256]atomic.Pointer[[256]Class]

func classFirst(r rune) Class {
	if uint32(r) >= 0x10000 {
		return classOf(r)
	}
	var block [256]Class
	for i := range block {
		block[i] = classOf(r&^0xFF + rune(i))
	}
	classes[r>>8].Store(&block)
	return block[r&0xFF]
}

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
		{Loose, !norm.NFC.PropertiesString(string(r)).BoundaryBefore() || !norm.NFC.IsNormalString(string(r))},
	} {
		if is.true {
			c |= is.class
		}
	}
	return c
}
