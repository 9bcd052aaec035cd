// Package media makes pictures and sounds light, and silent about where and with what they were made, and videos silent.
//
//	kind := media.KindOf(data)             // by its first bytes, whatever the file is called
//	made, err := media.Make(data, limits)  // what pages show
//	data = media.Strip(data)               // as it is, without what it tells besides
//
// A picture is refused by its header alone, before any memory is spent on it: one that is too large to open, or of a
// kind that not every device shows. What remains is opened, turned upright and made no wider and no heavier than the
// limits say; a photograph in a second size too, where that saves its readers half of the bytes. One that fits already
// keeps its bytes but for what they tell besides. What comes of the same bytes and limits is the same on every
// machine: all sums are of whole numbers. Sounds and videos keep their sound and their picture as they are coded.
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

// Sort is what a file is to readers.
type Sort uint8

// What a file can be to readers.
const (
	Picture Sort = iota
	Sound
	Video
)

// String is a word for it: "picture".
func (s Sort) String() string { return [...]string{"picture", "sound", "video"}[s] }

// Kind is a kind of file, known by its first bytes.
type Kind struct {
	Name    string   // as people say it: "JPEG"
	Ext     []string // that file names of the kind end in, the usual one first
	Type    string   // as servers name it
	Sort    Sort
	Instead string // what to save it as, where not every device knows it; "" for a kind that can be made
	is      func(head []byte) bool
}

const (
	pictureInstead = "a JPEG, or a PNG for a drawing with few colours"
	soundInstead   = "an MP3, or Opus in an .ogg file"
	videoInstead   = "an MP4 of H.264 and AAC"
)

