package serve

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Whatever is done to the sources, in whatever order and haste: after a rest the server shows what is there.
func TestShowsWhatIsThere(t *testing.T) {
	for _, how := range []string{"watching", "polling"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "content")
			s, _ := mirror(t, dir)
			s.Poll = 20 * time.Millisecond
			if how == "polling" {
				s.open = cannotWatch(syscall.ENOSPC)
			}
			url := start(t, s)
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			hand := &scribbler{Rand: rand.New(rand.NewPCG(seed, 0)), dir: dir, names: map[string]bool{}}
			for range 30 {
				for range 1 + hand.IntN(12) {
					hand.scribble()
				}
				want := snapshot(dir)
				for name := range want {
					hand.names[name] = true
				}
				eventually(t, "what is shown is what is there; the last changes were\n"+strings.Join(hand.done, "\n"), func() bool {
					return serves(s, want, hand.names)
				})
				for name := range hand.names {
					if status, body := get(t, url+"/"+name); (status == 200) != (want[name] != "") || status == 200 && body != want[name] {
						t.Fatalf("%s over HTTP: %d, %d bytes, want %d", name, status, len(body), len(want[name]))
					}
				}
				hand.done = nil
			}
		})
	}
}

// A scribbler does random things to a folder.
type scribbler struct {
	*rand.Rand
	dir   string
	count int
	names map[string]bool // all that were ever there
	done  []string
}

// scribble does one thing, or fails to: renaming what is not there is part of the game.
func (h *scribbler) scribble() {
	from, to := h.path(), h.path()
	h.count++
	text := strings.Repeat("x", h.count) // no two texts of one size, for polling's sake
	var what string
	var err error
	switch h.IntN(10) {
	case 0, 1, 2, 3:
		what, to = "write", from+".txt"
		os.MkdirAll(filepath.Dir(to), 0o777)
		err = os.WriteFile(to, []byte(text), 0o666)
	case 4:
		what, to = "make folder", from
		err = os.MkdirAll(from, 0o777)
	case 5:
		what, from, to = "rename file", from+".txt", to+".txt"
		err = os.Rename(from, to)
	case 6, 7:
		what = "rename folder"
		os.MkdirAll(filepath.Dir(to), 0o777)
		err = os.Rename(from, to)
	case 8:
		what, to = "remove", from
		err = os.RemoveAll(from)
	case 9:
		if what = "rest"; h.IntN(3) == 0 {
			time.Sleep(time.Duration(h.IntN(120)) * time.Millisecond)
		}
		if h.IntN(5) == 0 {
			what, to = "remove all", h.dir
			err = os.RemoveAll(h.dir)
		}
	}
	for name := range snapshot(h.dir) {
		h.names[name] = true
	}
	if err == nil {
		h.done = append(h.done, what+" "+from+" "+to)
	}
}

// path gives a place for a folder, one to four deep, out of few, so that things meet.
func (h *scribbler) path() string {
	parts := []string{h.dir}
	for range 1 + h.IntN(4) {
		parts = append(parts, string(rune('a'+h.IntN(3))))
	}
	return filepath.Join(parts...)
}
