package judges

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
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

// TestNetSurf shows pages to NetSurf.
func TestNetSurf(t *testing.T) {
	need(t, netsurf)
	need(t, "Xvfb")
	g := the(t)
	pages := g.oldPages()
	seen := g.today(t, pages)
	start := time.Now()
	netSurf(t)(collect(t), seen, g.asIs(pages))
	t.Logf("NetSurf took %.1f s for %s", time.Since(start).Seconds(), plural(len(pages), "page"))
}

// The judge refuses a title whose colour is a gradient's, answers that are
// outdented against a padding that the engine does not know, and a help link
// that one has to look for.
func TestNetSurfSees(t *testing.T) {
	need(t, netsurf)
	need(t, "Xvfb")
	refuses(t, []fault{
		{"gradient", "home", `background:(#\w+);color:#fff6e4;background-image:radial`, `color:#fff6e4;background:$1 radial`,
			"the title cannot be read"},
		{"letters", "challenge", `padding:1rem 3\.8rem`, `padding:1rem 1.25rem`, "the first letters are lost"},
		pushed,
	}, netSurf(t))
}

// netSurf returns a judge of what NetSurf paints.
func netSurf(t *testing.T) func(c *complaints, seen map[string]today, list []variant) {
	return func(c *complaints, seen map[string]today, list []variant) {
		t.Helper()
		work := make(chan variant, len(list))
		for _, v := range list {
			work <- v
		}
		close(work)
		var screens sync.WaitGroup
		for range min(2, len(list)) {
			screens.Go(func() {
				s, err := newScreen(t.Context(), screenWidth+scrollBar, paintHeight)
				if err != nil {
					c.add("all pages", "Xvfb failed", err.Error())
					return
				}
				defer s.shut()
				for v := range work {
					painted, err := s.paint(v.file)
					if err != nil {
						c.add(v.name, "the browser failed", err.Error())
						continue
					}
					p := painting{painted, seen[v.name]}
					p.judge(func(rule, place string) { c.add(v.name, rule, place) })
				}
			})
		}
		screens.Wait()
	}
}

// painting is a page as it was painted, from its first line to its last.
type painting struct {
	*image.RGBA
	today
}

func (p *painting) judge(complain func(rule, place string)) {
	help := p.helpEnds()
	if help < 0 || help > screenHeight {
		complain("no way to help on the first screen", fmt.Sprintf("it ends at %d px", help))
	}
	if most := p.Open * 1.3; float64(p.Rect.Dy()) > most {
		complain("the page is far too long", fmt.Sprintf("%d px, where %.0f would do", p.Rect.Dy(), p.Open))
	}
	end := p.headEnds()
	ink, paper, stained := p.colours(help, end)
	if k := ratio(ink, paper); k < readable || stained < 100 {
		complain("the title cannot be read", fmt.Sprintf("%v on %v: %.1f; %d px are inked", ink, paper, k, stained))
	}
	if at := p.cutAt(end); at >= 0 {
		complain("the first letters are lost", fmt.Sprintf("something is cut off at the edge, %d px down", at))
	}
}

