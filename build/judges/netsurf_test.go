package judges

import (
	"fmt"
	"image"
	"image/color"
	"os/exec"
	"testing"
)

// NetSurf 3.10 knows no gradients, no calc(), no logical properties, no SVG
// inside HTML and no details, and it is honest about it: what it does not know
// it skips. It has no script to be asked with, so its pictures are looked at. It
// paints on a screen in memory, which is so tall that it shows whole pages.

const (
	netsurf     = "netsurf-gtk"
	scrollBar   = 16 // its width
	paintHeight = 12000
)

// TestNetSurf shows pages to NetSurf, which does not shape Arabic.
func TestNetSurf(t *testing.T) {
	need(t, netsurf)
	need(t, "Xvfb")
	g := the(t)
	pages := g.oldPages(t, g.Source.Code, "zh")
	judged(t, len(pages), "page")
	g.inNetSurf(t)(collect(t), g.asIs(pages))
}

func TestNetSurfSees(t *testing.T) {
	need(t, netsurf)
	need(t, "Xvfb")
	refuses(t, "NetSurf", the(t).inNetSurf(t))
}

// inNetSurf returns a judge of what NetSurf paints.
func (g *guide) inNetSurf(t *testing.T) func(c *complaints, list []variant) {
	return func(c *complaints, list []variant) {
		t.Helper()
		seen := g.today(t, list)
		show := func(file string) *exec.Cmd {
			return exec.Command(netsurf, "--window_x=0", "--window_y=0", fmt.Sprintf("--window_width=%d", screenWidth+scrollBar),
				fmt.Sprintf("--window_height=%d", paintHeight), "file://"+file)
		}
		eachPainted(t, c, list, screenWidth+scrollBar, true, show, func(v variant, picture *image.RGBA) {
			p := painting{picture, seen[v.name]}
			p.judge(helpLink(v.root) != nil, func(rule, place string) { c.add(v.name, rule, place) })
		})
	}
}

// painting is a page as it was painted, from its first line to its last.
type painting struct {
	*image.RGBA
	today
}

func (p *painting) judge(helps bool, complain func(rule, place string)) {
	help := 0
	if helps {
		help = p.block(0, 30) // as tall as a finger
	}
	if help < 0 || help > screenHeight {
		complain("no way to help on the first screen", fmt.Sprintf("it ends at %d px", help))
	}
	if most := p.Open * 1.3; float64(p.Rect.Dy()) > most {
		complain("the page is far too long", fmt.Sprintf("%d px, where %.0f would do", p.Rect.Dy(), p.Open))
	}
	ink, paper, stained := p.colours(help, p.headEnds())
	if k := ratio(ink, paper); k < readable || stained < 100 {
		complain("the title cannot be read", fmt.Sprintf("%v on %v: %.1f; %d px are inked", ink, paper, k, stained))
	}
	p.judgeWords(p.headEnds(), complain)
}

// block returns where the first block of the colour of the link to help ends that
// begins below a line and has so many lines at least; -1 for none.
func (p *painting) block(from, tall int) int {
	light, rows := rgb(p.Light), 0
	for y := max(from, 0); y < p.Rect.Dy(); y++ {
		longest, run := 0, 0
		for x := range p.Rect.Dx() {
			run++
			if p.RGBAAt(x, y) != light {
				run = 0
			}
			longest = max(longest, run)
		}
		switch {
		case longest >= 8: // beside and between its letters
			rows++
		case rows >= tall:
			return y
		default:
			rows = 0
		}
	}
	return -1
}

// headEnds returns where the night above the text ends and its paper begins.
func (p *painting) headEnds() int {
	paper := rgb(p.Paper)
	for y := range p.Rect.Dy() {
		if p.RGBAAt(0, y) == paper {
			return y
		}
	}
	return p.Rect.Dy()
}

// colours returns the two colours of the title, which stands between the link
// to help and the text: what is behind it, which is commonest, and that of its
// letters, with how many points have it.
func (p *painting) colours(from, to int) (ink, paper color.RGBA, stained int) {
	count := map[color.RGBA]int{}
	for y := max(from, 0); y < to; y++ {
		for x := range p.Rect.Dx() {
			count[p.RGBAAt(x, y)]++
		}
	}
	for c, n := range count {
		if n > count[paper] {
			paper = c
		}
	}
	ink = rgb(p.Ink)
	return ink, paper, count[ink]
}
