// Package zipfile writes ZIP archives whose bytes depend on nothing but what
// is in them: names, contents and the day of their edition. Contents are
// compressed once and may stand in any number of archives.
package zipfile

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
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
	return packed(content, b.Bytes(), zip.Deflate)
}

// Store takes a content as it is. It keeps the slice.
func Store(content []byte) Packed {
	return packed(content, content, zip.Store)
}

func packed(content, data []byte, method uint16) Packed {
	return Packed{data, uint64(len(content)), sha256.Sum256(content), crc32.ChecksumIEEE(content), method}
}

// Sum returns a sum of the names and contents of files.
func Sum(files []File) [sha256.Size]byte {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%x %s\n", f.sum, f.Name)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// Write writes an archive of files in the order given, each with its time in
// the edition: see output.Time. Programs that unpack take it for their local
// time. It returns errors of w, and one for a name that occurs twice.
func Write(w io.Writer, edition time.Time, files []File) error {
	z := zip.NewWriter(w)
	taken := make(map[string]bool, len(files))
	for _, f := range files {
		if taken[f.Name] {
			return fmt.Errorf("two files of an archive are called %s", f.Name)
		}
		taken[f.Name] = true
		date, clock := dos(output.Time(edition, f.sum))
		h := &zip.FileHeader{Name: f.Name, Method: f.method, CRC32: f.crc,
			CompressedSize64: uint64(len(f.data)), UncompressedSize64: f.size,
			CreatorVersion: 20, ReaderVersion: 20, Flags: utf8Names, ModifiedDate: date, ModifiedTime: clock}
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

// dos is a time as ZIP writes it (APPNOTE 4.4.6): of the years 1980 to 2107, in
// steps of two seconds, without a zone.
func dos(t time.Time) (date, clock uint16) {
	return uint16(t.Day() + int(t.Month())<<5 + (t.Year()-1980)<<9), uint16(t.Second()/2 + t.Minute()<<5 + t.Hour()<<11)
}
