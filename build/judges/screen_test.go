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

// eachPainted has a browser paint pages, on two screens in memory of a width, which
// are so tall that they show whole pages, and hands the pictures over.
func eachPainted(t *testing.T, c *complaints, list []variant, width int, framed bool,
	show func(file string) *exec.Cmd, judge func(variant, *image.RGBA)) {
	t.Helper()
	work := make(chan variant, len(list))
	for _, v := range list {
		work <- v
	}
	close(work)
	var screens sync.WaitGroup
	for range min(2, len(list)) {
		screens.Go(func() {
			s, err := newScreen(t.Context(), width, paintHeight)
			if err != nil {
				c.add("all pages", "Xvfb failed", err.Error())
				return
			}
			defer s.shut()
			for v := range work {
				picture, err := s.paint(show(v.file), framed)
				if err != nil {
					c.add(v.name, "the browser failed", err.Error())
					continue
				}
				judge(v, picture)
			}
		})
	}
	screens.Wait()
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

// paint starts a browser and returns what it paints, without the frame of its
// window, if it has any.
func (s *screen) paint(cmd *exec.Cmd, framed bool) (*image.RGBA, error) {
	home, err := os.MkdirTemp(s.dir, "home")
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	cmd.Env = append(os.Environ(), "DISPLAY="+s.name, "GDK_BACKEND=x11", "NO_AT_BRIDGE=1", "LC_ALL=C.UTF-8",
		"HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() {
		_ = cmd.Process.Kill() // it does not end by itself
		<-ended
	}()
	var last []byte
	for quiet := 0; ctx.Err() == nil && len(ended) == 0; time.Sleep(100 * time.Millisecond) {
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
		if page, err := pageOf(picture, framed); err == nil {
			return page, nil
		}
	}
	return nil, errors.New("nothing was painted")
}

// pageOf cuts a page out of a screen that Xvfb keeps in the format XWD. The
// frame of the window has one colour above, below and beside the page.
func pageOf(xwd []byte, framed bool) (*image.RGBA, error) {
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
	if !framed {
		frame.A++ // no point has it
	}
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
