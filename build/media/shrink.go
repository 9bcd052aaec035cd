package media

import (
	"image"
	"image/draw"
)

// shrink returns a picture turned upright and no larger than it was: each pixel is the mean of the area that it stands
// for. The scalers of x/image count in floating point, which some processors round otherwise, and want 32 bytes for
// each row and each column to be; here it is whole numbers, and a row at a time.
func shrink(m image.Image, turned, width, height int) *image.RGBA {
	from := m.Bounds()
	across, down := width, height
	if turned > 4 {
		across, down = height, width
	}
	across, down = min(across, from.Dx()), min(down, from.Dy())
	out := image.NewRGBA(image.Rect(0, 0, across, down))
	row := image.NewRGBA(image.Rect(0, 0, from.Dx(), 1))
	narrow := make([]uint64, 4*across) // the row, as narrow as it will be
	sums := make([]uint64, 4*across)
	area := uint64(from.Dx()) * uint64(from.Dy())
	// In units of 1/down of a row, the picture is from.Dy()*down high, and each row to be from.Dy() of them.
	room, y := from.Dy(), 0
	for at := range from.Dy() {
		draw.Draw(row, row.Rect, m, image.Pt(from.Min.X, from.Min.Y+at), draw.Src)
		narrowed(narrow, row.Pix, from.Dx(), across)
		for left := down; left > 0; {
			part := min(left, room)
			for i, n := range narrow {
				sums[i] += n * uint64(part)
			}
			left, room = left-part, room-part
			if room == 0 {
				line := out.Pix[y*out.Stride:]
				for i, n := range sums {
					line[i] = uint8((n + area/2) / area)
				}
				clear(sums)
				room, y = from.Dy(), y+1
			}
		}
	}
	return upright(out, turned)
}

// narrowed puts the sums of the pixels of a row into fewer columns, each pixel counted as often as there are columns.
func narrowed(to []uint64, row []uint8, from, across int) {
	clear(to)
	room, x := from, 0
	for at := range from {
		pixel := row[4*at : 4*at+4]
		for left := across; left > 0; {
			part := min(left, room)
			sum := to[4*x : 4*x+4]
			for i, n := range pixel {
				sum[i] += uint64(n) * uint64(part)
			}
			left, room = left-part, room-part
			if room == 0 {
				room, x = from, x+1
			}
		}
	}
}

// upright turns a picture as EXIF says that it is turned.
func upright(m *image.RGBA, turned int) *image.RGBA {
	if turned <= 1 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if turned > 4 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			right, below := w-1-x, h-1-y
			var at int
			switch turned {
			case 2:
				at = out.PixOffset(right, y)
			case 3:
				at = out.PixOffset(right, below)
			case 4:
				at = out.PixOffset(x, below)
			case 5:
				at = out.PixOffset(y, x)
			case 6:
				at = out.PixOffset(below, x)
			case 7:
				at = out.PixOffset(below, right)
			case 8:
				at = out.PixOffset(y, right)
			}
			copy(out.Pix[at:at+4], m.Pix[m.PixOffset(x, y):])
		}
	}
	return out
}
