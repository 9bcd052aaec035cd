package letters

import (
	"testing"
	"unicode"
)

// A character's class is what package unicode says of it.
func TestClassOf(t *testing.T) {
	for r := rune(-2); r < 0x20000; r++ {
		c := ClassOf(r)
		for name, same := range map[string]bool{
			"a letter":  (c&Letter != 0) == unicode.IsLetter(r),
			"a capital": (c&Upper != 0) == unicode.IsUpper(r),
			"a digit":   (c&Digit != 0) == unicode.IsDigit(r),
			"a space":   (c&Space != 0) == unicode.IsSpace(r),
			"Han":       (c&Han != 0) == unicode.Is(unicode.Han, r),
		} {
			if !same {
				t.Errorf("%U is said to be otherwise %s", r, name)
			}
		}
	}
}
