package serve

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestPaths(t *testing.T) {
	h, _ := shown(t, Preview{ReadFile: files{
		"index.html":          "<p>home",
		"fr/index.html":       "<p>accueil",
		"fr/page.html":        "<p>page",
		"fr/été.html":         "<p>été",
		"a b/index.html":      "<p>space",
		"evil.org/index.html": "<p>not elsewhere",
		"404.html":            "<p>nowhere",
		"LICENSE":             "text",
	}.ReadFile})
	for _, c := range []struct {
		path, want string
		status     int
	}{
		{"/", "<p>home", 200},
		{"/index.html", "<p>home", 200},
		{"/?a=b", "<p>home", 200},
		{"/fr/", "<p>accueil", 200},
		{"/fr", "=> /fr/", 302},
		{"/fr?x=1", "=> /fr/?x=1", 302},
		{"/a%20b", "=> /a%20b/", 302},
		{"/fr/page.html", "<p>page", 200},
		{"/fr/%C3%A9t%C3%A9.html", "<p>été", 200},
		{"/LICENSE", "text", 200},
		{"/fr/page.html/", "<p>nowhere", 404},
		{"/none", "<p>nowhere", 404},
		{"/none/", "<p>nowhere", 404},
		{"//evil.org", "<p>nowhere", 404},
		{"//evil.org/", "<p>nowhere", 404},
		{"/%5Cevil.org", "<p>nowhere", 404},
		{"/./", "<p>nowhere", 404},
		{"/.", "<p>nowhere", 404},
		{"/fr/../index.html", "<p>nowhere", 404},
		{"/../../etc/passwd", "<p>nowhere", 404},
		{"/%2e%2e/etc/passwd", "<p>nowhere", 404},
		{"/fr%2Fpage.html", "<p>nowhere", 404},
		{"/fr%2fpage.html", "<p>nowhere", 404},
		{"/fr%5Cpage.html", "<p>nowhere", 404},
		{"/fr/page.html%00", "<p>nowhere", 404},
		{"/%FF", "<p>nowhere", 404},
		{"/-/other", "<p>nowhere", 404},
	} {
		status, header, body := ask(h, "GET", c.path, nil)
		if to := header.Get("Location"); to != "" {
			body = "=> " + to
		}
		if status != c.status || !strings.HasPrefix(body, c.want) {
			t.Errorf("%s: %d %.40q, want %d %q", c.path, status, body, c.status, c.want)
		}
	}
}

func TestPlainPageWhenThereIsNo404(t *testing.T) {
	h, st := shown(t, Preview{ReadFile: files{}.ReadFile})
	status, header, body := ask(h, "GET", "/x", nil)
	if status != 404 || header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(body, st.version) {
		t.Errorf("%d %v\n%s", status, header, body)
	}
}

func TestUnreadableFile(t *testing.T) {
	h, _ := shown(t, Preview{ReadFile: func(string) ([]byte, error) { return nil, errors.New("a <bad> disk") }})
	status, _, body := ask(h, "GET", "/x", nil)
	if status != 500 || !strings.Contains(body, "a &lt;bad&gt; disk") {
		t.Errorf("%d\n%s", status, body)
	}
}

func TestContentTypes(t *testing.T) {
	for name, want := range map[string]string{
		"a.html": "text/html; charset=utf-8",
		"a.HTML": "text/html; charset=utf-8",
		"a.css":  "text/css; charset=utf-8",
		"a.js":   "text/javascript; charset=utf-8",
		"a.svg":  "image/svg+xml; charset=utf-8",
		"a.xml":  "application/xml; charset=utf-8",
		"a.txt":  "text/plain; charset=utf-8",
		"a.json": "application/json; charset=utf-8",
		"a.epub": "application/epub+zip",
		"a.zim":  "application/x-zim",
		"a.zip":  "application/zip",
		"a":      "application/octet-stream",
	} {
		h, _ := shown(t, Preview{ReadFile: files{name: "<p>"}.ReadFile, Problems: []Problem{{Text: "p"}}})
		_, header, body := ask(h, "GET", "/"+name, nil)
		if got := header.Get("Content-Type"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if injected := body != "<p>"; injected != strings.HasPrefix(want, "text/html") {
			t.Errorf("%s: injected: %v", name, injected)
		}
	}
}

func TestHeadAndRanges(t *testing.T) {
	url := start(t, &Server{Rebuild: always(Preview{ReadFile: files{"a.zim": "0123456789", "index.html": "<p>é"}.ReadFile})})
	for _, path := range []string{"/", "/a.zim", "/none"} {
		full, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		full.Body.Close()
		head, err := http.Head(url + path)
		if err != nil {
			t.Fatal(err)
		}
		head.Body.Close()
		if head.StatusCode != full.StatusCode || head.ContentLength != full.ContentLength || head.ContentLength <= 0 {
			t.Errorf("HEAD %s: %d, %d bytes; GET: %d, %d bytes", path, head.StatusCode, head.ContentLength, full.StatusCode, full.ContentLength)
		}
	}
	h, _ := shown(t, Preview{ReadFile: files{"a.zim": "0123456789"}.ReadFile})
	status, header, body := ask(h, "GET", "/a.zim", []string{"Range: bytes=2-4"})
	if status != 206 || body != "234" || header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("range: %d %q %v", status, body, header)
	}
	if status, _, _ := ask(h, "GET", "/a.zim", []string{"Range: bytes=20-"}); status != 416 {
		t.Errorf("range beyond the end: %d", status)
	}
	if status, _, body := ask(h, "HEAD", reloadPath, nil); status != 200 || body != "" {
		t.Errorf("HEAD of the stream: %d %q", status, body)
	}
}
