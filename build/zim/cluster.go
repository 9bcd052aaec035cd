package zim

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"sync"

	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/parallel"

	"github.com/klauspost/compress/zstd"
)

// clusterSize is about how many bytes a cluster holds. A device unpacks a
// cluster up to the page it shows; more bytes would hardly pack better.
const clusterSize = 1 << 20

// How a cluster is kept, as its first byte says.
const (
	raw    = 1
	packed = 5 // with zstd
)

// cluster is a number of entries that are compressed together.
type cluster struct {
	kept    byte
	dirents []*dirent   // until it is compressed: then records are sorted anew
	first   int         // where its first content begins, once compressed
	span    output.Span // where it waits, once compressed
}

// clusters puts all content into clusters, each of one namespace, one name and
// one way to be kept, which follow those of the list.
func (dir directory) clusters(list []cluster) []cluster {
	var content []*dirent
	for i := range dir {
		if dir[i].redirect() == "" {
			content = append(content, &dir[i])
		}
	}
	kin := func(a, b *dirent) int {
		return cmp.Or(cmp.Compare(a.space, b.space), strings.Compare(a.Cluster, b.Cluster), cmp.Compare(a.kept(), b.kept()))
	}
	slices.SortStableFunc(content, kin)

	size := 0
	for i, d := range content {
		if i == 0 || kin(content[i-1], d) != 0 || size > 0 && size+d.size() > clusterSize {
			list = append(list, cluster{kept: d.kept()})
			size = 0
		}
		c := &list[len(list)-1]
		d.cluster, d.blob = uint32(len(list)-1), uint32(len(c.dirents))
		c.dirents = append(c.dirents, d)
		size += d.size()
	}
	return list
}

// kept tells whether content is worth compressing, by its MIME type.
func (d *dirent) kept() byte {
	kind, _, _ := strings.Cut(d.MIME, ";")
	switch {
	case strings.HasPrefix(kind, "text/"), strings.HasSuffix(kind, "+xml"), strings.HasSuffix(kind, "+json"):
		return packed
	}
	switch kind {
	case "application/javascript", "application/json", "application/xml":
		return packed
	}
	return raw
}

// offsets is how many bytes say where the blobs are.
func (c *cluster) offsets() int { return 4 * (len(c.dirents) + 1) }

// appendOffsets writes where each blob begins, counted from these numbers, and
// where the last one ends.
func (c *cluster) appendOffsets(b []byte) []byte {
	at := uint32(c.offsets())
	for _, d := range c.dirents {
		b = binary.LittleEndian.AppendUint32(b, at)
		at += uint32(d.size())
	}
	return binary.LittleEndian.AppendUint32(b, at)
}

// compress compresses all clusters, on as many cores as there are. What an
// encoder makes of a cluster depends on that cluster alone.
func compress(clusters []cluster, scratch *output.Scratch) error {
	return parallel.Each(context.Background(), 0, len(clusters), func() func(i int) error {
		return func(i int) error {
			slots <- struct{}{}
			defer func() { <-slots }()
			e := encoders.Get().(*encoder)
			defer encoders.Put(e)
			c := &clusters[i]
			data, err := e.encode(c)
			if err == nil {
				c.span, err = scratch.Keep(data)
			}
			c.first, c.dirents = 1+c.offsets(), nil
			return err
		}
	})
}

// encoder is used again, because it begins with some megabytes of tables.
type encoder struct {
	zstd        *zstd.Encoder
	buf, packed []byte
}

// encoders are used by as many goroutines at a time as there are cores, for all
// books together.
var (
	encoders = sync.Pool{New: func() any { return newEncoder() }}
	slots    = make(chan struct{}, runtime.GOMAXPROCS(0))
)

func newEncoder() *encoder {
	// The file has a sum of its own. What is fixed here fixes the bytes.
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithWindowSize(clusterSize), zstd.WithLowerEncoderMem(true), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
	if err != nil {
		panic(err) // the options are known
	}
	return &encoder{zstd: z}
}

// encode returns a cluster as it is in the file; the bytes are valid until the
// next call.
func (e *encoder) encode(c *cluster) ([]byte, error) {
	e.buf = append(e.buf[:0], c.kept)
	e.buf = c.appendOffsets(e.buf)
	for _, d := range c.dirents {
		data, err := d.content()
		if err != nil {
			return nil, err
		}
		e.buf = append(e.buf, data...)
	}
	if c.kept == raw {
		return e.buf, nil
	}
	if c.dirents[0].Pieces {
		return e.pieces(e.buf[1:])
	}
	e.packed = e.zstd.EncodeAll(e.buf[1:], append(e.packed[:0], packed))
	return e.packed, nil
}

// pieces packs a cluster so that a change in it changes a piece.
func (e *encoder) pieces(content []byte) ([]byte, error) {
	b := bytes.NewBuffer(append(e.packed[:0], packed))
	e.zstd.Reset(b)
	for line := range bytes.Lines(content) {
		_, err := e.zstd.Write(line)
		if err == nil && pack.EndsPiece(line) {
			err = e.zstd.Flush()
		}
		if err != nil {
			return nil, err
		}
	}
	err := e.zstd.Close()
	e.packed = b.Bytes()
	return e.packed, err
}
