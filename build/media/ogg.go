package media

import (
	"bytes"
	"encoding/binary"
)

// page is a page of an Ogg stream (RFC 3533).
type page struct{ all, body []byte }

// pages returns the pages of a stream, and whether it could be read to its end.
func pages(data []byte) (list []page, whole bool) {
	const head = 27
	for len(data) > 0 {
		if len(data) < head || string(data[:4]) != "OggS" || len(data) < head+int(data[26]) {
			return list, false
		}
		from, size := head+int(data[26]), 0
		for _, n := range data[head:from] {
			size += int(n)
		}
		if len(data) < from+size {
			return list, false
		}
		list = append(list, page{data[:from+size], data[from : from+size]})
		data = data[from+size:]
	}
	return list, true
}

// stripOgg puts an empty list of remarks (RFC 7845, 5.2) in the place of the one that is there.
func stripOgg(data []byte) []byte {
	list, whole := pages(data)
	if !whole || len(list) < 3 || !bytes.HasPrefix(list[1].body, []byte("OpusTags")) {
		return data
	}
	after := 2
	for after < len(list) && list[after].all[5]&1 != 0 { // the remarks go on
		after++
	}
	out := bytes.Clone(list[0].all)
	empty := append(bytes.Clone(list[1].all[:26]), 1, 16)
	empty[5] = 0
	empty = append(empty, "OpusTags\x00\x00\x00\x00\x00\x00\x00\x00"...)
	copy(empty[6:14], make([]byte, 8))
	for i, p := range append([]page{{all: empty}}, list[after:]...) {
		at := len(out)
		out = append(out, p.all...)
		binary.LittleEndian.PutUint32(out[at+18:], uint32(i+1))
		binary.LittleEndian.PutUint32(out[at+22:], 0)
		binary.LittleEndian.PutUint32(out[at+22:], oggSum(out[at:]))
	}
	return out
}

// oggSum is the sum that a page carries: CRC-32 with the highest bit first.
func oggSum(data []byte) (sum uint32) {
	for _, b := range data {
		sum ^= uint32(b) << 24
		for range 8 {
			if sum&(1<<31) != 0 {
				sum = sum<<1 ^ 0x04C11DB7
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}

func lengthOfOgg(data []byte) (int, error) {
	list, whole := pages(data)
	if !whole || len(list) < 3 || len(list[0].body) < 12 || !bytes.HasPrefix(list[0].body, []byte("OpusHead")) {
		return 0, errCut
	}
	const rate = 48000 // of positions in Opus, whatever was recorded
	end, skip := uint64(0), uint64(binary.LittleEndian.Uint16(list[0].body[10:]))
	for _, p := range list {
		if at := binary.LittleEndian.Uint64(p.all[6:]); at != 1<<64-1 {
			end = max(end, at)
		}
	}
	if end <= skip || end > 1<<40 {
		return 0, silent(soundInstead)
	}
	return seconds(end-skip, rate), nil
}
