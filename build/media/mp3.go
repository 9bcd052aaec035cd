package media

import (
	"bytes"
	"encoding/binary"
)

// frame3 is a frame of an MP3 (ISO 11172-3, 13818-3).
type frame3 struct{ length, samples, rate int }

var (
	bits1  = [16]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0} // kbit/s of MPEG 1
	bits2  = [16]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}     // of MPEG 2 and 2.5
	rates1 = [4]int{44100, 48000, 32000, 0}
)

// frameOf returns the frame that begins data, false when none does.
func frameOf(data []byte) (f frame3, ok bool) {
	if len(data) < 4 || data[0] != 0xFF || data[1]&0xE6 != 0xE2 { // layer III
		return f, false
	}
	version, bits := data[1]>>3&3, data[2]>>4
	f.rate = rates1[data[2]>>2&3]
	kilobits := bits2[bits]
	f.samples = 576
	switch version {
	case 1:
		return f, false
	case 3:
		f.samples, kilobits = 1152, bits1[bits]
	case 2:
		f.rate /= 2
	case 0:
		f.rate /= 4
	}
	if f.rate == 0 || kilobits == 0 {
		return f, false
	}
	f.length = f.samples/8*kilobits*1000/f.rate + int(data[2]>>1&1)
	return f, true
}

func isMP3(head []byte) bool {
	_, frame := frameOf(head)
	return frame || begins("ID3")(head)
}

// stripMP3 takes tags from both ends.
func stripMP3(data []byte) []byte {
	for len(data) > 10 && string(data[:3]) == "ID3" {
		size := 10 + int(data[6]&127)<<21 + int(data[7]&127)<<14 + int(data[8]&127)<<7 + int(data[9]&127)
		if data[5]&0x10 != 0 {
			size += 10 // its foot
		}
		data = data[min(size, len(data)):]
	}
	for {
		switch n := len(data); {
		case n >= 128 && string(data[n-128:n-125]) == "TAG":
			data = data[:n-128]
		case n >= 32 && string(data[n-32:n-24]) == "APETAGEX":
			size := int64(binary.LittleEndian.Uint32(data[n-20:]))
			if data[n-9]&0x80 != 0 {
				size += 32 // its head
			}
			data = data[:max(0, int64(n)-max(size, 32))]
		default:
			return data
		}
	}
}

func lengthOfMP3(data []byte) (int, error) {
	for len(data) > 0 && data[0] == 0 { // room left beside a tag
		data = data[1:]
	}
	first, ok := frameOf(data)
	if !ok {
		return 0, errCut
	}
	frames, said := 0, saidFrames(data[:min(first.length, len(data))])
	for rest := data; len(rest) > 0; frames++ {
		f, ok := frameOf(rest)
		if !ok {
			break
		}
		rest = rest[min(f.length, len(rest)):]
	}
	if frames < said { // the one that says it is not counted
		return 0, errCut
	}
	if said > 0 {
		frames = said
	}
	return seconds(uint64(frames)*uint64(first.samples), uint64(first.rate)), nil
}

// saidFrames returns how many frames follow, as the first one says, 0 where it does not.
func saidFrames(first []byte) int {
	for _, mark := range []string{"Xing", "Info"} {
		if i := bytes.Index(first, []byte(mark)); i >= 0 && len(first) >= i+12 && first[i+7]&1 != 0 {
			return int(binary.BigEndian.Uint32(first[i+8:]) & 0x7FFFFFFF)
		}
	}
	return 0
}
