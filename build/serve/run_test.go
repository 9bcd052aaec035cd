package serve

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

func TestRunRefusesOtherAddresses(t *testing.T) {
	for addr, hint := range map[string]string{
		"0.0.0.0:8080":     "write 127.0.0.1:8080 instead",
		":4000":            "write 127.0.0.1:4000 instead",
		"[::]:8080":        "write 127.0.0.1:8080 instead",
		"192.0.2.1:8080":   "write 127.0.0.1:8080 instead",
		"example.org:8080": "write 127.0.0.1:8080 instead",
		"localhost":        "write 127.0.0.1:8080",
		"":                 "write 127.0.0.1:8080",
	} {
		err := (&Server{}).Run(t.Context(), addr, nil)
		if err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("Run at %q: %v; want an error with %q", addr, err, hint)
		}
	}
}

func TestRunTellsOfATakenPort(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	if err := (&Server{}).Run(t.Context(), ln.Addr().String(), nil); err == nil {
		t.Error("no error for a port that is taken")
	}
}

func TestRunEndsInTime(t *testing.T) {
	s, _ := mirror(t, t.TempDir())
	url, stop := run(t, s, "127.0.0.1:0")
	for range 5 {
		resp, err := http.Get(url + reloadPath + "?v=" + s.current().version)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
	}
	silent, err := net.Dial("tcp", strings.TrimPrefix(url, "http://")) // browsers open connections in advance
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	stop()
}

func TestRunEndsInTimeDuringARebuild(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	dir := t.TempDir()
	var builds atomic.Int64
	s := &Server{Folders: []string{dir}, Rebuild: func(context.Context) (Preview, error) {
		if builds.Add(1) > 1 {
			<-release // heeds nothing
		}
		return Preview{ReadFile: files{}.ReadFile}, nil
	}}
	_, stop := run(t, s, "127.0.0.1:0")
	write(t, dir+"/a", "")
	eventually(t, "a second build", func() bool { return builds.Load() > 1 })
	stop()
}

func TestRunLeavesNoGoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	s, _ := mirror(t, t.TempDir())
	url, stop := run(t, s, "127.0.0.1:0")
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for range 300 {
		ctx, leave := context.WithCancel(t.Context())
		req, _ := http.NewRequestWithContext(ctx, "GET", url+reloadPath+"?v="+s.current().version, nil)
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		leave()
		resp.Body.Close()
	}
	eventually(t, "streams gone while serving", func() bool { return runtime.NumGoroutine() < before+20 })
	stop()
	eventually(t, "all goroutines gone", func() bool { return runtime.NumGoroutine() <= before })
}

func TestFirstBuildBroken(t *testing.T) {
	dir := t.TempDir()
	var mended atomic.Bool
	s := &Server{Folders: []string{dir}, Rebuild: func(context.Context) (Preview, error) {
		if mended.Load() {
			return Preview{ReadFile: files{"index.html": "<p>good"}.ReadFile}, nil
		}
		return Preview{Broken: true, Problems: []Problem{{Text: "a.md:1: <b>\nsecond line"}}}, nil
	}}
	url := start(t, s)
	for _, path := range []string{"/", "/style.css", "/a/b"} {
		status, body := get(t, url+path)
		if status != http.StatusServiceUnavailable || strings.Count(body, "a.md:1: &lt;b&gt;\nsecond line") != 1 {
			t.Errorf("GET %s: %d\n%s", path, status, body)
		}
	}
	_, body := get(t, url)
	resp, err := http.Get(url + reloadPath + "?v=" + pageVersion(t, body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	mended.Store(true)
	write(t, dir+"/a.md", "")
	if told, _ := io.ReadAll(resp.Body); !strings.Contains(string(told), "data: ") {
		t.Errorf("the page of problems was not told to reload: %q", told)
	}
	if status, body := get(t, url); status != 200 || !strings.Contains(body, "<p>good") {
		t.Errorf("after mending: %d\n%s", status, body)
	}
}

func TestLastGoodPageStaysUp(t *testing.T) {
	outcomes := []func() (Preview, error){
		func() (Preview, error) {
			return Preview{ReadFile: files{"index.html": "<p>good"}.ReadFile, Problems: []Problem{{Text: "only a warning", Pages: []string{"index.html"}}}}, nil
		},
		func() (Preview, error) { return Preview{Broken: true, Problems: []Problem{{Text: "an error"}}}, nil },
		func() (Preview, error) { return Preview{}, errors.New("disk on fire") },
		func() (Preview, error) { panic("at the disco") },
		func() (Preview, error) {
			return Preview{Broken: true, ReadFile: files{"index.html": "<p>half"}.ReadFile}, nil
		},
	}
	next := 0
	s := &Server{Rebuild: func(context.Context) (Preview, error) { next++; return outcomes[next-1]() }}
	h := s.Handler()
	for i, want := range []string{"only a warning", "an error", "disk on fire", "at the disco", "<p>good"} {
		s.rebuild(t.Context())
		status, _, body := ask(h, "GET", "/", nil)
		if status != 200 || !strings.Contains(body, "<p>good") || !strings.Contains(body, want) {
			t.Errorf("outcome %d: %d, without %q:\n%s", i, status, want, body)
		}
		if old := strings.Contains(body, "last good state"); old != (i > 0 && i < 4) {
			t.Errorf("outcome %d: says that the page is old: %v", i, old)
		}
	}
}

func TestWaitsBeforeTheFirstBuild(t *testing.T) {
	status, _, body := ask((&Server{}).Handler(), "GET", "/x", nil)
	if status != http.StatusServiceUnavailable || !strings.Contains(body, "being built") {
		t.Errorf("%d\n%s", status, body)
	}
}

func TestAPageFromBeforeReloads(t *testing.T) {
	s, _ := mirror(t, t.TempDir())
	url := start(t, s)
	client := &http.Client{Timeout: hang}
	for _, v := range []string{"", "?v=of-another-run"} {
		resp, err := client.Get(url + reloadPath + v)
		if err != nil {
			t.Fatal(err)
		}
		told, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || !strings.Contains(string(told), "data: "+s.current().version+"\n\n") {
			t.Errorf("%s: told %q (%v); want the version of now at once", v, told, err)
		}
		if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
			t.Errorf("Content-Type %q", kind)
		}
	}
}
