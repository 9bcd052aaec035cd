//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"fieldguide/build/sitetest"
)

// Photographs as cameras make them build in little memory, forty in no more than twenty, and a second build makes none
// of them again.
func TestPicturesInLittleMemory(t *testing.T) {
	if testing.Short() || runtime.GOOS == "darwin" { // which counts in other units
		t.Skip("it makes 40 photographs of 12 megapixels")
	}
	const most = 200 << 10 // kB
	dir := t.TempDir()
	write := func(name string, data []byte) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	photo := sitetest.Photo(4000, 3000, 95, 1)
	if len(photo) < 5_000_000 {
		t.Fatalf("the photograph has %d bytes, which is no work", len(photo))
	}
	write("content/site.yaml", []byte("edition: \"2026-11\"\nsource: en\n"+
		"languages:\n  - {code: en, name: English, dir: ltr}\n"+
		"bundles: {name: album, units: [{id: guide, formats: [zip, epub, zim]}]}\n"))
	write("content/en/ui.yaml", []byte("title: Album\nbundles: {guide: Album}\n"))
	write("content/en/index.md", []byte("---\ntitle: Album\nsummary: All.\nkind: home\n---\n"))
	command := self(t)
	build := func() (peak int64, cpu time.Duration) {
		t.Helper()
		cmd := exec.Command(command, "build", "--cache", filepath.Join(dir, "cache"))
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		state := cmd.ProcessState
		return state.SysUsage().(*syscall.Rusage).Maxrss, state.UserTime() + state.SystemTime()
	}
	var peaks []int64
	for from := 0; from < 40; from += 20 {
		for i := from; i < from+20; i++ {
			remark := []byte{0xFF, 0xD8, 0xFF, 0xFE, 0, 3, byte(i)} // makes it another file, of the same work
			write(fmt.Sprintf("content/en/p%d.jpg", i), append(remark, photo[2:]...))
			write(fmt.Sprintf("content/en/p%d.md", i),
				fmt.Appendf(nil, "---\ntitle: Page %d\nsummary: One.\n---\n![A view](p%d.jpg)\n", i, i))
		}
		os.RemoveAll(filepath.Join(dir, "cache"))
		peak, first := build()
		_, second := build()
		t.Logf("%d photographs: %d MiB; %s, and then %s of CPU", from+20, peak>>10, first, second)
		if peaks = append(peaks, peak); peak > most {
			t.Errorf("%d photographs take %d MiB", from+20, peak>>10)
		}
		if second*10 > first {
			t.Errorf("%d photographs take %s, and %s when nothing has changed", from+20, first, second)
		}
	}
	if peaks[1] > peaks[0]*5/4 {
		t.Errorf("20 photographs take %d MiB, 40 take %d", peaks[0]>>10, peaks[1]>>10)
	}
}
