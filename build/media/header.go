package media

import (
	"encoding/binary"
	"fmt"
)

// header is what the first bytes of a picture say of it.
type header struct {
	kind          *Kind
	width, height int // as it lies in the file
	turned        int // orientation as EXIF has it, 1 to 8
	opened        int // bytes that it takes to open it, about
	colours       int // of a JPEG: channels
}

// upright returns width and height as the picture is looked at.
func (h header) upright() (width, height int) {
	if h.turned > 4 {
		return h.height, h.width
	}
	return h.width, h.height
}

var errCut = &Problem{"is cut off or damaged", "put the file there again, whole; save it anew if it does not open anywhere"}

// read reads the header of a picture that can be made. The error is a *Problem.
func read(data []byte) (h header, err error) {
	switch kind := KindOf(data); kind {
	case jpegKind:
		h, err = readJPEG(data)
	case pngKind:
		h, err = readPNG(data)
	case gifKind:
		h, err = readGIF(data)
	default:
		return h, errCut
	}
	if err == nil && (h.width <= 0 || h.height <= 0) {
		err = errCut
	}
	if err != nil {
		return header{}, err
	}
	return h, nil
}

// JPEG markers (Recommendation T.81, table B.1).
const (
	markStart  = 0xD8
	markEnd    = 0xD9
	markScan   = 0xDA
	markApp0   = 0xE0
	markApp1   = 0xE1
	markApp14  = 0xEE
	markApp15  = 0xEF
	markRemark = 0xFE
)

// segment is a part of a JPEG, from its marker to the next.
type segment struct {
	mark byte
	all  []byte // with marker and length; of a scan, with what it codes
	body []byte
}

// nextSegment returns the segment at the start of data, which is not empty.
func nextSegment(data []byte) (s segment, ok bool) {
	from := 0
	for from+1 < len(data) && data[from] == 0xFF && data[from+1] == 0xFF { // fill
		from++
	}
	if data = data[from:]; len(data) < 2 || data[0] != 0xFF || data[1] == 0 {
		return s, false
	}
	s.mark = data[1]
	if s.mark == markStart || s.mark == markEnd || s.mark == 0x01 || s.mark >= 0xD0 && s.mark <= 0xD7 {
		s.all = data[:2]
		return s, true
	}
	if len(data) < 4 {
		return s, false
	}
	end := 2 + int(binary.BigEndian.Uint16(data[2:]))
	if end < 4 || end > len(data) {
		return s, false
	}
	s.body = data[4:end]
	if s.mark == markScan {
		end += scanLength(data[end:])
	}
	s.all = data[:end]
	return s, true
}

// scanLength returns how long the codes of a scan are: until a marker that is none of theirs.
func scanLength(data []byte) int {
	for i := 0; i+1 < len(data); i++ {
		if next := data[i+1]; data[i] == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7) {
			return i
		}
	}
	return len(data)
}

// segments calls f for each segment of a JPEG until it returns false, and reports whether all could be read.
func segments(data []byte, f func(s segment) bool) bool {
	for len(data) > 0 {
		s, ok := nextSegment(data)
		if !ok {
			return false
		}
		if !f(s) || s.mark == markEnd {
			return true
		}
		fill := 0
		for data[fill] == 0xFF && data[fill+1] == 0xFF {
			fill++
		}
		data = data[fill+len(s.all):]
	}
	return false
}

func readJPEG(data []byte) (header, error) {
	h := header{kind: jpegKind, turned: 1}
	segments(data, func(s segment) bool {
		switch {
		case s.mark == markApp1 && h.turned == 1:
			h.turned = orientation(s.body)
		case s.mark >= 0xC0 && s.mark <= 0xCF && s.mark != 0xC4 && s.mark != 0xC8 && s.mark != 0xCC:
			h.frame(s)
			return false
		}
		return s.mark != markScan
	})
	if h.width == 0 {
		return h, errCut
	}
	return h, nil
}

