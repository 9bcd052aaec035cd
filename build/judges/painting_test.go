package judges

import (
	"fmt"
	"image"
	"image/color"
	"testing"
)

// What can be told of words in a picture without knowing where they stand.

const (
	// legible is the contrast that words have at least as they are painted: less
	// than in the style, because edges of letters are softened, and engines that
	// know no transparent colours paint them full.
	legible = 3
	// thick is more than the stroke of a letter is wide, at any size that is used.
	thick = 8
	// full is more than a letter is tall and wide.
	full = 24
)

// judgeWords judges what can be told of words wherever they stand, and of what is cut
// off below a line.
func (p *painting) judgeWords(below int, complain func(rule, place string)) {
	for y := 0; y < p.Rect.Dy(); y += tileHeight {
		for x := 0; x < p.Rect.Dx(); x += tileWidth {
			if strokes, best := p.strokes(x, y); strokes >= someWords && best < legible {
				complain("words that cannot be read", fmt.Sprintf("contrast %.1f, %d px down, %d px from the left", best, y, x))
			}
		}
	}
	if y := p.cutAt(0, below); y >= 0 {
		complain("the first letters are lost", fmt.Sprintf("something is cut off at the left edge, %d px down", y))
	}
}

// A tile is as large as a short word; some words have so many strokes in one, a
// row of points at a time.
const (
	tileWidth  = 64
	tileHeight = 16
	someWords  = 40
)

// strokes counts strokes of letters in a tile: points between two of one colour
// that are not far from each other, so that no border and no box is counted; and
// returns the best contrast that any has with what is beside it.
func (p *painting) strokes(left, top int) (count int, best float64) {
	right := min(left+tileWidth, p.Rect.Dx())
	for y := top; y < min(top+tileHeight, p.Rect.Dy()); y++ {
		for x := left + 1; x < right; x++ {
			paper := p.RGBAAt(x-1, y)
			if p.RGBAAt(x, y) == paper {
				continue
			}
			end := x + 1
			for end < right && end < x+thick && p.RGBAAt(end, y) != paper {
				end++
			}
			if end == right || p.RGBAAt(end, y) != paper {
				continue
			}
			count++
			for ; x < end; x++ {
				best = max(best, ratio(paper, p.RGBAAt(x, y)))
			}
		}
	}
	return count, best
}

// cutAt returns where below a line something stands in the outermost column of points that is
// no taller and no wider than a letter: the rest of one. It is -1 where nothing
// does.
func (p *painting) cutAt(column, below int) int {
	step := 1
	if column > 0 {
		step = -1
	}
	for y := below; y < p.Rect.Dy(); {
		here, end := p.RGBAAt(column, y), y
		for end < p.Rect.Dy() && p.RGBAAt(column, end) == here {
			end++
		}
		wide := 0
		for wide < full && p.RGBAAt(column+step*wide, (y+end)/2) == here {
			wide++
		}
		if end-y < full && wide < full && end < p.Rect.Dy() {
			return y
		}
		y = end
	}
	return -1
}

// Words are told from borders, boxes and what is not cut off.
func TestJudgeWords(t *testing.T) {
	white, grey, black := color.RGBA{255, 255, 255, 255}, color.RGBA{200, 200, 200, 255}, color.RGBA{A: 255}
	for _, test := range []struct {
		name  string
		paint func(x, y int) color.RGBA
		want  string
	}{
		{"nothing", func(x, y int) color.RGBA { return white }, ""},
		{"black words", func(x, y int) color.RGBA {
			if y > 30 && y < 45 && x > 40 && x%6 < 2 && x < 300 {
				return black
			}
			return white
		}, ""},
		{"grey words", func(x, y int) color.RGBA {
			if y > 30 && y < 45 && x > 40 && x%6 < 2 && x < 300 {
				return grey
			}
			return white
		}, "words that cannot be read"},
		{"a grey border", func(x, y int) color.RGBA {
			if x == 40 || x == 41 {
				return grey
			}
			return white
		}, ""},
		{"half a letter at the edge", func(x, y int) color.RGBA {
			if y > 30 && y < 45 && x < 3 {
				return black
			}
			return white
		}, "the first letters are lost"},
		{"a line from edge to edge", func(x, y int) color.RGBA {
			if y > 30 && y < 34 {
				return black
			}
			return white
		}, ""},
	} {
		p := painting{RGBA: image.NewRGBA(image.Rect(0, 0, 320, 100))}
		for y := range 100 {
			for x := range 320 {
				p.SetRGBA(x, y, test.paint(x, y))
			}
		}
		got := ""
		p.judgeWords(0, func(rule, _ string) { got = rule })
		if got != test.want {
			t.Errorf("of %s it says %q, want %q", test.name, got, test.want)
		}
	}
}
