package serve

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

const strictPage = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:">
<link rel="icon" href="data:,"><title>a</title></head><body><p>a</p></body></html>`

// A real browser runs the script under the page's strict policy and asks again after a change, and when the server was
// started anew.
func TestBrowserReloads(t *testing.T) {
	dir := t.TempDir()
	var asked atomic.Int64
	server := func() *Server {
		return &Server{Folders: []string{dir}, Log: t.Logf, Rebuild: func(context.Context) (Preview, error) {
			return Preview{Problems: []string{"a warning"}, ReadFile: func(name string) ([]byte, error) {
				if name == "index.html" {
					asked.Add(1)
				}
				return files{"index.html": strictPage}.ReadFile(name)
			}}, nil
		}}
	}
	url, stop := run(t, server(), "127.0.0.1:0")
	open(t, url)
	eventually(t, "the browser asks", func() bool { return asked.Load() > 0 })
	for i := range 2 {
		before := asked.Load()
		write(t, filepath.Join(dir, "page.md"), strings.Repeat("x", i))
		eventually(t, "the browser asks again after a change", func() bool { return asked.Load() > before })
	}
	stop()
	before := asked.Load()
	_, stop = run(t, server(), strings.TrimPrefix(url, "http://"))
	defer stop()
	eventually(t, "the browser asks again after a restart", func() bool { return asked.Load() > before })
}

// open shows url in Chromium until the test ends; it fails the test if a policy forbids anything.
func open(t *testing.T, url string) {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	profile, err := os.MkdirTemp("", "serve-browser")
	if err != nil {
		t.Fatal(err)
	}
	browser := exec.Command(chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir="+profile, "--remote-debugging-port=0", "--enable-logging=stderr", url)
	var told bytes.Buffer
	browser.Stderr = &told
	if err := browser.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		browser.Process.Kill()
		browser.Wait()
		os.RemoveAll(profile) // its helpers may still be writing; what is left lies in the temporary folder
		for _, line := range regexp.MustCompile(`(?m)^.*Content Security Policy.*$`).FindAllString(told.String(), -1) {
			t.Error(line)
		}
	})
}
