package pack

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"time"
)

// Writer writes an archive, file by file.
type Writer struct {
	zip   *zip.Writer
	clock Clock
	taken map[string]bool
	sum   hash.Hash
}

// NewWriter begins an archive whose files have the times that clock says.
func NewWriter(w io.Writer, clock Clock) *Writer {
	return &Writer{zip.NewWriter(w), clock, map[string]bool{}, sha256.New()}
}

// Add writes the next file, with its time.
// Programs that unpack take it for their local time. Add returns errors of the
// writer, and one for a name that was there before.
func (w *Writer) Add(name string, content Packed) error {
	if w.taken[name] {
		return fmt.Errorf("two files of an archive are called %s", name)
	}
	w.taken[name] = true
	fmt.Fprintf(w.sum, "%x %s\n", content.sum, name)
	date, clock := dos(w.clock(name, content.sum))
	part, err := w.zip.CreateRaw(&zip.FileHeader{Name: name, Method: content.method, CRC32: content.crc,
		CompressedSize64: uint64(len(content.data)), UncompressedSize64: content.size,
		CreatorVersion: 20, ReaderVersion: 20, Flags: utf8Names, ModifiedDate: date, ModifiedTime: clock})
	if err == nil {
		_, err = part.Write(content.data)
	}
	return err
}

// Sum returns a sum of the names and contents of the files so far.
func (w *Writer) Sum() [sha256.Size]byte { return [sha256.Size]byte(w.sum.Sum(nil)) }

// Close ends the archive. It returns errors of the writer.
func (w *Writer) Close() error { return w.zip.Close() }

// utf8Names is the flag that says names are UTF-8 (APPNOTE 4.4.4, bit 11).
const utf8Names = 0x800

// dos is a time as ZIP writes it (APPNOTE 4.4.6): of the years 1980 to 2107, in
// steps of two seconds, without a zone.
func dos(t time.Time) (date, clock uint16) {
	return uint16(t.Day() + int(t.Month())<<5 + (t.Year()-1980)<<9), uint16(t.Second()/2 + t.Minute()<<5 + t.Hour()<<11)
}
