// Package zipfile writes ZIP archives whose bytes depend on nothing but what
// is in them: names, contents and one date. Contents are compressed once and
// may stand in any number of archives.
package zipfile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"sync"
	"time"

	"github.com/klauspost/compress/flate"
)

// Packed is a content as it lies in archives.
type Packed struct {
	data   []byte
	size   uint64
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
	return Packed{b.Bytes(), uint64(len(content)), crc32.ChecksumIEEE(content), zip.Deflate}
}

// Store takes a content as it is. It keeps the slice.
func Store(content []byte) Packed {
	return Packed{content, uint64(len(content)), crc32.ChecksumIEEE(content), zip.Store}
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

// Writer writes an archive, file by file, all of one day.
type Writer struct {
	zip   *zip.Writer
	day   time.Time
	taken map[string]bool
}

// NewWriter begins an archive.
func NewWriter(w io.Writer, day time.Time) *Writer {
	return &Writer{zip.NewWriter(w), day, map[string]bool{}}
}

// Add writes the next file. It returns errors of the writer, and one for a
// name that was there before.
func (w *Writer) Add(name string, content Packed) error {
	if w.taken[name] {
		return fmt.Errorf("two files of an archive are called %s", name)
	}
	w.taken[name] = true
	part, err := w.zip.CreateRaw(&zip.FileHeader{Name: name, Method: content.method, CRC32: content.crc,
		CompressedSize64: uint64(len(content.data)), UncompressedSize64: content.size,
		CreatorVersion: 20, ReaderVersion: 20, Flags: utf8Names, ModifiedDate: dosDate(w.day)})
	if err == nil {
		_, err = part.Write(content.data)
	}
	return err
}

// Close ends the archive. It returns errors of the writer.
func (w *Writer) Close() error { return w.zip.Close() }

// utf8Names is the flag that says names are UTF-8 (APPNOTE 4.4.4, bit 11).
const utf8Names = 0x800

// dosDate is a day as ZIP writes it (APPNOTE 4.4.6). It knows none before 1980
// or after 2107.
func dosDate(t time.Time) uint16 {
	switch {
	case t.Year() < 1980:
		t = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	case t.Year() > 2107:
		t = time.Date(2107, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return uint16(t.Day() + int(t.Month())<<5 + (t.Year()-1980)<<9)
}
