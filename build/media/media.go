// Package media makes pictures and sounds light, and silent about where and with what they were made.
//
//	kind := media.KindOf(data)             // by its first bytes, whatever the file is called
//	made, err := media.Make(data, limits)  // what pages show
//	data = media.Strip(data)               // as it is, without what it tells besides
//
// A picture is refused by its header alone, before any memory is spent on it: one that is too large to open, or of a
// kind that not every device shows. What remains is opened, turned upright and made no wider and no heavier than the
// limits say; a photograph in a second size too, where that saves its readers half of the bytes. One that fits already
// keeps its bytes but for what they tell besides. What comes of the same bytes and limits is the same on every
// machine: all sums are of whole numbers.
//
// What is wrong with a file is a *Problem, in words for those who chose it. Nothing here panics, whatever the bytes.
package media

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Kind is a kind of file, known by its first bytes.
type Kind struct {
	Name    string   // as people say it: "JPEG"
	Ext     []string // that file names of the kind end in, the usual one first
	Type    string   // as servers name it
	Sound   bool
	Instead string // what to save it as, where not every device knows it; "" for a kind that can be made
	is      func(head []byte) bool
}

const (
	pictureInstead = "a JPEG, or a PNG for a drawing with few colours"
	soundInstead   = "an MP3, or Opus in an .ogg file"
)

// The kinds that can be made.
var (
	jpegKind = &Kind{Name: "JPEG", Ext: []string{".jpg", ".jpeg"}, Type: "image/jpeg", is: begins("\xFF\xD8\xFF")}
	pngKind  = &Kind{Name: "PNG", Ext: []string{".png"}, Type: "image/png", is: begins("\x89PNG\r\n\x1A\n")}
	gifKind  = &Kind{Name: "GIF", Ext: []string{".gif"}, Type: "image/gif", is: begins("GIF8")}
	svgKind  = &Kind{Name: "SVG", Ext: []string{".svg"}, Type: "image/svg+xml", is: func(head []byte) bool {
		return bytes.HasPrefix(bytes.TrimLeft(head, "\xEF\xBB\xBF \t\r\n"), []byte("<")) && bytes.Contains(head, []byte("<svg"))
	}}
	mp3Kind = &Kind{Name: "MP3", Ext: []string{".mp3"}, Type: "audio/mpeg", Sound: true, is: isMP3}
	oggKind = &Kind{Name: "Opus", Ext: []string{".ogg", ".opus", ".oga"}, Type: "audio/ogg", Sound: true, is: func(head []byte) bool {
		return begins("OggS")(head) && bytes.Contains(head, []byte("OpusHead"))
	}}
	m4aKind = &Kind{Name: "M4A", Ext: []string{".m4a", ".mp4"}, Type: "audio/mp4", Sound: true, is: func(head []byte) bool {
		return isBrand(head, "M4A ", "M4B ", "mp42", "isom", "iso2", "mp41", "dash")
	}}
)

// kinds are all that are known, in the order that they are looked for.
var kinds = []*Kind{
	jpegKind, pngKind, gifKind, mp3Kind, oggKind,
	{Name: "WebP", Ext: []string{".webp"}, Type: "image/webp", Instead: pictureInstead, is: isRIFF("WEBP")},
	{Name: "AVIF", Ext: []string{".avif"}, Type: "image/avif", Instead: pictureInstead, is: brands("avif", "avis")},
	{Name: "HEIC", Ext: []string{".heic", ".heif"}, Type: "image/heic", Instead: pictureInstead,
		is: brands("heic", "heix", "mif1", "hevc", "msf1")},
	{Name: "TIFF", Ext: []string{".tif", ".tiff"}, Type: "image/tiff", Instead: pictureInstead,
		is: begins("II*\x00", "MM\x00*")},
	{Name: "BMP", Ext: []string{".bmp"}, Type: "image/bmp", Instead: pictureInstead, is: func(head []byte) bool {
		return begins("BM")(head) && len(head) > 14 && head[6] == 0 && head[7] == 0
	}},
	{Name: "WAV", Ext: []string{".wav"}, Type: "audio/wav", Sound: true, Instead: soundInstead, is: isRIFF("WAVE")},
	{Name: "FLAC", Ext: []string{".flac"}, Type: "audio/flac", Sound: true, Instead: soundInstead, is: begins("fLaC")},
	{Name: "Ogg without Opus", Ext: []string{".ogg", ".oga"}, Type: "audio/ogg", Sound: true, Instead: soundInstead,
		is: begins("OggS")},
	m4aKind, svgKind,
}

