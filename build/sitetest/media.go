package sitetest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
)

// Photo returns a JPEG with a gradient and grain in it, another one for each seed, as heavy as a photograph.
func Photo(width, height, quality int, seed uint32) []byte {
	m := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	grain := seed + 1
	for y := range height {
		for x := range width {
			grain = grain*1664525 + 1013904223
			m.Y[y*m.YStride+x] = uint8(x*180/width) + uint8(grain>>26)
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = uint8(i*255/len(m.Cb)), uint8(i%m.CStride*255/m.CStride)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// MP3 returns silence: frames of MPEG 2, each of 24 ms, after a first one that says how many follow.
func MP3(frames int) []byte {
	frame := append([]byte{0xFF, 0xF3, 0x34, 0xC4}, make([]byte, 68)...)
	first := bytes.Clone(frame)
	copy(first[4+9:], "Xing\x00\x00\x00\x01")
	binary.BigEndian.PutUint32(first[4+9+8:], uint32(frames))
	return append(first, bytes.Repeat(frame, frames)...)
}