// frame reads a frame header (Recommendation T.81, B.2.2).
func (h *header) frame(s segment) {
	if len(s.body) < 6 || len(s.body) < 6+3*int(s.body[5]) {
		return
	}
	h.height, h.width = int(binary.BigEndian.Uint16(s.body[1:])), int(binary.BigEndian.Uint16(s.body[3:]))
	h.colours = int(s.body[5])
	most, sum := 1, 0
	for i := range h.colours {
		sampling := int(s.body[7+3*i]>>4) * int(s.body[7+3*i]&15)
		most, sum = max(most, sampling), sum+sampling
	}
	h.opened = (h.width + 15) * (h.height + 15) * sum / most
	if s.mark == 0xC2 { // progressive: all coefficients are kept until the end
		h.opened *= 5
	}
}

func readPNG(data []byte) (header, error) {
	const start, size = 8, 25 // of the first chunk, which begins a PNG
	if len(data) < start+size || string(data[start+4:start+8]) != "IHDR" {
		return header{}, errCut
	}
	width, height := binary.BigEndian.Uint32(data[16:]), binary.BigEndian.Uint32(data[20:])
	if width > 1<<30 || height > 1<<30 {
		return header{}, errCut
	}
	h := header{kind: pngKind, width: int(width), height: int(height), turned: 1, opened: int(width) * int(height)}
	depth, colour := data[24], data[25]
	if colour != 0 && colour != 3 { // neither grey nor of a palette
		h.opened *= 4
	}
	if depth == 16 {
		h.opened *= 2
	}
	if data[28] != 0 { // interlaced: opened in parts first
		h.opened *= 2
	}
	chunks(data, func(name string, chunk []byte) bool {
		if name == "eXIf" {
			h.turned = orientation(append([]byte("Exif\x00\x00"), chunk[8:len(chunk)-4]...))
		}
		return name != "IEND"
	})
	return h, nil
}

// chunks calls f for each chunk of a PNG, with its length, name and sum, until it returns false, and reports whether
// all could be read.
func chunks(data []byte, f func(name string, chunk []byte) bool) bool {
	const start, around = 8, 12
	for data = data[min(start, len(data)):]; len(data) >= around; {
		end := int64(binary.BigEndian.Uint32(data)) + around
		if end > int64(len(data)) {
			return false
		}
		name := string(data[4:8])
		if !f(name, data[:end]) || name == "IEND" {
			return true
		}
		data = data[end:]
	}
	return false
}

func readGIF(data []byte) (header, error) {
	if len(data) < 13 {
		return header{}, errCut
	}
	h := header{kind: gifKind, width: int(binary.LittleEndian.Uint16(data[6:])), height: int(binary.LittleEndian.Uint16(data[8:])), turned: 1}
	h.opened = h.width * h.height
	return h, nil
}

// orientation returns how a picture is turned, 1 to 8, as its EXIF says it; 1 where nothing does.
func orientation(exif []byte) int {
	const tag, short = 0x0112, 3
	tiff, ok := cutPrefix(exif, "Exif\x00\x00")
	if !ok || len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	count := int64(order.Uint16(tiff[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(tiff)) {
			return 1
		}
		if e := tiff[entry:]; order.Uint16(e) == tag && order.Uint16(e[2:]) == short {
			if turned := int(order.Uint16(e[8:])); turned >= 1 && turned <= 8 {
				return turned
			}
		}
	}
	return 1
}

func cutPrefix(data []byte, prefix string) ([]byte, bool) {
	if len(data) < len(prefix) || string(data[:len(prefix)]) != prefix {
		return data, false
	}
	return data[len(prefix):], true
}

// tooLarge says so when a picture would take too much memory to open.
func (h header) tooLarge(l Limits) error {
	if l.Opened == 0 || h.opened <= l.Opened {
		return nil
	}
	return &Problem{fmt.Sprintf("has %d × %d pixels, which would take %d MB to open, more than limits.picture-opened", h.width, h.height, h.opened/1_000_000),
		"save it smaller: pages show it at a width of " + fmt.Sprint(l.Width) + " pixels at most"}
}
