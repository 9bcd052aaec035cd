package media_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"fieldguide/build/media"
)

var limits = media.Limits{Width: 640, Bytes: 30_000, Opened: 100_000_000, Sound: 100_000}

// photo is a picture with much in it: a gradient, shapes and grain, red at its upper left corner.
func photo(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	grain := uint32(1)
	for y := range height {
		for x := range width {
			grain = grain*1664525 + 1013904223
			n := uint8(grain >> 29)
			c := color.RGBA{uint8(255*x/width) + n, uint8(255*y/height) + n, uint8((x/40+y/40)%2*90) + n, 255}
			if x < width/4 && y < height/4 {
				c = color.RGBA{230, 10, 10, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image, quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// secrets is what a camera writes beside a picture: how it is turned, a place, a remark.
func secrets(data []byte, turned byte) []byte {
	exif := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x02\x00" +
		"\x12\x01\x03\x00\x01\x00\x00\x00" + string(turned) + "\x00\x00\x00" +
		"\x0F\x01\x02\x00\x09\x00\x00\x00\x26\x00\x00\x00\x00\x00\x00\x00GPS-48.85"
	segment := func(mark byte, body string) string {
		return "\xFF" + string([]byte{mark, byte((len(body) + 2) >> 8), byte(len(body) + 2)}) + body
	}
	return append(append([]byte("\xFF\xD8"+segment(0xE1, exif)+segment(0xE2, "ICC_PROFILE secret")+segment(0xFE, "a secret remark")),
		data[2:]...), "secret film after the end"...)
}

func silent(t *testing.T, data []byte) {
	t.Helper()
	for _, words := range []string{"secret", "GPS", "ICC"} {
		if bytes.Contains(data, []byte(words)) {
			t.Errorf("it still says %q", words)
		}
	}
}

func made(t *testing.T, data []byte, l media.Limits) *media.Made {
	t.Helper()
	m, err := media.Make(data, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		silent(t, f.Data)
		if m.Kind.Sound || m.Kind.Name == "SVG" {
			continue
		}
		got, kind, err := image.Decode(bytes.NewReader(f.Data))
		switch {
		case err != nil:
			t.Fatal(err)
		case got.Bounds().Dx() != f.Width || got.Bounds().Dy() != f.Height || strings.ToUpper(kind) != m.Kind.Name:
			t.Errorf("it says %s of %d × %d, and holds %s of %v", m.Kind.Name, f.Width, f.Height, kind, got.Bounds())
		case len(f.Data) != f.Size || l.Bytes > 0 && f.Size > l.Bytes || l.Width > 0 && f.Width > l.Width:
			t.Errorf("%d × %d pixels in %d bytes, of which it says %d", f.Width, f.Height, len(f.Data), f.Size)
		}
	}
	return m
}

// A photograph becomes small in two sizes, upright, and tells nothing besides.
func TestPhotograph(t *testing.T) {
	data := asJPEG(t, photo(1600, 1200), 95)
	corners := []image.Point{{}, {0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}} // where red is, by how it is turned
	for turned := byte(1); turned <= 8; turned++ {
		m := made(t, secrets(data, turned), limits)
		if len(m.Files) != 2 || m.Files[1].Width != 320 || m.Files[1].Size*2 > m.Files[0].Size {
			t.Fatalf("turned %d: %d sizes", turned, len(m.Files))
		}
		for _, f := range m.Files {
			if upright := turned <= 4; upright != (f.Width > f.Height) {
				t.Errorf("turned %d: %d × %d", turned, f.Width, f.Height)
			}
			got, _ := jpeg.Decode(bytes.NewReader(f.Data))
			at := corners[turned]
			red, green, _, _ := got.At(at.X*(f.Width-10)+5, at.Y*(f.Height-10)+5).RGBA()
			if red < 0xC000 || green > 0x4000 {
				t.Errorf("turned %d: no red at %v", turned, at)
			}
		}
	}
}

// What fits keeps its picture, byte for byte, and loses the rest.
func TestFits(t *testing.T) {
	data := asJPEG(t, photo(200, 150), 60)
	m := made(t, secrets(data, 1), limits)
	if len(m.Files) != 1 || !bytes.Equal(m.Files[0].Data, data) {
		t.Errorf("%d files; want the picture as it was", len(m.Files))
	}
	plain := asPNG(t, photo(20, 15))
	remark := append(append(bytes.Clone(plain[:33]), "\x00\x00\x00\x0DtEXta secret word\x42\x2F\x86\xF3"...), plain[33:]...)
	if m := made(t, remark, limits); !bytes.Equal(m.Files[0].Data, plain) {
		t.Error("a PNG that fits does not keep its bytes")
	}
}

// A drawing stays one; a photograph in a PNG becomes a JPEG, on white where it can be seen through.
func TestPNG(t *testing.T) {
	flat := image.NewRGBA(image.Rect(0, 0, 1200, 300))
	for i := range flat.Pix {
		flat.Pix[i] = 255
	}
	if m := made(t, asPNG(t, flat), limits); m.Kind.Name != "PNG" || m.Files[0].Height != 160 {
		t.Errorf("a drawing becomes %s, %d high", m.Kind.Name, m.Files[0].Height)
	}
	m := made(t, asPNG(t, photo(1200, 900)), limits)
	if m.Kind.Name != "JPEG" || m.Is.Name != "PNG" || m.Name("a/kite.png", m.Files[0]) != "a/kite.png-640.jpg" {
		t.Errorf("a photograph becomes %s, %s", m.Kind.Name, m.Name("a/kite.png", m.Files[0]))
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 900, 900))
	copy(clear.Pix, photo(900, 900).Pix)
	for i := 3; i < len(clear.Pix)/2; i += 4 {
		clear.Pix[i] = 0
	}
	m = made(t, asPNG(t, clear), limits)
	got, _, _ := image.Decode(bytes.NewReader(m.Files[0].Data))
	if r, g, b, _ := got.At(300, 20).RGBA(); m.Kind.Name != "JPEG" || min(r, g, b) < 0xF000 {
		t.Errorf("what can be seen through becomes %d %d %d in a %s", r>>8, g>>8, b>>8, m.Kind.Name)
	}
}

// Of a picture that moves the first moment is shown.
func TestMoves(t *testing.T) {
	first := image.NewPaletted(image.Rect(0, 0, 30, 20), color.Palette{color.White, color.Black})
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{first, first}, Delay: []int{5, 5}}); err != nil {
		t.Fatal(err)
	}
	if m := made(t, b.Bytes(), limits); !m.Moves || m.Kind.Name != "PNG" || m.Name("x.gif", m.Files[0]) != "x.gif-30.png" {
		t.Errorf("%v %s %s", m.Moves, m.Kind.Name, m.Name("x.gif", m.Files[0]))
	}
}

// What cannot be made is refused, in words that say why, without opening it.
func TestRefused(t *testing.T) {
	bomb := func(data []byte, at int, wide bool) []byte {
		data = bytes.Clone(data)
		if wide {
			copy(data[at:], "\x00\x00\xC3\x50\x00\x00\xC3\x50")
		} else {
			copy(data[at:], "\xC3\x50\xC3\x50")
		}
		return data
	}
	small, drawn := asJPEG(t, photo(40, 30), 60), asPNG(t, photo(40, 30))
	var moving bytes.Buffer
	if err := gif.Encode(&moving, photo(40, 30), nil); err != nil {
		t.Fatal(err)
	}
	frame := bytes.Index(small, []byte("\xFF\xC0"))
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"JPEG":     {bomb(small, frame+5, false), "has 50000 × 50000 pixels"},
		"PNG":      {bomb(drawn, 16, true), "has 50000 × 50000 pixels"},
		"GIF":      {bomb(moving.Bytes(), 6, false), "pixels"},
		"cut JPEG": {small[:len(small)*2/3], "cut off"},
		"cut PNG":  {drawn[:len(drawn)*2/3], "cut off"},
		"cut GIF":  {moving.Bytes()[:200], "cut off"},
		"heads":    {small[:20], "cut off"},
		"empty":    {nil, "is empty"},
		"words":    {[]byte("<!DOCTYPE html>"), "is no picture"},
		"HEIC":     {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "HEIC"},
		"video":    {m4a("avc1"), "is no sound that every device plays"},
		"cut MP3":  {mp3(100)[:2000], "cut off"},
		"heavy":    {mp3(2000), "more than limits.sound"},
		"cut Opus": {opus(3)[:120], "cut off"},
	} {
		before := testing.AllocsPerRun(1, func() { media.Weight(c.data) })
		if before > 200 {
			t.Errorf("%s: looking at the header allocates %v times", name, before)
		}
		if _, err := media.Make(c.data, limits); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want it to say %q", name, err, c.want)
		}
	}
}

