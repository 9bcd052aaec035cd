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
		if i%20 == 19 {
			b.WriteString("\n")
		}
	}
	was := b.Bytes()
	is := bytes.Replace(was, []byte("Line 40,"), []byte("Line 49,"), 1)
	if got, err := DeflatePieces(is).Bytes(); err != nil || !bytes.Equal(got, is) {
		t.Fatalf("it unpacks to something else: %v", err)
	}
	changed := func(compress func([]byte) []byte) int {
		p, q := compress(was), compress(is)
		from, to := 0, 8 // of .gz, which end with a sum
		for from < len(p) && from < len(q) && p[from] == q[from] {
			from++
		}
		for to < len(p)-from && to < len(q)-from && p[len(p)-1-to] == q[len(q)-1-to] {
			to++
		}
		return 100 * (len(q) - from - to) / len(q)
	}
	for _, f := range Forms {
		if n := changed(f.CompressPieces); n > 25 {
			t.Errorf("%s: a digit changes %d %% of the pieces", f.Ext, n)
		}
		if n := changed(f.Compress); n < 50 {
			t.Errorf("%s: a digit changes %d %% of what is not in pieces: this test shows nothing", f.Ext, n)
		}
	}
}
