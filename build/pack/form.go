package pack

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"path"
	"slices"
	"sync"

	"github.com/andybalholm/brotli"
)

// Form is a way to keep a file compressed beside itself, so that a server sends it
// without compressing it anew each time.
type Form struct {
	Ext              string // .gz or .br: what the name of the file is followed by
	compress, pieces func(content []byte) []byte
}

// Forms are all there are. What they make depends on nothing but the content.
var Forms = []Form{
	{".gz", func(content []byte) []byte { return Deflate(content).gzip() },
		func(content []byte) []byte { return DeflatePieces(content).gzip() }},
	{".br", func(content []byte) []byte { return brotliBest(content, nil) },
		func(content []byte) []byte { return brotliBest(content, EndsPiece) }},
}

// worth are the extensions of files that become smaller; others are compressed
// already.
var worth = []string{".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"}

// Worth reports whether a file of a name is worth compressing.
func Worth(name string) bool { return slices.Contains(worth, path.Ext(name)) }

// Compress returns a content in this form, nil when it gains less than a tenth.
func (f Form) Compress(content []byte) []byte { return gained(content, f.compress(content)) }

// CompressPieces compresses a content as Compress does, but in pieces, as DeflatePieces
// does.
func (f Form) CompressPieces(content []byte) []byte { return gained(content, f.pieces(content)) }

func gained(content, data []byte) []byte {
	if len(data) <= len(content)*9/10 {
		return data
	}
	return nil
}

// brotlis are used again, because each begins with some megabytes of tables.
var brotlis = sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, brotli.BestCompression) }}

// brotliBest compresses a content; ends says of a line whether a piece ends with it,
// nil for one piece.
func brotliBest(content []byte, ends func(line []byte) bool) []byte {
	var b bytes.Buffer
	w := brotlis.Get().(*brotli.Writer)
	defer brotlis.Put(w)
	w.Reset(&b)
	if ends == nil {
		ends = func([]byte) bool { return false }
	}
	for line := range bytes.Lines(content) {
		w.Write(line) // a buffer does not fail
		if ends(line) {
			w.Flush()
		}
	}
	w.Close()
	return b.Bytes()
}

// gzipHead is the header of RFC 1952: deflated, without name and time, from a
// system that is not told.
var gzipHead = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}

// gzip returns a content that is deflated as a file of gzip.
func (p Packed) gzip() []byte {
	if p.method != zip.Deflate {
		return p.data // no smaller
	}
	b := slices.Concat(gzipHead, p.data)
	b = binary.LittleEndian.AppendUint32(b, p.crc)
	return binary.LittleEndian.AppendUint32(b, uint32(p.size))
}

// Gzipped returns what Deflate would of a content with this sum, from what the form
// .gz made of it.
func Gzipped(data []byte, sum [sha256.Size]byte) Packed {
	end := len(data) - 8
	return Packed{data: data[len(gzipHead):end], size: uint64(binary.LittleEndian.Uint32(data[end+4:])), sum: sum,
		crc: binary.LittleEndian.Uint32(data[end:]), method: zip.Deflate}
}