// mp3 is silence in frames of MPEG 2, 24 kHz and 24 kbit/s, between tags; the first frame says how many follow.
func mp3(frames int) []byte {
	frame := append([]byte{0xFF, 0xF3, 0x34, 0xC4}, make([]byte, 68)...)
	first := bytes.Clone(frame)
	copy(first[4+9:], "Xing\x00\x00\x00\x01")
	binary.BigEndian.PutUint32(first[4+9+8:], uint32(frames))
	data := append([]byte("ID3\x04\x00\x00\x00\x00\x00\x10secret GPS place"), first...)
	for range frames {
		data = append(data, frame...)
	}
	return append(data, ("TAG" + "secret" + strings.Repeat(" ", 119))...)
}

// opus is silence in pages of a second each, with remarks.
func opus(seconds int) []byte {
	page := func(flags byte, at uint64, n uint32, packets ...string) (p []byte) {
		p = append([]byte("OggS\x00"), flags)
		p = binary.LittleEndian.AppendUint64(p, at)
		p = append(p, 1, 2, 3, 4)
		p = binary.LittleEndian.AppendUint32(p, n)
		p = append(p, 0, 0, 0, 0, byte(len(packets)))
		for _, packet := range packets {
			p = append(p, byte(len(packet)))
		}
		return append(p, strings.Join(packets, "")...)
	}
	data := page(2, 0, 0, "OpusHead\x01\x01\x38\x01\x80\xBB\x00\x00\x00\x00\x00")
	data = append(data, page(0, 0, 1, "OpusTags\x06\x00\x00\x00secret\x01\x00\x00\x00\x09\x00\x00\x00GPS=48.85")...)
	for i := range seconds {
		frames := slicesRepeat("\xF8\xFF\xFE", 50)
		data = append(data, page(0, uint64(i+1)*48000+312, uint32(i+2), frames...)...)
	}
	return data
}

