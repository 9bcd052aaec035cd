//go:build linux

package output

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
)

// Chance hits the long phases; strace kills the build at each of its system
// calls that change something.
func TestKilledAtSystemCalls(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		if os.Getenv("FIELDGUIDE_TOOLS") == "required" {
			t.Fatal("strace is missing (make test installs it)")
		}
		t.Skip("strace is not installed")
	}
	// Calls by the hundred are sampled.
	for call, step := range map[string]int{"renameat": 1, "renameat2": 1, "syncfs": 1, "fsync": 1, "flock": 1, "fchmodat": 2,
		"utimensat": 2, "mkdirat": 4, "linkat": 11, "unlinkat": 17} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			g := newKillGround(t)
			kills := 0
			for n := 1; ; n += step {
				cmd := exec.Command(strace, "-f", "-qq", "-e", "trace="+call, "-e", "inject="+call+":signal=KILL:when="+strconv.Itoa(n), "-o", os.DevNull, os.Args[0])
				// One thread would be best, since strace counts for each.
				cmd.Env = append(os.Environ(), childEnv+"="+g.dir, childMode+"=once", "GOMAXPROCS=1")
				out, err := cmd.StdoutPipe()
				must(t, err)
				must(t, cmd.Start())
				for lines := bufio.NewScanner(out); lines.Scan(); {
				}
				err = cmd.Wait()
				if err == nil {
					break
				}
				var exit *exec.ExitError
				if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
					t.Skipf("strace does not work here: %v", err)
				}
				kills++
				g.look()
				g.wantWhole(t, "after a kill at "+call)
				g.wantUsable(t)
			}
			t.Logf("%d kills left %v", kills, g.seen)
			if kills == 0 {
				t.Error("never killed")
			}
		})
	}
}