// The kinds that can be made.
var (
	jpegKind = &Kind{Name: "JPEG", Ext: []string{".jpg", ".jpeg"}, Type: "image/jpeg", is: begins("\xFF\xD8\xFF")}
	pngKind  = &Kind{Name: "PNG", Ext: []string{".png"}, Type: "image/png", is: begins("\x89PNG\r\n\x1A\n")}
	gifKind  = &Kind{Name: "GIF", Ext: []string{".gif"}, Type: "image/gif", is: begins("GIF8")}
	svgKind  = &Kind{Name: "SVG", Ext: []string{".svg"}, Type: "image/svg+xml", is: func(head []byte) bool {
		return bytes.HasPrefix(bytes.TrimLeft(head, "\xEF\xBB\xBF \t\r\n"), []byte("<")) && bytes.Contains(head, []byte("<svg"))
	}}
	mp3Kind = &Kind{Name: "MP3", Ext: []string{".mp3"}, Type: "audio/mpeg", Sort: Sound, is: isMP3}
	oggKind = &Kind{Name: "Opus", Ext: []string{".ogg", ".opus", ".oga"}, Type: "audio/ogg", Sort: Sound, is: func(head []byte) bool {
		return begins("OggS")(head) && bytes.Contains(head, []byte("OpusHead"))
	}}
	m4aKind = &Kind{Name: "M4A", Ext: []string{".m4a", ".mp4"}, Type: "audio/mp4", Sort: Sound, is: func(head []byte) bool {
		return isBrand(head, "M4A ", "M4B ", "mp42", "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "dash")
	}}
	mp4Kind = &Kind{Name: "MP4", Ext: []string{".mp4", ".m4v"}, Type: "video/mp4", Sort: Video,
		is: brands("M4V ", "M4VH", "M4VP", "avc1", "MSNV")} // and what is m4aKind by its head, and holds moving pictures
	webmKind = &Kind{Name: "WebM", Ext: []string{".webm"}, Type: "video/webm", Sort: Video, is: func(head []byte) bool {
		return isEBML(head) && bytes.Contains(head[:min(len(head), 64)], []byte("webm"))
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
	{Name: "WAV", Ext: []string{".wav"}, Type: "audio/wav", Sort: Sound, Instead: soundInstead, is: isRIFF("WAVE")},
	{Name: "FLAC", Ext: []string{".flac"}, Type: "audio/flac", Sort: Sound, Instead: soundInstead, is: begins("fLaC")},
	{Name: "Ogg without Opus", Ext: []string{".ogg", ".oga"}, Type: "audio/ogg", Sort: Sound, Instead: soundInstead,
		is: begins("OggS")},
	{Name: "QuickTime", Ext: []string{".mov", ".qt"}, Type: "video/quicktime", Sort: Video, Instead: videoInstead,
		is: brands("qt  ")},
	{Name: "3GP", Ext: []string{".3gp", ".3g2"}, Type: "video/3gpp", Sort: Video, Instead: videoInstead,
		is: brands("3gp4", "3gp5", "3gp6", "3gp7", "3g2a", "3g2b", "3g2c")},
	{Name: "AVI", Ext: []string{".avi"}, Type: "video/x-msvideo", Sort: Video, Instead: videoInstead, is: isRIFF("AVI ")},
	webmKind,
	{Name: "Matroska", Ext: []string{".mkv"}, Type: "video/x-matroska", Sort: Video, Instead: videoInstead, is: isEBML},
	m4aKind, mp4Kind, svgKind,
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

// KindOf returns what a file is by its first bytes, nil for none that is known. Files of sound alone begin as those with
// moving pictures do: what they hold tells which they are.
func KindOf(data []byte) *Kind {
	head := data[:min(len(data), headLength)]
	i := slices.IndexFunc(kinds, func(k *Kind) bool { return k.is(head) })
	switch {
	case i < 0:
		return nil
	case kinds[i] == m4aKind && frameOfBoxes(data).moves():
		return mp4Kind
	}
	return kinds[i]
}

// IsName reports whether a file is called as pictures, sounds and videos are.
func IsName(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return slices.ContainsFunc(kinds, func(k *Kind) bool { return slices.Contains(k.Ext, ext) })
}

// IsNameOf reports whether a file is called as those of a sort are.
func IsNameOf(s Sort, name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return slices.ContainsFunc(kinds, func(k *Kind) bool { return k.Sort == s && slices.Contains(k.Ext, ext) })
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
	Video  int // bytes of a video
}

// Problem is what is wrong with a file, in words for those who chose it.
type Problem struct{ Message, Hint string }

// Error implements error.
func (p *Problem) Error() string { return p.Message }

// Made is what came of a picture, a sound or a video.
type Made struct {
	Kind    *Kind
	Is      *Kind  // of the file that it was made of
	Files   []File // sizes of a picture, the widest first; a sound or a video has one
	Seconds int    // that a sound or a video lasts
	Moves   bool   // it was a moving picture, of which the first one is shown
}

// File is a picture in one size, a sound or a video.
type File struct {
	Width, Height int
	Size          int    // of Data
	Data          []byte // nil where it is kept elsewhere
}

// Name returns what the file of a size is called in the output, by the name of the file that it was made of: kite-640.jpg
// for kite.jpg, and kite.png-640.jpg where it is of another kind now. A sound and a video keep their names.
func (m *Made) Name(name string, f File) string {
	if m.Kind.Sort != Picture {
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

// Heavy returns why a file is not to be read at all, by its first bytes and how many it has; nil for one that may be.
func Heavy(head []byte, size int64, l Limits) *Problem {
	kind := KindOf(head)
	// The frame of a video may stand at its end: until then it is a sound, but one that is too heavy.
	film := kind != nil && (kind.Sort == Video || kind == m4aKind && size > int64(l.Sound))
	switch {
	case film && kind.Instead == "" && l.Video > 0 && size > int64(l.Video):
		return tooHeavy(size, int64(l.Video))
	case l.Opened > 0 && size > int64(l.Opened):
		return &Problem{fmt.Sprintf("has %d bytes, more than limits.picture-opened", size), "save it smaller"}
	}
	return nil
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
		return nil, &Problem{"is no picture, no sound and no video that is known",
			"save it as " + pictureInstead + "; " + soundInstead + "; or " + videoInstead}
	case kind.Instead != "":
		return nil, &Problem{"is a file of the kind " + kind.Name + ", which not every device shows", "save it as " + kind.Instead}
	case kind.Sort == Sound:
		return makeSound(kind, data, l)
	case kind.Sort == Video:
		return makeVideo(kind, data, l)
	case kind == svgKind:
		return makeSVG(data, l)
	}
	return makePicture(data, l)
}
