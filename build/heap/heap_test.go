package heap

import "testing"

func TestLimit(t *testing.T) {
	for _, c := range []struct{ live, want int64 }{ // MiB
		{0, 120}, {44, 120}, {72, 120}, {100, 165}, {400, 660}} {
		if got := (limit(c.live<<20) + 1<<19) >> 20; got != c.want {
			t.Errorf("with %d MiB live a build may use %d MiB, want %d", c.live, got, c.want)
		}
	}
}
