//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fieldguide/build/sitetest"
)

// endless stands for a Chromium that prints for a minute. It says who it is.
const endless = "#!/bin/sh\necho $$ >\"$0.pid\"\nexec sleep 60\n"

// Whoever presses Ctrl-C while a PDF is printed is not kept waiting: Chromium
// ends, nothing is left, and the former site is as it was.
func TestInterruptStopsChromium(t *testing.T) {
	dir, bin, tmp := t.TempDir(), t.TempDir(), t.TempDir()
	guide := sitetest.Over("-- content/site.yaml + --\nbundles: {name: small, units: [{id: guide, formats: [pdf]}]}\n")
	if err := os.CopyFS(dir, guide); err != nil {
		t.Fatal(err)
	}
	chromium, public := filepath.Join(bin, "chromium"), filepath.Join(dir, "public")
	if err := os.WriteFile(chromium, []byte(endless), 0o777); err != nil {
		t.Fatal(err)
	}
	command := self(t)
	build := func(bundles string) *exec.Cmd {
		cmd := exec.Command(command, "build", "--bundles", bundles)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "TMPDIR="+tmp, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
		return cmd
	}
	if said, err := build("none").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	before := fingerprint(t, public)

	var stderr bytes.Buffer
	cmd := build("pdf")
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	printer := 0
	wait(t, "Chromium to print", func() bool {
		said, _ := os.ReadFile(chromium + ".pid")
		printer, _ = strconv.Atoi(strings.TrimSpace(string(said)))
		return printer > 0
	})
	cmd.Process.Signal(os.Interrupt)
	cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != interrupted {
		t.Errorf("exit status %d, want %d\n%s", got, interrupted, &stderr)
	}
	if want := "fieldguide: interrupted; nothing was changed\n"; !strings.HasSuffix(stderr.String(), want) {
		t.Errorf("it says %q, want %q at the end", &stderr, want)
	}
	wait(t, "Chromium to end", func() bool { return errors.Is(syscall.Kill(printer, 0), syscall.ESRCH) })
	if fingerprint(t, public) != before {
		t.Error("public/ is not the former site")
	}
	litter, _ := filepath.Glob(filepath.Join(dir, ".public*"))
	more, _ := filepath.Glob(filepath.Join(tmp, "*"))
	if litter = append(litter, more...); litter != nil {
		t.Errorf("left behind: %v", litter)
	}
}

// wait waits until ok, and fails the test if it never is.
func wait(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 6000 { // a minute
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("waiting for %s was in vain", what)
}
