package letters

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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

// Small takes letters up to the first character that is none, or a capital.
func TestSmall(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ {
		size, count := 0, 0
		text := "aя" + string(r) + "жB"
		for _, c := range text {
			if !unicode.IsLetter(c) || unicode.IsUpper(c) {
				break
			}
			size, count = size+utf8.RuneLen(c), count+1
		}
		if gotSize, gotCount := Small(text); gotSize != size || gotCount != count {
			t.Errorf("Small(%q) = %d, %d, want %d, %d", text, gotSize, gotCount, size, count)
		}
	}
}

// Characters that are not loose are in NFC, whatever stands before them.
func TestLoose(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ {
		if ClassOf(r)&Loose != 0 || !utf8.ValidRune(r) {
			continue
		}
		for _, before := range "aeo가ᄀا\u0301กक" {
			if text := string(before) + string(r); norm.NFC.String(text) != text && norm.NFC.IsNormalString(string(before)) {
				t.Errorf("%+q is not in NFC, and U+%04X is said to be no reason", text, r)
			}
		}
	}
}

func TestLower(t *testing.T) {
	for r := rune(-2); r < 0x20000; r++ {
		if got, want := Lower(r), unicode.ToLower(r); got != want {
			t.Errorf("%U becomes %U, want %U", r, got, want)
		}
	}
	for _, text := range []string{"", "Ab Élève МСЭ İK ﬁ中😀", "a\xffB", "ǅ\uFFFD"} {
		if got, want := string(AppendLower(nil, text)), strings.ToLower(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
