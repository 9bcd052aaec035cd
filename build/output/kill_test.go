//go:build linux

package output

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The test binary is also the build that gets killed: with childEnv set it
// plays that part instead of testing.
const childEnv, childMode = "FIELDGUIDE_OUTPUT_TARGET", "FIELDGUIDE_OUTPUT_MODE"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		play := buildForever
		if os.Getenv(childMode) == "small files" {
			play = buildSmallFiles
		}
		if err := play(dir, os.Getenv(childMode)); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		return
	}
	// In memory, where there is such a place: what a kill leaves is the same
	// there, and nobody waits for a disk that others write to.
	const memory = "/dev/shm"
	if os.Getenv("TMPDIR") == "" && unix.Access(memory, unix.W_OK) == nil {
		os.Setenv("TMPDIR", memory)
	}
	os.Exit(m.Run())
}

// Two sites that share files and folders, and differ in others.
func killSites() (a, b site) {
	a, b = site{}, site{}
	for i := range 120 {
		name := fmt.Sprintf("%c/%d/page.html", 'a'+i%4, i%9)
		name = strings.Replace(name, "page", fmt.Sprint("page", i), 1)
		text := strings.Repeat(fmt.Sprintln("page", i), i)
		a[name], b[name] = text, text
		switch i % 4 {
		case 0:
			b[name] = strings.ToUpper(text)
		case 1:
			delete(b, name)
			b["only-b/"+name] = text
		}
	}
	a["turn"], b["turn/page"] = "a file", "a folder"
	return a, b
}

func killForeign() site {
	mine := site{"mine.txt": "mine", "a/mine": "mine", "only-b/mine": "mine", "empty/": "", "link": "-> a/mine"}
	for i := range 40 {
		mine[fmt.Sprintf("mine/%d/file%d", i%5, i)] = fmt.Sprint("mine ", i)
	}
	return mine
}

func buildForever(dir, mode string) error {
	a, b := killSites()
	for {
		for _, s := range []site{b, a} {
			fmt.Println("stage")
			tree, err := Stage(dir)
			if err != nil {
				return err
			}
			tree.stage.exchange = deadlyExchange(tree.stage, mode)
			fmt.Println("put")
			for name, data := range s {
				if err := tree.Put(name, []byte(data)); err != nil {
					return err
				}
			}
			fmt.Println("publish")
			if err := tree.Publish(); err != nil {
				return err
			}
			if mode == "once" {
				return nil
			}
		}
	}
}

// deadlyExchange dies in the instants that are too short to be hit by chance.
func deadlyExchange(s *stage, mode string) func(one, other string) error {
	die := func() { syscall.Kill(os.Getpid(), syscall.SIGKILL); select {} }
	switch mode {
	case "before":
		return func(string, string) error { die(); return nil }
	case "after":
		return func(one, other string) error { exchange(one, other); die(); return nil }
	case "between two renames":
		return func(one, other string) error {
			os.Rename(one, s.new())
			os.Rename(other, one)
			die()
			return nil
		}
	case "after two renames":
		return func(one, other string) error {
			os.Rename(one, s.new())
			os.Rename(other, one)
			os.Rename(s.new(), other)
			die()
			return nil
		}
	case "no exchange":
		return noExchange
	}
	return exchange
}

// runUntil starts a build and kills it when the function says so.
func runUntil(t *testing.T, dir, mode string, when func(lines *bufio.Scanner)) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir, childMode+"="+mode)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	when(bufio.NewScanner(out))
	cmd.Process.Kill()
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the build ended by itself: %v", err)
	}
}

type killGround struct {
	parent, dir string
	a, b        site // as they look when published
	mine        site
	inode       fs.FileInfo
	seen        map[string]int // what was in the working folder after a kill
}

func newKillGround(t *testing.T) *killGround {
	g := &killGround{parent: t.TempDir(), mine: killForeign(), seen: map[string]int{}}
	g.dir = filepath.Join(g.parent, "public")
	a, b := killSites()
	publish(t, g.dir, a)
	create(t, g.dir, g.mine)
	g.inode = lstat(t, filepath.Join(g.dir, "mine.txt"))
	g.a, g.b = a.withSums(t), b.withSums(t)
	maps.Copy(g.a, g.mine)
	maps.Copy(g.b, g.mine)
	return g
}

func (g *killGround) wantWhole(t *testing.T, when string) {
	t.Helper()
	got, err := onDisk(g.dir)
	must(t, err)
	if a, b := got.diff(g.a), got.diff(g.b); a != "" && b != "" {
		t.Fatalf("%s the target is neither site.\nFrom A:%s\nFrom B:%s", when, a, b)
	}
}

// wantUsable checks that the next build works and tidies up.
func (g *killGround) wantUsable(t *testing.T) {
	t.Helper()
	tree := stageTree(t, g.dir)
	g.wantWhole(t, "after the next Stage")
	a, _ := killSites()
	a.putInto(t, tree)
	must(t, tree.Publish())
	wantOnDisk(t, g.dir, g.a)
	wantOnly(t, g.parent, "public")
	if !os.SameFile(g.inode, lstat(t, filepath.Join(g.dir, "mine.txt"))) {
		t.Fatal("a foreign file was replaced by a copy")
	}
}

func (g *killGround) look() {
	entries, err := os.ReadDir(filepath.Join(g.parent, ".public.fieldguide"))
	state := "nothing"
	if err == nil {
		state = ""
		for _, e := range entries {
			state += e.Name() + " "
		}
	}
	g.seen[strings.TrimSpace(state)]++
}

func TestKilledAnyTime(t *testing.T) {
	kills := 60 // and as many without exchange
	if testing.Short() {
		kills = 10
	}
	for _, mode := range []string{"exchange", "no exchange"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			g := newKillGround(t)
			for range kills {
				runUntil(t, g.dir, mode, func(lines *bufio.Scanner) {
					// Three of four kills come while publishing.
					phase := []string{"publish", "publish", "publish", "put"}[rand.IntN(4)]
					for n := rand.IntN(4); lines.Scan(); {
						if lines.Text() == phase {
							n--
						}
						if n < 0 {
							break
						}
					}
					time.Sleep(time.Duration(rand.IntN(12000)) * time.Microsecond)
				})
				g.look()
				if mode == "exchange" || exists(g.dir) {
					g.wantWhole(t, "after a kill")
				}
				g.wantUsable(t)
			}
			t.Logf("left after the kills: %v", g.seen)
		})
	}
}

func TestKilledInShortInstants(t *testing.T) {
	for _, mode := range []string{"before", "after", "between two renames", "after two renames"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			g := newKillGround(t)
			for range 3 {
				runUntil(t, g.dir, mode, func(lines *bufio.Scanner) {
					for lines.Scan() {
					}
				})
				g.look()
				if mode != "between two renames" {
					g.wantWhole(t, "after the kill")
				}
				g.wantUsable(t)
			}
			t.Logf("left after the kills: %v", g.seen)
		})
	}
}
