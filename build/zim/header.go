package zim

import "encoding/binary"

const (
	headerSize = 80
	magic      = 0x044D495A // "ZIM\x04"
	version    = 1<<16 | 6  // 6.1
	none       = 1<<32 - 1
)

// header is what a file begins with: how many, and where.
type header struct {
	uuid            [16]byte
	entries         uint32
	clusters        uint32
	pathPointers    uint64
	titles          uint64
	clusterPointers uint64
	main            uint32 // index of the record of W/mainPage
	size            uint64 // of all before the MD5 sum
}

func (h *header) append(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, magic)
	b = le.AppendUint32(b, version)
	b = append(b, h.uuid[:]...)
	b = le.AppendUint32(b, h.entries)
	b = le.AppendUint32(b, h.clusters)
	b = le.AppendUint64(b, h.pathPointers)
	b = le.AppendUint64(b, h.titles)
	b = le.AppendUint64(b, h.clusterPointers)
	b = le.AppendUint64(b, headerSize) // where the MIME types are
	b = le.AppendUint32(b, h.main)
	b = le.AppendUint32(b, none) // no layout page
	return le.AppendUint64(b, h.size)
}

// uuid makes a UUID from a hash: of version 8 (RFC 9562), one's own making.
func uuid(sum []byte) (id [16]byte) {
	copy(id[:], sum)
	id[6] = id[6]&0x0F | 0x80
	id[8] = id[8]&0x3F | 0x80
	return id
}
