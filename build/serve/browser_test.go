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

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
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
			return Preview{Problems: []Problem{{Text: "a warning"}}, ReadFile: func(name string) ([]byte, error) {
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

// On a telephone, in the dark, the box of findings lies within the screen, leaves the page to be read above it, and is wide
// enough for its words; so is the page that lists them all.
func TestBrowserShowsFindings(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("chromium is not installed")
	}
	long := "content/en/children/under-9/a-page-with-a-long-name.md:6:1: error: " + strings.Repeat("word ", 30) + "(headings)\n    hint: write ##"
	s := &Server{Log: t.Logf, Rebuild: always(Preview{ReadFile: files{"index.html": strictPage}.ReadFile, Problems: []Problem{
		{Text: long, Error: true, Pages: []string{"index.html"}}, {Text: strings.Repeat("x", 300), Pages: []string{"index.html"}},
		{Text: "elsewhere", Error: true}}})}
	url := start(t, s)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	defer stop()
	ctx, shut := chromedp.NewContext(ctx)
	defer shut()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(320, 640)); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"/", findingsPath} {
		if err := chromedp.Do(ctx, chromedp.Navigate(url+page)); err != nil {
			t.Fatal(err)
		}
		wrong, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(function () {
			var wrong = [], box = document.getElementById('fieldguide-preview');
			if (document.documentElement.scrollWidth > 320) wrong.push('the page is ' + document.documentElement.scrollWidth + ' wide');
			document.querySelectorAll('#fieldguide-preview, #fieldguide-preview *, main *').forEach(function (e) {
				var r = e.getBoundingClientRect();
				if (e.localName !== 'style' && (r.left < 0 || r.right > 320 || r.width < 40)) wrong.push(e.localName + ' is at ' + r.left + ' to ' + r.right);
				if (e.scrollWidth > e.clientWidth + 1 && e.localName !== 'style') wrong.push(e.localName + ' has to be moved aside');
				if (/^(a|button)$/.test(e.localName) && r.height < 44) wrong.push(e.localName + ' is ' + r.height + ' high');
			});
			if (box && box.getBoundingClientRect().top < 200) wrong.push('the box covers the page');
			return wrong;
		})()`))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range wrong {
			t.Errorf("%s: %s", page, w)
		}
	}
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
