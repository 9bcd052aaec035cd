package serve

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// ask puts a request straight to a handler; header values are "Name: value".
func ask(h http.Handler, method, path string, headers []string) (status int, header http.Header, body string) {
	r := httptest.NewRequest(method, "http://localhost"+path, nil)
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Header(), w.Body.String()
}

func TestOnlyThisComputerIsAnswered(t *testing.T) {
	s := &Server{Rebuild: always(Preview{ReadFile: files{"index.html": "hello"}.ReadFile})}
	url := start(t, s)
	port := url[strings.LastIndex(url, ":")+1:]
	for host, want := range map[string]int{
		"localhost:" + port:          200,
		"LOCALHOST:" + port:          200,
		"127.0.0.1:" + port:          200,
		"127.1.2.3:" + port:          200,
		"[::1]:" + port:              200,
		"[::ffff:127.0.0.1]:" + port: 200,
		"localhost:1":                403,
		"localhost":                  403,
		"127.0.0.1":                  403,
		"[::1]":                      403,
		"evil.example:" + port:       403,
		"localhost.evil:" + port:     403,
		"127.0.0.1.nip.io:" + port:   403,
		"0.0.0.0:" + port:            403,
		"192.0.2.1:" + port:          403,
		"127.1:" + port:              403,
		"localhost.:" + port:         403,
	} {
		r, _ := http.NewRequest("GET", url, nil)
		r.Host = host
		r.Header.Set("X-Forwarded-Host", "localhost:"+port)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("Host %s: %d, want %d", host, resp.StatusCode, want)
		}
	}
	if _, body := get(t, url); !strings.Contains(body, "hello") {
		t.Errorf("not served: %s", body)
	}
}

func TestForwardedHostIsIgnored(t *testing.T) {
	h, _ := shown(t, Preview{ReadFile: files{"index.html": ""}.ReadFile})
	if status, _, _ := ask(h, "GET", "/", []string{"X-Forwarded-Host: evil.example"}); status != 200 {
		t.Errorf("%d", status)
	}
}

func TestForeignPages(t *testing.T) {
	h, _ := shown(t, Preview{ReadFile: files{"index.html": "", "a.css": ""}.ReadFile})
	for _, c := range []struct {
		path, header string
		want         int
	}{
		{"/", "Origin: http://evil.example", 403},
		{"/a.css", "Origin: null", 403},
		{"/", "Origin: https://localhost", 403},
		{"/", "Origin: http://localhost:3000", 403},
		{"/", "Origin: http://localhost", 200},
		{"/", "Sec-Fetch-Site: cross-site", 200}, // a link from elsewhere
		{reloadPath, "Sec-Fetch-Site: cross-site", 403},
		{reloadPath, "Sec-Fetch-Site: same-site", 403},
		{reloadPath, "Sec-Fetch-Site: same-origin", 200},
		{reloadPath, "Origin: http://evil.example", 403},
	} {
		status, header, body := ask(h, "GET", c.path, []string{c.header})
		if status != c.want {
			t.Errorf("%s with %s: %d, want %d", c.path, c.header, status, c.want)
		}
		if status == 403 && strings.Count(body, "\n") != 1 {
			t.Errorf("%s with %s: the reason should be one line: %q", c.path, c.header, body)
		}
		for name := range header {
			if strings.HasPrefix(name, "Access-Control") {
				t.Errorf("%s: header %s", c.path, name)
			}
		}
	}
}

func TestOnlyReading(t *testing.T) {
	h, _ := shown(t, Preview{ReadFile: files{"index.html": ""}.ReadFile})
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "PATCH"} {
		for _, path := range []string{"/", reloadPath} {
			status, header, _ := ask(h, method, path, nil)
			if status != http.StatusMethodNotAllowed || header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d, Allow %q", method, path, status, header.Get("Allow"))
			}
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	h, _ := shown(t, Preview{ReadFile: files{"index.html": "", "d/index.html": "", "a.zip": "zip"}.ReadFile})
	for _, path := range []string{"/", "/a.zip", "/d", "/none", "/..", reloadPath} {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			_, header, _ := ask(h, method, path, nil)
			got := fmt.Sprint(header["X-Content-Type-Options"], header["Cache-Control"], header["Referrer-Policy"])
			if got != "[nosniff] [no-store] [no-referrer]" {
				t.Errorf("%s %s: %s", method, path, got)
			}
		}
	}
}
