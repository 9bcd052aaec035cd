package markdown

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"testing/quick"

	"golang.org/x/text/unicode/norm"
)

// The hash of words is that of their normal form with a space between them, whatever
// white space stands there: records of all sites were written so.
func TestHashOf(t *testing.T) {
	is := func(words string) bool {
		sum := sha256.Sum256([]byte(norm.NFC.String(strings.Join(strings.Fields(words), " "))))
		if got, want := HashOf(words), hex.EncodeToString(sum[:4]); got != want {
			t.Errorf("HashOf(%q) = %s, want %s", words, got, want)
		}
		return !t.Failed()
	}
	for _, words := range []string{"", " ", "Our kite", " Our\u00a0 kite\n", "l’e\u0301cole\u2003\u3000我们 \u0085",
		"\u0301 بَّ  \x00 \xff", "\xc2\x85 \xe2\x80"} {
		is(words)
	}
	both := func(words string, more []byte) bool { return is(words) && is(string(more)) }
	if err := quick.Check(both, nil); err != nil {
		t.Error(err)
	}
	if got := HashOf("Our kite"); got != "0b7935ef" {
		t.Errorf("HashOf(Our kite) = %s, as sha256sum does not say", got)
	}
}
