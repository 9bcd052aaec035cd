package letters

import (
	"maps"
	"testing"
)

// What is seen of a character does not depend on how many bytes it has.
func TestSee(t *testing.T) {
	for r := rune(0); r <= 0x10FFFF; r++ {
		if r >= 0xD800 && r <= 0xDFFF { // no characters
			continue
		}
		var want, got Seen
		if r <= 0xFFFF {
			want.blocks[r>>8] = true
		}
		if isSign(r) {
			want.seeSign(r)
		}
		got.See(string(r))
		if got.blocks != want.blocks || !maps.Equal(got.signs, want.signs) {
			t.Fatalf("of U+%04X other is seen", r)
		}
	}
	var s Seen
	for _, torn := range []string{"\xE2", "\xE4\xB8", "\xC3", "\xF0\x9F", "\xFF"} {
		s.See(torn) // nothing breaks
	}
}