func slicesRepeat(s string, n int) (list []string) {
	for range n {
		list = append(list, s)
	}
	return list
}

// m4a is the frame of a file of seven seconds in a coding.
func m4a(coding string) []byte {
	box := func(name string, body ...string) string {
		all := strings.Join(body, "")
		return string(binary.BigEndian.AppendUint32(nil, uint32(len(all)+8))) + name + all
	}
	times := "\x00\x00\x00\x00\xE0\x00\x00\x01\xE0\x00\x00\x02"
	moov := box("moov", box("mvhd", times, "\x00\x00\x03\xE8\x00\x00\x1B\x58", strings.Repeat("\x00", 80)),
		box("trak", box("mdia", box("minf", box("stbl", box("stsd", "\x00\x00\x00\x00\x00\x00\x00\x01", box(coding, strings.Repeat("\x00", 28))))))),
		box("udta", "secret GPS"))
	return []byte(box("ftyp", "M4A \x00\x00\x00\x00") + moov + box("mdat", "silence"))
}

// Sounds keep what is heard, say how long that is, and nothing else.
func TestSound(t *testing.T) {
	for name, c := range map[string]struct {
		data    []byte
		kind    string
		seconds int
	}{
		"a.mp3": {mp3(1000), "MP3", 24},
		"a.ogg": {opus(5), "Opus", 5},
		"a.m4a": {m4a("mp4a"), "M4A", 7},
	} {
		m := made(t, c.data, limits)
		if m.Kind.Name != c.kind || m.Seconds != c.seconds || m.Name(name, m.Files[0]) != name {
			t.Errorf("%s: %s of %d seconds", name, m.Kind.Name, m.Seconds)
		}
		if !bytes.Equal(media.Strip(m.Files[0].Data), m.Files[0].Data) {
			t.Errorf("%s: stripped twice, it is another", name)
		}
	}
	if m := made(t, m4a("mp4a"), limits); bytes.Contains(m.Files[0].Data, []byte("\xE0\x00\x00\x01")) {
		t.Error("it still says when it was made")
	}
}

// Stripped of the rest, a picture is turned as it was.
func TestStrip(t *testing.T) {
	data := secrets(asJPEG(t, photo(1000, 700), 90), 6)
	bare := media.Strip(data)
	silent(t, bare)
	if m := made(t, bare, limits); m.Files[0].Width > m.Files[0].Height {
		t.Error("it is not turned any more")
	}
	if got := media.Strip([]byte("words")); string(got) != "words" {
		t.Errorf("words become %q", got)
	}
}

// Neither bytes that Go's decoders know nor those that they do not make anything fail: see testdata/fuzz/README.md.
func FuzzMake(f *testing.F) {
	m := photo(40, 30)
	for _, data := range [][]byte{secrets(asJPEG(f, m, 60), 6), asPNG(f, m), mp3(5), opus(2), m4a("mp4a"), m4a("avc1"),
		[]byte(`<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>`)} {
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	var b bytes.Buffer
	if err := gif.Encode(&b, m, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	small := media.Limits{Width: 64, Bytes: 3000, Opened: 1 << 20, Sound: 1 << 16}
	f.Fuzz(func(t *testing.T, data []byte) {
		made, err := media.Make(data, small)
		bare := media.Strip(data)
		if again := media.Strip(bare); !bytes.Equal(again, bare) {
			t.Errorf("stripped twice, %q is another", data)
		}
		if err != nil {
			if problem, ok := err.(*media.Problem); !ok || problem.Message == "" || problem.Hint == "" {
				t.Errorf("%v is no problem", err)
			}
			return
		}
		for _, file := range made.Files {
			if len(file.Data) != file.Size || file.Size == 0 || !made.Kind.Sound && (file.Width < 1 || file.Width > 64 || file.Height < 1) {
				t.Errorf("%s: %d × %d in %d bytes", made.Kind.Name, file.Width, file.Height, file.Size)
			}
		}
		again, err := media.Make(data, small)
		if err != nil || !bytes.Equal(again.Files[0].Data, made.Files[0].Data) {
			t.Errorf("made twice, it is another: %v", err)
		}
	})
}
