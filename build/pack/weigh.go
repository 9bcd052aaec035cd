package pack

import (
	"math"

	"github.com/klauspost/compress/flate"
)

// overhead is what gzip adds to what it deflates: a header and a trailer (RFC 1952).
const overhead = 10 + 8

// Weight returns how many bytes a server that compresses with gzip sends for
// data.
func Weight(data []byte) int {
	n := counter(overhead)
	deflate(deflaters, &n, data)
	return int(n)
}

// Fits reports whether the Weight of data is at most limit. It is cheaper than
// Weight for what is far within.
func Fits(data []byte, limit int) bool {
	if len(data) <= limit {
		return true
	}
	n := counter(overhead)
	deflate(hasty, &n, data)
	return int(n) <= limit || Weight(data) <= limit
}

// SurelyFits reports whether data without some part of it surely weighs at most
// limit bytes, from how often each byte occurs. It says no when it cannot tell,
// but takes a tenth of the time of compressing.
//
// Huffman's code takes at most the share of the commonest byte and 0.0861 bits
// a byte more than the entropy (Gallager 1978), Deflate's tables less than 320
// bytes.
func SurelyFits(data, without []byte, limit int) bool {
	if len(data)-len(without) <= limit {
		return true
	}
	var count [256]int
	for _, c := range data {
		count[c]++
	}
	for _, c := range without {
		count[c]--
	}
	n := float64(len(data) - len(without))
	bits, most := 0.0, 0
	for _, times := range count {
		if times > 0 {
			bits += float64(times) * math.Log2(n/float64(times))
			most = max(most, times)
		}
	}
	bits += float64(most) + 0.0861*n
	return int(bits/8)+320 <= limit
}

// Weigher tells how large what is written to it is, as it is and as a server
// that compresses with gzip sends it.
type Weigher struct {
	size, deflated counter
	flate          *flate.Writer
}

// NewWeigher returns a Weigher that nothing was written to yet.
func NewWeigher() *Weigher {
	w := &Weigher{deflated: overhead, flate: deflaters.Get().(*flate.Writer)}
	w.flate.Reset(&w.deflated)
	return w
}

// Write implements io.Writer. It does not fail.
func (w *Weigher) Write(p []byte) (int, error) {
	w.size.Write(p)
	return w.flate.Write(p)
}

// Size returns how many bytes were written.
func (w *Weigher) Size() int { return int(w.size) }

// Weight returns how many bytes a server sends for them. Nothing can be
// written afterwards.
func (w *Weigher) Weight() int {
	w.flate.Close() // a counter cannot fail
	deflaters.Put(w.flate)
	return int(w.deflated)
}

// counter counts the bytes written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
