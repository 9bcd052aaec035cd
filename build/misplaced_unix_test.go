//go:build unix

package build_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/output"
	"fieldguide/build/sitetest"
)

// A named pipe waits for ever when it is opened to be read. Wherever one stands it is a finding, the only one, also to
// who remembers the site as it was a moment ago.
func TestNamedPipesAreNamedAndNotOpened(t *testing.T) {
	for _, name := range []string{"content", "content/site.yaml", "content/en", "content/en/ui.yaml",
		"content/en/terms.yaml", "content/en/records.txt", "content/fr/records.txt", "content/en/pipe.md", "content/en/pipe.png",
		"content/data", "content/data/credits.yaml", "layouts", "layouts/page.html", "layouts/own.html", "static", "static/pipe.txt",
		"static/style", "static/style/own.css", "static/style/palette.css", "static/drawings", "static/drawings/pipe.svg",
	} {
		t.Run(name, func(t *testing.T) {
			testMisplaced(t, name, func(name string) error { return syscall.Mkfifo(name, 0o666) })
		})
	}
}

func TestSocketsAreNamed(t *testing.T) {
	short, err := os.MkdirTemp("", "") // the system takes no long name for one
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(short)
	testMisplaced(t, "layouts/page.html", func(name string) error {
		made := filepath.Join(short, "socket")
		socket, err := net.ListenUnix("unix", &net.UnixAddr{Name: made, Net: "unix"})
		if err != nil {
			return err
		}
		socket.SetUnlinkOnClose(false)
		socket.Close()
		return os.Rename(made, name)
	})
}

// testMisplaced builds a site in which something stands in the place of a file or folder.
func testMisplaced(t *testing.T, name string, put func(name string) error) {
	dir := t.TempDir()
	site := sitetest.Base()
	for name, file := range site {
		write(t, filepath.Join(dir, name), file.Data)
	}
	fsys, shut, err := build.Sources(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer shut()
	memory := &build.Memory{}
	res, err := build.Build(t.Context(), fsys, output.Memory(), build.Options{Memory: memory})
	if err != nil || res.Failed() {
		t.Fatalf("the base site: %v, %v", err, res)
	}
	place := filepath.Join(dir, name)
	os.RemoveAll(place)
	os.MkdirAll(filepath.Dir(place), 0o777)
	if err := put(place); err != nil {
		t.Fatal(err)
	}
	for what, o := range map[string]build.Options{"with nothing remembered": {}, "with a memory": {Memory: memory}} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		done := make(chan string, 1)
		go func() {
			res, err := build.Build(ctx, fsys, output.Memory(), o)
			if err != nil {
				done <- err.Error()
				return
			}
			done <- sitetest.Findings(res.Findings)
		}()
		select {
		case <-ctx.Done():
			t.Fatalf("%s the build waits for somebody to write into %s", what, name)
		case got := <-done:
			if n := strings.Count(got, ": error: "); n != 1 || !strings.Contains(got, name+": error: this is not a ") {
				t.Errorf("%s the findings are\n%s\nwant one error, that %s is not a plain file or a folder", what, got, name)
			}
		}
	}
}
