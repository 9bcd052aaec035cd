package judges

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/sitetest"

	"github.com/andybalholm/brotli"
)

// served is a small release as mirrors have it, with all that a server can get wrong.
func served(t *testing.T) string {
	t.Helper()
	sources := sitetest.Over("-- content/site.yaml + --\n" +
		"bundles: {name: small, units: [{id: guide, formats: [zip, html, epub, zim]}]}\n")
	page := string(sources["content/en/help.md"].Data)
	for n := range 40 {
		page += fmt.Sprintf("\nTell someone you trust, and tell them again: %d.\n", n)
	}
	sources["content/en/help.md"].Data = []byte(page)
	dir := openFolder(t)
	dir = filepath.Join(dir, "public")
	tree, err := output.Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Discard()
	res, err := build.Build(t.Context(), sources, tree, build.Options{Bundles: bundle.Steady(), Forms: pack.Forms})
	if err != nil || res.Failed() {
		t.Fatal(err, res.Findings)
	}
	if err := tree.Publish(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// The snippets that operators get show a release as it is: the right bytes in every
// encoding, the right types, 304 for what a browser holds, parts of files, and a page
// that is not there in the reader's language, at any depth.
func TestServers(t *testing.T) {
	dir := served(t)
	for _, s := range servers {
		t.Run(s.name, func(t *testing.T) {
			for _, complaint := range complaintsOfServer(t, s.start(t, dir), dir, s.br) {
				t.Error(complaint)
			}
		})
	}
	t.Run("broken sample", func(t *testing.T) {
		bad := httptest.NewServer(http.FileServer(http.Dir(dir)))
		defer bad.Close()
		list := complaintsOfServer(t, bad.URL+"/", dir, true)
		for _, want := range []string{"Cache-Control", "nosniff", "policy", "gzip", "br", "404"} {
			if !slices.ContainsFunc(list, func(c string) bool { return strings.Contains(c, want) }) {
				t.Errorf("a server without settings: nothing is said of %s in\n%s", want, strings.Join(list, "\n"))
			}
		}
	})
}

// client does nothing by itself.
var client = &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 16},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// get asks a server and returns its answer with the body.
func get(t *testing.T, address string, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

// complaintsOfServer returns what is wrong with how a server shows a folder.
func complaintsOfServer(t *testing.T, server, dir string, br bool) (list []string) {
	t.Helper()
	complain := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for name, kind := range map[string]string{
		"en/help.html": "text/html", "index.html": "text/html", "release.json": "application/json",
		"downloads/small-en-guide.zip": "application/zip", "downloads/small-en-guide.epub": "application/epub+zip",
		"downloads/small-en-guide.html": "text/html", "downloads/small-en-guide.zim": "",
	} {
		want := read(name)
		large := pack.Worth(name) && name != "release.json" && len(want) > 2000
		encodings := []string{"identity", "gzip"}
		if br {
			encodings = append(encodings, "br")
		}
		for _, encoding := range encodings {
			resp, body := get(t, server+name, "Accept-Encoding", encoding)
			what := name + " as " + encoding
			if resp.StatusCode != http.StatusOK {
				complain("%s: %s", what, resp.Status)
				continue
			}
			got := resp.Header.Get("Content-Type")
			if kind != "" && !strings.HasPrefix(got, kind) || kind == "" && strings.HasPrefix(got, "text/") {
				complain("%s is called %q; want %s", what, got, kind)
			}
			sent := resp.Header.Get("Content-Encoding")
			text, err := unpack(body, sent)
			switch {
			case err != nil || !bytes.Equal(text, want):
				complain("%s: other bytes (%v)", what, err)
			case encoding == "identity" && sent != "", sent != "" && sent != encoding:
				complain("%s is sent as %s", what, sent)
			case encoding == "br" && bundle.Is(name): // nothing lies beside it
			case encoding != "identity" && sent == "" && large:
				complain("%s is sent as it is", what)
			}
			vary := strings.Join(resp.Header.Values("Vary"), ",")
			if large && !strings.Contains(vary, "Accept-Encoding") {
				complain("%s: Vary is %q", what, vary)
			}
			for _, held := range [][2]string{{"If-None-Match", resp.Header.Get("ETag")},
				{"If-Modified-Since", resp.Header.Get("Last-Modified")}} {
				again, _ := get(t, server+name, "Accept-Encoding", encoding, held[0], held[1])
				if held[1] == "" || again.StatusCode != http.StatusNotModified {
					complain("%s: %s %q is answered with %s", what, held[0], held[1], again.Status)
				}
			}
			headers(complain, what, resp)
		}
		resp, part := get(t, server+name, "Accept-Encoding", "identity", "Range", "bytes=10-19")
		if resp.StatusCode != http.StatusPartialContent || !bytes.Equal(part, want[10:20]) {
			complain("a part of %s: %s, %q", name, resp.Status, part)
		}
	}
	for address, page := range map[string]string{
		"nowhere.html": "404.html", "": "index.html", "en/": "en/index.html",
		"en/nowhere.html": "en/404.html", "fr/a/b": "fr/404.html",
		"ar/a/b/c/d/e/f/g.html": "ar/404.html", "nowhere/en/help.html": "404.html",
	} {
		want := http.StatusNotFound
		if strings.HasSuffix(page, "index.html") {
			want = http.StatusOK
		}
		resp, body := get(t, server+address, "Accept-Encoding", "identity")
		if resp.StatusCode != want || !bytes.Equal(body, read(page)) {
			complain("/%s is answered with %s and not with %s, %d", address, resp.Status, page, want)
		}
		headers(complain, "/"+address, resp)
	}
	return list
}

// headers complains of what a server does not say beside a file.
func headers(complain func(string, ...any), what string, resp *http.Response) {
	if got := resp.Header.Values("Cache-Control"); !slices.Equal(got, []string{"no-cache"}) {
		complain("%s: Cache-Control is %q", what, got)
	}
	if got := resp.Header.Values("X-Content-Type-Options"); !slices.Equal(got, []string{"nosniff"}) {
		complain("%s: nosniff is missing, %q", what, got)
	}
	const policy = "default-src 'none'; style-src 'unsafe-inline'; "
	if got := resp.Header.Values("Content-Security-Policy"); len(got) != 1 || !strings.HasPrefix(got[0], policy) {
		complain("%s: the policy is %q", what, got)
	}
}

func unpack(body []byte, encoding string) ([]byte, error) {
	switch encoding {
	case "gzip":
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	case "br":
		return io.ReadAll(brotli.NewReader(bytes.NewReader(body)))
	}
	return body, nil
}

// The snippets, with all their headers, rules and compressed files, cost a server
// little beside one that shows a plain file.
func TestServersAreQuick(t *testing.T) {
	dir := served(t)
	for _, s := range servers {
		t.Run(s.name, func(t *testing.T) {
			with, without := s.start(t, dir), s.plain(t, dir)
			var rate, slow [2]float64 // of the best of three rounds, in turn
			for range 3 {
				for i, address := range []string{with, without} {
					r, p99 := load(t, address+"en/help.html")
					if rate[i] == 0 || r > rate[i] {
						rate[i] = r
					}
					if slow[i] == 0 || p99 < slow[i] {
						slow[i] = p99
					}
				}
			}
			t.Logf("%s: requests a second %.2f of a plain server's, p99 %.2f of its", s.name, rate[0]/rate[1], slow[0]/slow[1])
			if rate[0] < rate[1]/4 {
				t.Errorf("%s with the snippet answers %.0f requests a second, without it %.0f", s.name, rate[0], rate[1])
			}
		})
	}
}

// load asks a thousand times, four at a time, and returns requests a second and how
// long the slowest hundredth took.
func load(t *testing.T, address string) (rate, p99 float64) {
	const each, at = 250, 4
	took := make([]time.Duration, each*at)
	var all sync.WaitGroup
	start := time.Now()
	for w := range at {
		all.Go(func() {
			for n := range each {
				begin := time.Now()
				r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
				r.Header.Set("Accept-Encoding", "br, gzip")
				resp, err := client.Do(r)
				if err != nil {
					t.Error(err)
					return
				}
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				took[w*each+n] = time.Since(begin)
			}
		})
	}
	all.Wait()
	whole := time.Since(start)
	slices.Sort(took)
	return float64(len(took)) / whole.Seconds(), took[len(took)*99/100].Seconds()
}

// What hosts read that nobody can run here says the same as the other snippets.
func TestHeadersFile(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile("../mirror/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for line := range strings.Lines(read("_headers")) {
		name, value, found := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		for _, s := range servers {
			if text := read(s.snippet); !strings.Contains(text, name) || !strings.Contains(text, value) {
				t.Errorf("%s does not say %s: %s", s.snippet, name, value)
			}
		}
	}
}
