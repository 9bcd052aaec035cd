package media

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// boxes calls f with the place of the body of each box (ISO 14496-12) in data[from:to], those that hold others first,
// and reports whether all could be read.
func boxes(data []byte, from, to, depth int, f func(name string, from, to int)) bool {
	const deepest = 8
	for at := from; at < to; {
		if to-at < 8 {
			return false
		}
		size, head := uint64(binary.BigEndian.Uint32(data[at:])), 8
		switch size {
		case 0: // to the end
			size = uint64(to - at)
		case 1:
			if to-at < 16 {
				return false
			}
			size, head = binary.BigEndian.Uint64(data[at+8:]), 16
		}
		if size < uint64(head) || size > uint64(to-at) {
			return false
		}
		name, end := string(data[at+4:at+8]), at+int(size)
		f(name, at+head, end)
		if slices.Contains([]string{"moov", "trak", "mdia", "minf", "stbl"}, name) && depth < deepest {
			if !boxes(data, at+head, end, depth+1, f) {
				return false
			}
		}
		at = end
	}
	return true
}

// stripM4A empties the boxes that tell besides what is heard, and the times. All else keeps its place, by which the
// sound is found.
func stripM4A(data []byte) []byte {
	out := bytes.Clone(data)
	whole := boxes(data, 0, len(data), 0, func(name string, from, to int) {
		switch name {
		case "udta", "meta", "uuid":
			at := from - 4
			for string(data[at:at+4]) != name {
				at--
			}
			copy(out[at:], "free")
			clear(out[from:to])
		case "mvhd", "tkhd", "mdhd":
			if times := 4 + 8; to-from > times+8 {
				if data[from] == 1 {
					times += 8
				}
				clear(out[from+4 : from+times])
			}
		}
	})
	if !whole {
		return data
	}
	return out
}

func lengthOfM4A(data []byte) (int, error) {
	var rate, length uint64
	var codes []string
	whole := boxes(data, 0, len(data), 0, func(name string, from, to int) {
		body := data[from:to]
		switch {
		case name == "mvhd" && len(body) >= 20 && body[0] == 0:
			rate, length = uint64(binary.BigEndian.Uint32(body[12:])), uint64(binary.BigEndian.Uint32(body[16:]))
		case name == "mvhd" && len(body) >= 32 && body[0] == 1:
			rate, length = uint64(binary.BigEndian.Uint32(body[20:])), binary.BigEndian.Uint64(body[24:])
		case name == "stsd" && len(body) >= 16:
			codes = append(codes, string(body[12:16]))
		}
	})
	switch {
	case !whole || len(codes) == 0:
		return 0, errCut
	case len(codes) != 1 || codes[0] != "mp4a":
		return 0, &Problem{"is no sound that every device plays: it is a video, or not coded as AAC", "save its sound as " + soundInstead}
	case rate == 0 || length == 0 || length > 1<<40:
		return 0, errSilent
	}
	return seconds(length, rate), nil
}
