package zim

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Read returns what Write was given for a file: the book, and the entries by
// path. Their Cluster and Letters are gone, and a title that is the path is empty. The
// entries share memory with data.
func Read(data []byte) (Book, []Entry, error) {
	f, err := open(data)
	if err == nil {
		err = f.readDirectory()
	}
	if err != nil {
		return Book{}, nil, fmt.Errorf("reading a ZIM file: %w", err)
	}
	var b Book
	var entries []Entry
	for _, d := range f.dir {
		switch {
		case d.space == 'C' && !strings.HasPrefix(d.Path, suggested):
			entries = append(entries, *d.Entry)
		case d.space == 'M' && d.Path == illustration:
			b.Illustration = NewPicture(d.Content)
		case d.space == 'M':
			for _, f := range b.fields() {
				if f.name == d.Path {
					*f.value = string(d.Content)
				}
			}
		case d.space == 'W' && d.Path == mainPage:
			b.Main = d.Redirect
		}
	}
	return b, entries, nil
}

var errPlace = errors.New("it points to what it does not hold")

// reader is a file being read.
type reader struct {
	source
	mimes []string
	blobs [][][]byte // by cluster
	dir   directory
}

func open(data []byte) (*reader, error) {
	f := &reader{source: source{data: data}}
	if f.number(0, 4) != magic || f.number(4, 4) != version {
		return nil, errors.New("it is none, or none of version 6.1")
	}
	size := f.number(72, 8)
	if want, got := f.slice(size, md5.Size), md5.Sum(f.slice(0, size)); !bytes.Equal(got[:], want) {
		return nil, errors.New("its MD5 sum is wrong: it is damaged, or not whole")
	}
	for at := uint64(headerSize); ; {
		mime := f.text(at)
		if mime == "" {
			break
		}
		f.mimes = append(f.mimes, mime)
		at += uint64(len(mime)) + 1
	}
	pointers, count := f.number(48, 8), f.number(28, 4)
	for i := range count {
		begin, end := f.number(pointers+8*i, 8), size
		if i+1 < count {
			end = f.number(pointers+8*i+8, 8)
		}
		blobs, err := unpack(f.slice(begin, end-begin))
		if err != nil {
			return nil, err
		}
		f.blobs = append(f.blobs, blobs)
	}
	return f, f.err
}

// unpack returns the contents that a cluster holds.
func unpack(data []byte) ([][]byte, error) {
	if len(data) == 0 {
		return nil, errPlace
	}
	c := source{data: data[1:]}
	switch data[0] {
	case raw:
	case packed:
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
		if err != nil {
			return nil, err
		}
		defer z.Close()
		if c.data, err = z.DecodeAll(c.data, nil); err != nil {
			return nil, fmt.Errorf("unpacking a cluster: %w", err)
		}
	default:
		return nil, fmt.Errorf("a cluster is packed in a way unknown to us (%d)", data[0])
	}
	var blobs [][]byte
	for at, first := uint64(4), c.number(0, 4); at < first && c.err == nil; at += 4 {
		begin, end := c.number(at-4, 4), c.number(at, 4)
		blobs = append(blobs, c.slice(begin, end-begin))
	}
	return blobs, c.err
}

func (f *reader) readDirectory() error {
	pointers, count := f.number(32, 8), f.number(24, 4)
	if f.slice(pointers, 8*count); f.err != nil {
		return f.err
	}
	f.dir = make(directory, count)
	target := make([]uint64, count)
	for i := range f.dir {
		d, at := &f.dir[i], f.number(pointers+8*uint64(i), 8)
		mime, place := f.number(at, 2), f.number(at+8, 4)
		d.space, d.Entry = byte(f.number(at+3, 1)), &Entry{}
		at += 12
		if mime == redirectMIME {
			target[i] = place
		} else {
			blob := f.number(at, 4)
			if mime >= uint64(len(f.mimes)) || place >= uint64(len(f.blobs)) || blob >= uint64(len(f.blobs[place])) {
				return errPlace
			}
			d.MIME, d.Content = f.mimes[mime], f.blobs[place][blob]
			at += 4
		}
		d.Path = f.text(at)
		d.Title = f.text(at + uint64(len(d.Path)) + 1)
	}
	for i, place := range target {
		if place >= count {
			return errPlace
		}
		if d := &f.dir[i]; d.MIME == "" {
			d.Redirect = f.dir[place].Path
		}
	}
	return f.readFront(count)
}

// readFront marks the entries that are listed as front ones.
func (f *reader) readFront(count uint64) error {
	for _, d := range f.dir {
		if d.space != 'X' || d.Path != listingFront {
			continue
		}
		list := source{data: d.Content}
		for at := range uint64(len(d.Content)) / 4 {
			place := list.number(4*at, 4)
			if place >= count {
				return errPlace
			}
			f.dir[place].Front = true
		}
	}
	return f.err
}

// source is bytes to be read from. What lies beyond their end is read as zeros
// and remembered in err.
type source struct {
	data []byte
	err  error
}

func (s *source) slice(at, n uint64) []byte {
	size := uint64(len(s.data))
	if at > size || n > size-at {
		s.err = errPlace
		return nil
	}
	return s.data[at : at+n : at+n]
}

func (s *source) number(at, size uint64) uint64 {
	var n [8]byte
	copy(n[:], s.slice(at, size))
	return binary.LittleEndian.Uint64(n[:])
}

// text reads up to the next zero byte.
func (s *source) text(at uint64) string {
	if at < uint64(len(s.data)) {
		if n := bytes.IndexByte(s.data[at:], 0); n >= 0 {
			return string(s.data[at : at+uint64(n)])
		}
	}
	s.err = errPlace
	return ""
}
