package letters

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The quick looks at characters miss none that the slow ones find.
func TestUnwantedIsSeen(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if name, _ := Unwanted(0, r, 0); name != "" && r >= utf8.RuneSelf && !MayBeUnwanted(r) {
			t.Errorf("%s (U+%04X) is not looked at", name, r)
		}
		if MayBeUnwanted(r) && r >= utf8.RuneSelf && !Unwanting[string(r)[0]] {
			t.Errorf("U+%04X begins with a byte that is passed over", r)
		}
	}
	for c, first := range Unwanting {
		if first && c >= utf8.RuneSelf && !utf8.RuneStart(byte(c)) {
			t.Errorf("%#x begins no character", c)
		}
	}
}

// IsNFC says of each character, alone and after a letter, what the tables of Unicode say.
func TestIsNFC(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ {
		for _, before := range []string{"", "e", "и", "ا", "我", "\u064B"} {
			if text := []byte(before + string(r)); IsNFC(text) != norm.NFC.IsNormal(text) {
				t.Fatalf("IsNFC(%q) = %v", text, IsNFC(text))
			}
		}
	}
}
