// Package zipfile writes ZIP archives whose bytes depend on nothing but what
// is in them: names, contents and the day of their edition. Contents are
// compressed once and may stand in any number of archives.
package zipfile

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"sync"
	"time"

	"fieldguide/build/output"

	"github.com/klauspost/compress/flate"
)

// Packed is a content as it lies in archives.
type Packed struct {
	data   []byte
	size   uint64
	sum    [sha256.Size]byte
	crc    uint32
	method uint16
}

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, 6)
	if err != nil {
		panic(err) // the level is known
	}
	return w
}}

// Deflate compresses a content. It is stored as it is where that is smaller.
func Deflate(content []byte) Packed {
	var b bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	w.Reset(&b)
	_, err := w.Write(content)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a bytes.Buffer does not fail
	}
	deflaters.Put(w)
	if b.Len() >= len(content) {
		return Store(content)
	}
	return packed(content, b.Bytes(), zip.Deflate)
}

// Store takes a content as it is. It keeps the slice.
func Store(content []byte) Packed {
	return packed(content, content, zip.Store)
}

func packed(content, data []byte, method uint16) Packed {
	return Packed{data, uint64(len(content)), sha256.Sum256(content), crc32.ChecksumIEEE(content), method}
}

// Size returns how many bytes the content has, unpacked.
func (p Packed) Size() int { return int(p.size) }

// Data returns the content as it lies in archives.
func (p Packed) Data() []byte { return p.data }

// With returns p with other data: what Data returned, which waited elsewhere.
func (p Packed) With(data []byte) Packed {
	p.data = data
	return p
}

// Bytes returns the content unpacked.
func (p Packed) Bytes() ([]byte, error) {
	if p.method == zip.Store {
		return p.data, nil
	}
	content := make([]byte, p.size)
	_, err := io.ReadFull(flate.NewReader(bytes.NewReader(p.data)), content)
	return content, err
}

// Writer writes an archive, file by file.
type Writer struct {
	zip     *zip.Writer
	edition time.Time
	taken   map[string]bool
	sum     hash.Hash
}

// NewWriter begins an archive of an edition.
func NewWriter(w io.Writer, edition time.Time) *Writer {
	return &Writer{zip.NewWriter(w), edition, map[string]bool{}, sha256.New()}
}

// Add writes the next file, with its time in the edition: see output.Time.
// Programs that unpack take it for their local time. Add returns errors of the
// writer, and one for a name that was there before.
func (w *Writer) Add(name string, content Packed) error {
	if w.taken[name] {
		return fmt.Errorf("two files of an archive are called %s", name)
	}
	w.taken[name] = true
	fmt.Fprintf(w.sum, "%x %s\n", content.sum, name)
	date, clock := dos(output.Time(w.edition, content.sum))
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
