package media

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
)

// Sizes and qualities that are tried, the best first.
const (
	narrowest = 160 // pixels: what would have to be narrower cannot be made to fit
	small     = 320 // the width of the second size of a photograph, for small screens
)

var qualities = []int{82, 76, 70, 62, 54, 46}

// makePicture opens a picture and makes it fit.
func makePicture(data []byte, l Limits) (*Made, error) {
	h, err := read(data)
	if err != nil {
		return nil, err
	}
	if err := h.tooLarge(l); err != nil {
		return nil, err
	}
	opened, err := open(h, data)
	if err != nil {
		return nil, errCut
	}
	width, height := h.upright()
	made := &Made{Kind: h.kind, Moves: moves(h.kind, data)}
	if h.fits(l) {
		if kept := stripped(h.kind, data); l.Bytes == 0 || len(kept) <= l.Bytes {
			made.Files = []File{{width, height, len(kept), kept}}
			return made, nil
		}
	}
	if l.Width > 0 && width > l.Width {
		width, height = l.Width, scaled(height, l.Width, width)
	}
	from := shrink(opened, h.turned, width, height)
	opened = nil
	if made.Kind == gifKind {
		made.Kind = pngKind
	}
	if made.Kind == pngKind {
		if file, ok := asPNG(from, l); ok {
			made.Files = []File{file}
			return made, nil
		}
		made.Kind = jpegKind
	}
	onWhite(from)
	file, ok := asJPEG(from, l)
	if !ok {
		return nil, &Problem{fmt.Sprintf("cannot be made as small as the %d bytes of limits.picture", l.Bytes),
			"show a part of it that has less in it"}
	}
	made.Files = []File{file}
	if file.Width*2 > small*3 {
		less := shrink(from, 1, small, scaled(height, small, width))
		if file, ok := asJPEG(less, Limits{Bytes: len(file.Data) / 2}); ok && file.Width == small {
			made.Files = append(made.Files, file)
		}
	}
	return made, nil
}

// fits reports whether a picture can be shown as it lies in its file, but for its bytes.
func (h header) fits(l Limits) bool {
	return h.turned == 1 && (l.Width == 0 || h.width <= l.Width) && h.colours != 4 && h.kind != gifKind
}

func stripped(kind *Kind, data []byte) []byte {
	if kind == jpegKind {
		return stripJPEG(data, false)
	}
	return stripPNG(data)
}

func open(h header, data []byte) (image.Image, error) {
	r := bytes.NewReader(data)
	switch h.kind {
	case jpegKind:
		return jpeg.Decode(r)
	case pngKind:
		return png.Decode(r)
	}
	return gif.Decode(r)
}

// asPNG codes a picture without loss, and reports whether it fits.
func asPNG(m *image.RGBA, l Limits) (File, bool) {
	var b bytes.Buffer
	coder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := coder.Encode(&b, fewColours(m)); err != nil || l.Bytes > 0 && b.Len() > l.Bytes {
		return File{}, false
	}
	return File{m.Rect.Dx(), m.Rect.Dy(), b.Len(), b.Bytes()}, true
}

// fewColours returns a picture that needs no more than 256 colours with a palette of them, another as it is.
func fewColours(m *image.RGBA) image.Image {
	places := map[color.RGBA]uint8{}
	var palette color.Palette
	p := image.NewPaletted(m.Rect, nil)
	for i := 0; i < len(m.Pix); i += 4 {
		c := color.RGBA{m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3]}
		at, known := places[c]
		if !known {
			if len(palette) == 256 {
				return m
			}
			at = uint8(len(palette))
			places[c], palette = at, append(palette, color.NRGBAModel.Convert(c))
		}
		p.Pix[i/4] = at
	}
	p.Palette = palette
	return p
}

// asJPEG codes a picture as well as the limits allow, and narrower where it must, and reports whether it fits.
func asJPEG(m *image.RGBA, l Limits) (File, bool) {
	for {
		size := m.Rect.Size()
		for _, quality := range qualities {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
				return File{}, false
			}
			if l.Bytes == 0 || b.Len() <= l.Bytes {
				return File{size.X, size.Y, b.Len(), b.Bytes()}, true
			}
		}
		width := size.X * 4 / 5
		if width < narrowest {
			return File{}, false
		}
		m = shrink(m, 1, width, scaled(size.Y, width, size.X))
	}
}

// onWhite puts white behind what can be seen through: JPEG knows no such thing.
func onWhite(m *image.RGBA) {
	if m.Opaque() {
		return
	}
	back := image.NewRGBA(m.Rect)
	draw.Draw(back, m.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(back, m.Rect, m, m.Rect.Min, draw.Over)
	copy(m.Pix, back.Pix)
}

// scaled returns n by the ratio of to and from, at least 1.
func scaled(n, to, from int) int { return max(1, (n*to+from/2)/from) }
