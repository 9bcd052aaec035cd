package serve

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// files is a site in memory.
type files map[string]string

func (f files) ReadFile(name string) ([]byte, error) {
	text, ok := f[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return []byte(text), nil
}

// always gives a rebuild function that has one answer.
func always(p Preview) func(context.Context) (Preview, error) {
	return func(context.Context) (Preview, error) { return p, nil }
}

// shown gives a handler that shows one preview, and the state behind it.
func shown(t *testing.T, p Preview) (http.Handler, *state) {
	t.Helper()
	s := &Server{Rebuild: always(p), Log: t.Logf}
	s.rebuild(t.Context())
	return s.Handler(), s.current()
}

// snapshot reads all files below dir, as far as they are there.
func snapshot(dir string) files {
	all := files{}
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if data, err := os.ReadFile(name); err == nil {
			rel, _ := filepath.Rel(dir, name)
			all[filepath.ToSlash(rel)] = string(data)
		}
		return nil
	})
	return all
}

// mirror gives a server that serves the files of dir as they are, and the number of its rebuilds.
func mirror(t *testing.T, dir string) (*Server, *atomic.Int64) {
	var builds, running atomic.Int64
	return &Server{
		Folders: []string{dir},
		Log:     t.Logf,
		Rebuild: func(context.Context) (Preview, error) {
			if running.Add(1) > 1 {
				t.Error("two rebuilds at once")
			}
			defer running.Add(-1)
			builds.Add(1)
			return Preview{ReadFile: snapshot(dir).ReadFile}, nil
		},
	}, &builds
}

// hang is how long a thing may take before it is held to hang: long, since a computer may have other things to do.
const hang = time.Minute

// start runs a server until the test ends and gives its URL, without the last slash.
func start(t *testing.T, s *Server) string {
	t.Helper()
	url, stop := run(t, s, "127.0.0.1:0")
	t.Cleanup(stop)
	return url
}

func run(t *testing.T, s *Server, addr string) (url string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- s.Run(ctx, addr, func(url string) { ready <- url }) }()
	select {
	case url = <-ready:
	case err := <-ended:
		t.Fatalf("Run ended at once: %v", err)
	case <-time.After(hang):
		t.Fatal("the server is not ready")
	}
	return strings.TrimSuffix(url, "/"), func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(hang):
			t.Error("Run does not end")
		}
	}
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// eventually waits until ok, and fails the test if it never is.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(hang); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("after %v still not: %s", hang, what)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
}

// serves reports whether the server shows exactly these of the names.
func serves(s *Server, want files, names map[string]bool) bool {
	got := files{}
	for name := range names {
		if data, err := s.current().read(name); err == nil {
			got[name] = string(data)
		}
	}
	return maps.Equal(got, want)
}

// cannotWatch stands for a system that has no watches left.
func cannotWatch(err error) func() (*fsnotify.Watcher, error) {
	return func() (*fsnotify.Watcher, error) { return nil, err }
}
