package heap

import "testing"

func TestGrowth(t *testing.T) {
	for _, c := range []struct {
		live uint64 // MiB
		want int    // percent
	}{{0, 150}, {4, 150}, {44, 150}, {55, 100}, {80, soonest}, {400, soonest}} {
		if got := growth(c.live << 20); got != c.want {
			t.Errorf("with %d MiB live the heap may grow by %d %%, want %d", c.live, got, c.want)
		}
	}
}
