package media

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// boxes calls f with the depth of each box (ISO 14496-12) in data[from:to] and the place of its body, those that hold
// others first, and reports whether all could be read.
func boxes(data []byte, from, to, depth int, f func(depth int, name string, from, to int)) bool {
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
		f(depth, name, at+head, end)
		if slices.Contains([]string{"moov", "trak", "mdia", "minf", "stbl"}, name) && depth < deepest {
			if !boxes(data, at+head, end, depth+1, f) {
				return false
			}
		}
		at = end
	}
	return true
}

// played are the boxes at the top of a file that it takes to play it.
var played = []string{"ftyp", "styp", "moov", "mdat", "moof", "sidx", "mfra", "pdin", "wide"}

// stripBoxes empties the boxes that tell besides what is heard and seen, the times, and the names of programs and
// devices. All else keeps its place, by which sound and picture are found.
func stripBoxes(data []byte) []byte {
	out := bytes.Clone(data)
	whole := boxes(data, 0, len(data), 0, func(depth int, name string, from, to int) {
		switch {
		case depth == 0 && !slices.Contains(played, name),
			slices.Contains([]string{"udta", "meta", "uuid", "free", "skip"}, name):
			at := from - 4
			for string(data[at:at+4]) != name {
				at--
			}
			copy(out[at:], "free")
			clear(out[from:to])
		case name == "mvhd" || name == "tkhd" || name == "mdhd":
			if times := 4 + 8; to-from > times+8 {
				if data[from] == 1 {
					times += 8
				}
				clear(out[from+4 : from+times])
			}
		case name == "hdlr":
			const named = 24 // what comes before its name
			clear(out[min(from+named, to):to])
		case name == "stsd" && to-from >= 90 && slices.Contains(filmed, string(data[from+12:from+16])):
			clear(out[from+58 : from+90]) // the name of the program that coded it
		}
	})
	if !whole {
		return data
	}
	return out
}

// boxFrame is what the boxes of a file say of what it holds.
type boxFrame struct {
	rate, length uint64
	codes        []string // of its tracks
	holds        []string // what they are: "vide", "soun" …
	whole        bool     // all could be read
}

// moves reports whether there are moving pictures.
func (f boxFrame) moves() bool { return slices.Contains(f.holds, "vide") }

func frameOfBoxes(data []byte) (f boxFrame) {
	inTrack := false // a handler is one of a track's, not of its remarks
	f.whole = boxes(data, 0, len(data), 0, func(_ int, name string, from, to int) {
		body := data[from:to]
		switch {
		case name == "mvhd" && len(body) >= 20 && body[0] == 0:
			f.rate, f.length = uint64(binary.BigEndian.Uint32(body[12:])), uint64(binary.BigEndian.Uint32(body[16:]))
		case name == "mvhd" && len(body) >= 32 && body[0] == 1:
			f.rate, f.length = uint64(binary.BigEndian.Uint32(body[20:])), binary.BigEndian.Uint64(body[24:])
		case name == "mdia":
			inTrack = true
		case name == "hdlr" && inTrack && len(body) >= 12:
			f.holds = append(f.holds, string(body[8:12]))
			inTrack = false
		case name == "stsd" && len(body) >= 16:
			f.codes = append(f.codes, string(body[12:16]))
		}
	})
	return f
}

// seconds returns how long it lasts.
func (f boxFrame) seconds(instead string) (int, error) {
	if f.rate == 0 || f.length == 0 || f.length > 1<<40 {
		return 0, silent(instead)
	}
	return seconds(f.length, f.rate), nil
}

func lengthOfM4A(data []byte) (int, error) {
	f := frameOfBoxes(data)
	switch {
	case !f.whole || len(f.codes) == 0:
		return 0, errCut
	case len(f.codes) != 1 || f.codes[0] != "mp4a":
		return 0, &Problem{"is no sound that every device plays: it is not coded as AAC",
			"save its sound as " + soundInstead}
	}
	return f.seconds(soundInstead)
}
