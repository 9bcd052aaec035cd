package pack

import (
	"archive/zip"
	"bytes"
	"hash/crc32"

	"github.com/klauspost/compress/flate"
)

// linesInPiece is how many lines a piece has in the middle. Each piece costs some
// 60 bytes.
const linesInPiece = 32

// EndsPiece reports whether a piece ends with a line, which the line itself says: an
// empty one, which layouts leave where what changes often begins and ends, and some others.
func EndsPiece(line []byte) bool {
	return len(bytes.TrimSpace(line)) == 0 || crc32.ChecksumIEEE(line)%linesInPiece == 0
}

// DeflatePieces compresses a content as Deflate does, but in pieces that end at lines
// which the content itself picks: where it changes, the piece does, and what lies
// before and behind keeps its bytes. For what changes often in one place.
func DeflatePieces(content []byte) Packed {
	var b bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&b)
	for line := range bytes.Lines(content) {
		w.Write(line) // a buffer does not fail
		if EndsPiece(line) {
			w.Flush()
		}
	}
	w.Close()
	if b.Len() >= len(content) {
		return Store(content)
	}
	return packed(content, b.Bytes(), zip.Deflate)
}
