package render

import "testing"

// Sizes are told in two digits, and never as less than they are.
func TestAbout(t *testing.T) {
	for n, want := range map[int]int{0: 0, 7: 7, 99: 99, 100: 100, 101: 110, 577: 580, 991: 1000, 3601: 3700,
		3700: 3700} {
		if got := about(n); got != want {
			t.Errorf("%d is told as %d, want %d", n, got, want)
		}
	}
}
