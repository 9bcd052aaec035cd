package markdown

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"testing/quick"

	"github.com/yuin/goldmark/ast"
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

// A link that was led elsewhere does not change the words of its passage, whenever they are asked for.
func TestHashIsOfWhatIsWritten(t *testing.T) {
	const text = "## Our kite\n\nSee [the kite](#our-kite).\n"
	before, after := Parse("a.md", []byte(text), 0), Parse("a.md", []byte(text), 0)
	after.LeadToPlaces(func() []string { return []string{"kite"} })
	want := before.Passages()[1].Hash()
	if got := after.Passages()[1].Hash(); got != want {
		t.Errorf("the hash is %s, and was %s before the link was led to its place", got, want)
	}
	if link := after.Passages()[1].Node.FirstChild().NextSibling().(*ast.Link); string(link.Destination) != "#kite" {
		t.Errorf("the link leads to %s", link.Destination)
	}
}
