package pack

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"testing"
)

// A digit changes a piece of what is compressed in pieces, and nearly all of what is not.
func TestDeflatePieces(t *testing.T) {
	var b bytes.Buffer
	for i := range 400 {
		fmt.Fprintf(&b, "<li>Line %d, a place to call: %x</li>\n", i, crc32.ChecksumIEEE([]byte{byte(i), byte(i >> 8)}))
	}
	was := b.Bytes()
	is := bytes.Replace(was, []byte("Line 40,"), []byte("Line 49,"), 1)
	changed := func(deflate func([]byte) Packed) int {
		p, q := deflate(was), deflate(is)
		if got, err := q.Bytes(); err != nil || !bytes.Equal(got, is) {
			t.Fatalf("it unpacks to something else: %v", err)
		}
		from, to := 0, 0
		for from < len(p.data) && from < len(q.data) && p.data[from] == q.data[from] {
			from++
		}
		for to < len(p.data)-from && to < len(q.data)-from && p.data[len(p.data)-1-to] == q.data[len(q.data)-1-to] {
			to++
		}
		return 100 * (len(q.data) - from - to) / len(q.data)
	}
	if n := changed(DeflatePieces); n > 25 {
		t.Errorf("a digit changes %d %% of the pieces", n)
	}
	if n := changed(Deflate); n < 50 {
		t.Errorf("a digit changes %d %% of what is not in pieces: this test shows nothing", n)
	}
}
