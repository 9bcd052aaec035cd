package media

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Strip returns a picture or a sound without what it tells besides: place, device, times, comments, thumbnails, colour
// profiles, and what follows its end. How it is turned stays. A file of another kind, or one that cannot be read, comes
// back as it is.
func Strip(data []byte) []byte {
	switch KindOf(data) {
	case jpegKind:
		return stripJPEG(data, true)
	case pngKind:
		return stripPNG(data)
	case mp3Kind:
		return stripMP3(data)
	case oggKind:
		return stripOgg(data)
	case m4aKind:
		return stripM4A(data)
	}
	return data
}

func stripJPEG(data []byte, turned bool) []byte {
	out := make([]byte, 0, len(data))
	how := 1
	whole := segments(data, func(s segment) bool {
		switch {
		case s.mark == markApp1 && how == 1:
			if how = orientation(s.body); how > 1 && turned {
				out = append(out, saysTurned(how)...)
			}
		case s.mark == markApp14: // says how colours are coded
			out = append(out, s.all...)
		case s.mark >= markApp0 && s.mark <= markApp15, s.mark == markRemark:
		default:
			out = append(out, s.all...)
		}
		return true
	})
	if !whole {
		return data
	}
	return out
}

// saysTurned returns a segment of EXIF that says how a picture is turned, and nothing else.
func saysTurned(how int) []byte {
	body := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	body[25] = byte(how)
	head := binary.BigEndian.AppendUint16([]byte{0xFF, markApp1}, uint16(len(body)+2))
	return append(head, body...)
}

// shown are the chunks of a PNG that a still picture in plain colours is made of.
var shown = []string{"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}

func stripPNG(data []byte) []byte {
	out := append(make([]byte, 0, len(data)), data[:8]...)
	whole := chunks(data, func(name string, chunk []byte) bool {
		if slices.Contains(shown, name) {
			out = append(out, chunk...)
		}
		return true
	})
	if !whole {
		return data
	}
	return out
}

// moves reports whether a picture is one that moves.
func moves(kind *Kind, data []byte) bool {
	switch kind {
	case pngKind:
		found := false
		chunks(data, func(name string, _ []byte) bool {
			found = found || name == "acTL"
			return !found && name != "IDAT"
		})
		return found
	case gifKind:
		return bytes.Contains(data, []byte("NETSCAPE2.0")) || bytes.Count(data, []byte("\x00\x21\xF9\x04")) > 1
	}
	return false
}
