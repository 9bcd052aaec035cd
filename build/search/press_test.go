package search

import (
	"strings"
	"testing"
)

// What was pressed is expanded to what it was.
func TestPressed(t *testing.T) {
	long := strings.Repeat("a", 100)
	for _, text := range []string{"", "\n", "\na 01\n", "\na 01\nab 02\nabc 1\nb 01\n", "\n" + long + " 0\n" + long + "b 0\n",
		"\n\U00020000 0\n\U00020000x 1\n", "\nсмерт 0\nсмерть 1\n", "\n性侵 01\n性关 02\n"} {
		if got := expanded(pressed(text)); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got, want := pressed("\nab 01\nabc 02\n"), "\n0ab 01\n2c 02\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
