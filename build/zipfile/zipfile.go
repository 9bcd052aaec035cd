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

// File is a Packed content with its name: relative, with slashes.
type File struct {
	Name string
	Packed
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

// Write writes an archive of files in the order given, all of one day. It
// returns errors of w, and one for a name that occurs twice.
func Write(w io.Writer, day time.Time, files []File) error {
	z := zip.NewWriter(w)
	taken := make(map[string]bool, len(files))
	for _, f := range files {
		if taken[f.Name] {
			return fmt.Errorf("two files of an archive are called %s", f.Name)
		}
		taken[f.Name] = true
		h := &zip.FileHeader{Name: f.Name, Method: f.method, CRC32: f.crc, CompressedSize64: uint64(len(f.data)), UncompressedSize64: f.size,
			CreatorVersion: 20, ReaderVersion: 20, Flags: utf8Names, ModifiedDate: dosDate(day)}
		part, err := z.CreateRaw(h)
		if err == nil {
			_, err = part.Write(f.data)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

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