// helpEnds returns where the link to help ends: the first block of its colour
// that is as large as a finger; -1 for none.
func (p *painting) helpEnds() int {
	light, rows := rgb(p.Light), 0
	for y := range p.Rect.Dy() {
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
		case rows >= 30:
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

// cutAt returns where below the title something stands at the very edge of the
// screen that neither fills it nor is empty: the rest of a letter. It is -1
// where nothing does.
func (p *painting) cutAt(from int) int {
	const full = 24 // what is taller than a line is no letter
	for y := from; y < p.Rect.Dy(); {
		end := y
		for end < p.Rect.Dy() && p.RGBAAt(0, end) == p.RGBAAt(0, y) {
			end++
		}
		if end-y < full && end < p.Rect.Dy() {
			return y
		}
		y = end
	}
	return -1
}

// screen is a screen in memory, which Xvfb keeps in a file.
type screen struct {
	server *exec.Cmd
	name   string // DISPLAY
	dir    string
	ctx    context.Context
}

func newScreen(ctx context.Context, width, height int) (s *screen, err error) {
	s = &screen{ctx: ctx}
	if s.dir, err = os.MkdirTemp("", "judges-screen"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			s.shut()
		}
	}()
	tell, told, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer tell.Close()
	s.server = exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-noreset", "-nolisten", "tcp",
		"-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-fbdir", s.dir)
	s.server.ExtraFiles = []*os.File{told}
	err = s.server.Start()
	told.Close()
	if err != nil {
		s.server = nil
		return nil, err
	}
	number, err := bufio.NewReader(tell).ReadString('\n') // all of it: Xvfb dies of a pipe that closes early
	if err != nil {
		return nil, fmt.Errorf("it shows no screen: %w", err)
	}
	s.name = ":" + strings.TrimSpace(number)
	return s, nil
}

func (s *screen) shut() {
	if s.server != nil {
		_ = s.server.Process.Kill() // it may be gone
		_ = s.server.Wait()
	}
	os.RemoveAll(s.dir)
}

// paint shows a page to NetSurf and returns what it paints, without the frame
// of its window.
func (s *screen) paint(file string) (*image.RGBA, error) {
	home, err := os.MkdirTemp(s.dir, "home")
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, netsurf, "--window_x=0", "--window_y=0",
		fmt.Sprintf("--window_width=%d", screenWidth+scrollBar), fmt.Sprintf("--window_height=%d", paintHeight), "file://"+file)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.name, "GDK_BACKEND=x11", "NO_AT_BRIDGE=1", "LC_ALL=C.UTF-8",
		"HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	defer func() {
		_ = cmd.Process.Kill() // it does not end by itself
		_ = cmd.Wait()
	}()
	var last []byte
	for quiet := 0; ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		picture, err := os.ReadFile(filepath.Join(s.dir, "Xvfb_screen0"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // a new screen takes its time
			return nil, err
		}
		if !bytes.Equal(picture, last) {
			last, quiet = picture, 0
			continue
		}
		if quiet++; quiet < 4 {
			continue
		}
		if page, err := pageOf(picture); err == nil {
			return page, nil
		}
	}
	return nil, errors.New("nothing was painted")
}

// pageOf cuts a page out of a screen that Xvfb keeps in the format XWD. The
// frame of the window has one colour above, below and beside the page.
func pageOf(xwd []byte) (*image.RGBA, error) {
	field := func(i int) int { return int(binary.BigEndian.Uint32(xwd[4*i:])) }
	if len(xwd) < 100 || field(7) != 0 || field(11) != 32 {
		return nil, errors.New("the screen has another format than 32 bits, the least byte first")
	}
	width, height, stride := field(4), field(5), field(12)
	points := xwd[field(0)+12*field(19):] // behind its table of colours
	at := func(x, y int) color.RGBA {
		p := points[y*stride+4*x:]
		return color.RGBA{R: p[2], G: p[1], B: p[0]}
	}
	frame, top, bottom, right := at(0, 0), 0, height, 0
	for top < height && at(0, top) == frame {
		top++
	}
	for bottom > top && at(0, bottom-1) == frame {
		bottom--
	}
	for top < height && right < width && at(right, top) != frame {
		right++
	}
	empty := func(y int) bool {
		for x := range right {
			if at(x, y) != at(0, bottom-1) {
				return false
			}
		}
		return true
	}
	for bottom > top && empty(bottom-1) {
		bottom--
	}
	if bottom-top < 100 {
		return nil, errors.New("there is no page yet")
	}
	page := image.NewRGBA(image.Rect(0, 0, right, bottom-top))
	for y := range bottom - top {
		for x := range right {
			page.SetRGBA(x, y, at(x, top+y))
		}
	}
	return page, nil
}