// Named returns the kind of a name, nil for none.
func Named(name string) *Kind {
	if i := slices.IndexFunc(kinds, func(k *Kind) bool { return k.Name == name }); i >= 0 {
		return kinds[i]
	}
	return nil
}

// headLength is how much of a file says of which kind it is.
const headLength = 1024

// KindOf returns what a file is by its first bytes, nil for none that is known.
func KindOf(data []byte) *Kind {
	head := data[:min(len(data), headLength)]
	if i := slices.IndexFunc(kinds, func(k *Kind) bool { return k.is(head) }); i >= 0 {
		return kinds[i]
	}
	return nil
}

// IsName reports whether a file is called as pictures and sounds are.
func IsName(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return slices.ContainsFunc(kinds, func(k *Kind) bool { return slices.Contains(k.Ext, ext) })
}

// Called reports whether a file of the kind may have this name.
func (k *Kind) Called(name string) bool {
	return slices.Contains(k.Ext, strings.ToLower(path.Ext(name)))
}

// Limits are how large what is made may be. Zero means no limit.
type Limits struct {
	Width  int // of a picture, in pixels
	Bytes  int // of a picture
	Opened int // bytes of memory to open a picture, or to read a file
	Sound  int // bytes of a sound
}

// Problem is what is wrong with a file, in words for those who chose it.
type Problem struct{ Message, Hint string }

// Error implements error.
func (p *Problem) Error() string { return p.Message }

// Made is what came of a picture or a sound.
type Made struct {
	Kind    *Kind
	Is      *Kind  // of the file that it was made of
	Files   []File // sizes of a picture, the widest first; a sound has one
	Seconds int    // that a sound lasts
	Moves   bool   // it was a moving picture, of which the first one is shown
}

// File is a picture in one size, or a sound.
type File struct {
	Width, Height int
	Size          int    // of Data
	Data          []byte // nil where it is kept elsewhere
}

// Name returns what the file of a size is called in the output, by the name of the file that it was made of: kite-640.jpg
// for kite.jpg, and kite.png-640.jpg where it is of another kind now. A sound keeps its name.
func (m *Made) Name(name string, f File) string {
	if m.Kind.Sound {
		return name
	}
	if m.Kind.Called(name) {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	return fmt.Sprintf("%s-%d%s", name, f.Width, m.Kind.Ext[0])
}

func begins(with ...string) func([]byte) bool {
	return func(head []byte) bool {
		return slices.ContainsFunc(with, func(s string) bool { return bytes.HasPrefix(head, []byte(s)) })
	}
}

func isRIFF(form string) func([]byte) bool {
	return func(head []byte) bool { return begins("RIFF")(head) && len(head) > 11 && string(head[8:12]) == form }
}

func brands(names ...string) func([]byte) bool {
	return func(head []byte) bool { return isBrand(head, names...) }
}

// isBrand reports whether a file of boxes (ISO 14496-12) is of one of these brands.
func isBrand(head []byte, names ...string) bool {
	return len(head) > 11 && string(head[4:8]) == "ftyp" && slices.Contains(names, string(head[8:12]))
}

// Weight returns how much memory it takes to make something of a file, as far as its header tells. A file that is
// refused takes none.
func Weight(data []byte) int {
	h, err := read(data)
	if err != nil {
		return 0
	}
	return h.opened
}

// Make makes of a file what pages show of it. The error is a *Problem.
func Make(data []byte, l Limits) (*Made, error) {
	kind := KindOf(data)
	made, err := makeOf(kind, data, l)
	if err == nil {
		made.Is = kind
	}
	return made, err
}

func makeOf(kind *Kind, data []byte, l Limits) (*Made, error) {
	switch {
	case len(data) == 0:
		return nil, &Problem{"is empty", "put the file there again, whole"}
	case kind == nil:
		return nil, &Problem{"is no picture and no sound that is known", "save it as " + pictureInstead + ", or " + soundInstead}
	case kind.Instead != "":
		return nil, &Problem{"is a file of the kind " + kind.Name + ", which not every device shows", "save it as " + kind.Instead}
	case kind.Sound:
		return makeSound(kind, data, l)
	case kind == svgKind:
		return makeSVG(data, l)
	}
	return makePicture(data, l)
}
