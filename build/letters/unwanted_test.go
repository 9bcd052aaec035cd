package letters

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The quick looks at characters miss none that the slow ones find.
func TestUnwantedIsSeen(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		name, _ := Unwanted(0, r, 0)
		if name != "" && r >= utf8.RuneSelf && !MayBeUnwanted(r) {
			t.Errorf("%s (U+%04X) is not looked at", name, r)
		}
		for _, before := range []string{"", "a", "é", "我", "🛟"} {
			text := []byte(before + string(r) + "z")
			switch at := NextUnwanted(text, 0); {
			case !utf8.ValidRune(r):
			case name != "" && at != len(before):
				t.Errorf("%s (U+%04X) is passed over behind %q", name, r, before)
			case !MayBeUnwanted(r) && at != len(text):
				t.Errorf("U+%04X is looked at behind %q", r, before)
			}
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
