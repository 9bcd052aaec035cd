package media

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
)

// Elements of EBML (RFC 8794) and of WebM.
const (
	ebmlHead     = 0x1A45DFA3
	ebmlVoid     = 0xEC
	webmSegment  = 0x18538067
	webmInfo     = 0x1549A966
	webmTracks   = 0x1654AE6B
	webmTrack    = 0xAE
	webmName     = 0x536E // of a track
	webmCode     = 0x86
	webmScale    = 0x2AD7B1 // nanoseconds in a unit of the length
	webmLength   = 0x4489
	webmDate     = 0x4461
	webmTitle    = 0x7BA9
	webmMuxer    = 0x4D80
	webmWriter   = 0x5741
	webmFileName = 0x7384
	webmUID      = 0x73A4
	webmTags     = 0x1254C367
	webmAttached = 0x1941A469
)

func isEBML(head []byte) bool { return begins("\x1A\x45\xDF\xA3")(head) }

// element is an element of EBML: data[at:end], of which data[body:end] is what it holds.
type element struct{ id, at, body, end int }

// elements calls f with each element in data[from:to], those that hold others first, and reports whether all could be
// read. A segment that does not say how long it is goes on to the end.
func elements(data []byte, from, to, depth int, f func(e element)) bool {
	const deepest = 4
	for at := from; at < to; {
		id, n, _ := vint(data[at:to], false)
		size, m, endless := vint(data[at+n:to], true)
		if n == 0 || n > 4 || m == 0 {
			return false
		}
		e := element{int(id), at, at + n + m, to}
		switch {
		case endless && e.id == webmSegment:
		case endless || size > uint64(to-e.body):
			return false
		default:
			e.end = e.body + int(size)
		}
		f(e)
		if slices.Contains([]int{webmSegment, webmInfo, webmTracks, webmTrack}, e.id) && depth < deepest {
			if !elements(data, e.body, e.end, depth+1, f) {
				return false
			}
		}
		at = e.end
	}
	return true
}

// vint reads a number of variable length, without the bit that says how long it is where bare, and how many bytes it
// takes: 0 for none. endless reports that all its bits are set.
func vint(data []byte, bare bool) (n uint64, length int, endless bool) {
	if len(data) == 0 || data[0] == 0 {
		return 0, 0, false
	}
	for length = 1; data[0]<<(length-1)&0x80 == 0; length++ {
	}
	if len(data) < length {
		return 0, 0, false
	}
	n = uint64(data[0])
	if bare {
		n &= 1<<(8-length) - 1
	}
	for _, b := range data[1:length] {
		n = n<<8 | uint64(b)
	}
	return n, length, n == 1<<(7*length)-1
}

// stripWebM makes void what tells besides what is heard and seen, and when and with what it was made. All else keeps
// its place, by which sound and picture are found.
func stripWebM(data []byte) []byte {
	out := bytes.Clone(data)
	whole := elements(data, 0, len(data), 0, func(e element) {
		switch e.id {
		case ebmlVoid, webmMuxer, webmWriter, webmUID:
			clear(out[e.body:e.end])
			if e.id == webmUID && e.end > e.body {
				out[e.end-1] = 1 // none of them is 0
			}
		case webmName, webmDate, webmTitle, webmFileName, webmTags, webmAttached:
			void(out[e.at:e.end])
		}
	})
	if !whole {
		return data
	}
	return out
}

// void makes what data is one element of, which is no shorter than two bytes, nothing.
func void(data []byte) {
	clear(data)
	data[0] = ebmlVoid
	if n := len(data) - 2; n < 127 {
		data[1] = 0x80 | byte(n)
		return
	}
	binary.BigEndian.PutUint64(data[1:], 1<<56|uint64(len(data)-9))
}

func lengthOfWebM(data []byte) (int, error) {
	var codes []string
	scale, length := uint64(1_000_000), 0.0
	whole := elements(data, 0, len(data), 0, func(e element) {
		switch body := data[e.body:e.end]; {
		case e.id == webmCode:
			codes = append(codes, string(body))
		case e.id == webmScale && len(body) <= 8:
			scale = 0
			for _, b := range body {
				scale = scale<<8 | uint64(b)
			}
		case e.id == webmLength && len(body) == 4:
			length = float64(math.Float32frombits(binary.BigEndian.Uint32(body)))
		case e.id == webmLength && len(body) == 8:
			length = math.Float64frombits(binary.BigEndian.Uint64(body))
		}
	})
	switch {
	case len(codes) > 0 && length == 0: // as programs write that send what they record
		return 0, silent(videoInstead)
	case !whole || len(codes) == 0:
		return 0, errCut
	}
	seen := false
	for _, code := range codes {
		moving := code == "V_VP8" || code == "V_VP9"
		seen = seen || moving
		if !moving && !slices.Contains([]string{"A_VORBIS", "A_OPUS", "S_TEXT/WEBVTT", "D_WEBVTT/SUBTITLES"}, code) {
			return 0, unplayed(code)
		}
	}
	switch nanoseconds := length * float64(scale); {
	case !seen:
		return 0, &Problem{"holds a sound and no moving picture", "save it as " + soundInstead}
	case !(nanoseconds >= 1 && nanoseconds < 1<<60):
		return 0, silent(videoInstead)
	default:
		return seconds(uint64(nanoseconds), 1_000_000_000), nil
	}
}
