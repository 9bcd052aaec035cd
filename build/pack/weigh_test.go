package pack

import (
	"compress/gzip"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

func TestWeight(t *testing.T) {
	text := []byte(strings.Repeat("You can always ask for help. ", 400))
	if n := Weight(text); n < 30 || n > 300 {
		t.Errorf("%d bytes of one sentence deflate to %d", len(text), n)
	}
	std := func(data []byte) int {
		var n counter
		w, _ := gzip.NewWriterLevel(&n, 6)
		w.Write(data)
		w.Close()
		return int(n)
	}
	noise := make([]byte, 20000)
	r := rand.New(rand.NewPCG(5, 6))
	for i := range noise {
		noise[i] = byte(r.IntN(24)) + 'a'
	}
	for _, data := range [][]byte{nil, []byte("x"), noise, text} {
		got, want := Weight(data), std(data)
		if got > want*105/100+20 || got < want*9/10-20 {
			t.Errorf("%d bytes deflate to %d here and %d with the standard library", len(data), got, want)
		}
	}
	var wg sync.WaitGroup
	want := Weight(noise)
	for range 8 {
		wg.Go(func() {
			if got := Weight(noise); got != want {
				t.Errorf("%d, then %d", want, got)
			}
		})
	}
	wg.Wait()
}

// All ways to weigh agree, and none says that fits what does not.
func TestWaysToWeighAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		var b strings.Builder
		for letters := 1 + r.IntN(60); b.Len() < 4000; {
			b.WriteString(strings.Repeat(string(rune('A'+r.IntN(letters))), 1+r.IntN(3)))
		}
		data, without := []byte(b.String()), []byte(b.String()[:r.IntN(2000)])
		weight := Weight(data)
		w := NewWeigher()
		w.Write(data[:100])
		w.Write(data[100:])
		if w.Size() != len(data) || w.Weight() != weight {
			t.Errorf("written in two parts, %d bytes of weight %d are other ones", len(data), weight)
		}
		if !Fits(data, weight) || Fits(data, weight-1) {
			t.Errorf("a weight of %d does not fit just so", weight)
		}
		rest := Weight(data[len(without):])
		if limit := rest - 1; SurelyFits(data, without, limit) {
			t.Errorf("a weight of %d surely fits into %d", rest, limit)
		}
		if !SurelyFits(data, without, len(data)-len(without)) {
			t.Error("bytes do not surely fit where they do as they are")
		}
	}
}

func BenchmarkWeight(b *testing.B) {
	data := []byte(strings.Repeat("You can always ask for help. Tell someone you trust. ", 300))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Weight(data)
	}
}
