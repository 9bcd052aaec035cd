package pack

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// Compressed files unpack to what they were, are the same each time, and are there
// only where they gain; so are those in pieces.
func TestForms(t *testing.T) {
	readers := map[string]func(io.Reader) (io.Reader, error){
		".gz": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		".br": func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	}
	page := []byte(strings.Repeat("<p>Tell someone you trust. قل لمن تثق به.</p>\n", 200))
	noise := sha256.Sum256(page)
	for _, f := range append(inPieces(), Forms...) {
		data := f.Compress(page)
		if !bytes.Equal(data, f.Compress(page)) {
			t.Errorf("%s: other bytes the second time", f.Ext)
		}
		r, err := readers[f.Ext](bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, page) {
			t.Errorf("%s: %v, %d bytes of %d", f.Ext, err, len(got), len(page))
		}
		for _, poor := range [][]byte{nil, []byte("x"), noise[:]} {
			if data := f.Compress(poor); data != nil {
				t.Errorf("%s: %d bytes become %d", f.Ext, len(poor), len(data))
			}
		}
	}
}

// inPieces are the forms that compress in pieces.
func inPieces() (list []Form) {
	for _, f := range Forms {
		list = append(list, Form{Ext: f.Ext, compress: f.pieces})
	}
	return list
}

// What lies beside a page is the very stream that lies in archives.
func TestDeflatedOnce(t *testing.T) {
	page := bytes.Repeat([]byte("guide "), 999)
	want := Deflate(page)
	got := Gzipped(Forms[0].Compress(page), sha256.Sum256(page))
	if !bytes.Equal(got.data, want.data) || got.crc != want.crc ||
		got.size != want.size || got.sum != want.sum || got.method != want.method {
		t.Errorf("%+v, want %+v", got, want)
	}
}
