package zim

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// need skips a test whose program is missing, or fails it where tools are
// required.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	missing := program + " is missing (make test installs it)"
	if os.Getenv("FIELDGUIDE_TOOLS") == "required" {
		t.Fatal(missing)
	}
	t.Skip(missing)
}

func save(t *testing.T, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "book.zim")
	must(t, os.WriteFile(name, data, 0o666))
	return name
}

// zimcheck makes all its checks of a file and returns what it says.
func zimcheck(t *testing.T, data []byte) (string, error) {
	t.Helper()
	out, err := exec.Command("zimcheck", "-A", save(t, data)).CombinedOutput()
	return string(out), err
}

func TestZimcheckPasses(t *testing.T) {
	need(t, "zimcheck")
	books := map[string]func() (Book, []Entry){
		"small": func() (Book, []Entry) { return small(t) },
		"large": func() (Book, []Entry) {
			b, entries := large()
			b.Illustration = NewPicture(picture(t, 48))
			return b, entries
		},
		"one entry": func() (Book, []Entry) {
			b, entries := small(t)
			return b, []Entry{{Path: "index.html", MIME: "text/html", Content: entries[1].Content[:30]}}
		},
	}
	for name, book := range books {
		b, entries := book()
		out, err := zimcheck(t, write(t, b, entries))
		if err != nil || !strings.Contains(out, "Status: Pass") || strings.Contains(out, "[WARNING]") || strings.Contains(out, "[ERROR]") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// A judge that never says no is none.
func TestZimcheckRefuses(t *testing.T) {
	need(t, "zimcheck")
	b, entries := small(t)
	good := write(t, b, entries)
	for name, harm := range map[string]func(data []byte) []byte{
		"a wrong byte": func(data []byte) []byte {
			data[len(data)/2] ^= 1
			return data
		},
		"a wrong order": func(data []byte) []byte {
			at := binary.LittleEndian.Uint64(data[32:])
			first, second := data[at:at+8], data[at+8:at+16]
			for i := range first {
				first[i], second[i] = second[i], first[i]
			}
			return resum(data)
		},
		"half of it": func(data []byte) []byte { return data[:len(data)/2] },
	} {
		if out, err := zimcheck(t, harm(bytes.Clone(good))); err == nil {
			t.Errorf("%s: zimcheck says nothing\n%s", name, out)
		}
	}

	entries[1].Content = document(`<a href="nowhere.html">there</a>`)
	if out, err := zimcheck(t, write(t, b, entries)); err == nil || !strings.Contains(out, "nowhere.html") {
		t.Errorf("a broken link: %v\n%s", err, out)
	}
}

// kiwix is kiwix-serve with one book.
type kiwix struct {
	*testing.T
	base string
}

func serve(t *testing.T, file string) kiwix {
	t.Helper()
	need(t, "kiwix-serve")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	must(t, l.Close())
	var said bytes.Buffer
	cmd := exec.Command("kiwix-serve", "--address", "127.0.0.1", "--port", port, "--attachToProcess", fmt.Sprint(os.Getpid()), file)
	cmd.Stdout, cmd.Stderr = &said, &said
	must(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			t.Logf("kiwix-serve said: %s", &said)
		}
	})
	k := kiwix{t, "http://127.0.0.1:" + port}
	for range 1200 { // a minute
		if resp, err := http.Get(k.base); err == nil {
			resp.Body.Close()
			return k
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("kiwix-serve does not answer")
	return k
}

// get returns what is at a path, and the path it was found at.
func (k kiwix) get(path string) (body, at string) {
	k.Helper()
	resp, err := http.Get(k.base + path)
	must(k, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	must(k, err)
	if resp.StatusCode != http.StatusOK {
		k.Errorf("%s: %s", path, resp.Status)
	}
	return string(data), resp.Request.URL.Path
}

// suggest returns the paths of the pages that are suggested for a beginning.
func (k kiwix) suggest(typed string) (pages []string) {
	k.Helper()
	body, _ := k.get("/suggest?content=book&term=" + url.QueryEscape(typed))
	var list []struct{ Path, Kind string }
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		k.Fatalf("%v in %s", err, body)
	}
	for _, s := range list {
		if s.Kind == "path" {
			_, at := k.get("/book/" + s.Path)
			pages = append(pages, strings.TrimPrefix(at, "/book/"))
		}
	}
	slices.Sort(pages)
	return slices.Compact(pages) // this version names each several times
}

func TestKiwixServes(t *testing.T) {
	b, entries := small(t)
	k := serve(t, save(t, write(t, b, entries)))

	for _, e := range entries {
		path := e.Path
		switch body, at := k.get("/raw/book/content/" + path); {
		case e.Redirect == "" && body != string(e.Content):
			t.Errorf("%s is %q, want %q", path, body, e.Content)
		case e.Redirect != "" && !strings.HasSuffix(at, "/en/kite.html"):
			t.Errorf("%s leads to %s", path, at)
		}
		if _, at := k.get("/book/" + path); e.Redirect == "" && at != "/book/"+path {
			t.Errorf("%s is shown at %s", path, at)
		}
	}
	if _, at := k.get("/book/"); at != "/book/index.html" {
		t.Errorf("the book begins with %s", at)
	}

	for _, f := range b.fields() {
		if *f.value == "" {
			continue
		}
		if got, _ := k.get("/raw/book/meta/" + f.name); got != *f.value {
			t.Errorf("%s is %q, want %q", f.name, got, *f.value)
		}
	}
	if got, _ := k.get("/raw/book/meta/" + url.PathEscape(illustration)); got != string(b.Illustration.png) {
		t.Error("the picture is another")
	}
	if got, _ := k.get("/raw/book/meta/Counter"); got != "image/png=1;text/css=1;text/html=5" {
		t.Errorf("the counter is %q", got)
	}

	const kite, ecole, jaiza = "en/kite.html", "fr/ecole.html", "ar/jaiza.html"
	for typed, want := range map[string]string{
		"Our": kite, "our k": kite, "kit": kite, "OUR": "", "ite": "",
		"L’éc": ecole, "l'éc": ecole, "l'ecole a": ecole, "école": ecole, "ecole": ecole, "mais": ecole,
		"جَائِزَةُ": jaiza, "جائزة": jaiza, "جايزه الب": jaiza, "الببغاء": jaiza, "ببغاء": jaiza,
		"plain": "", "kite of old": "",
	} {
		if got := strings.Join(k.suggest(typed), " "); got != want {
			t.Errorf("%q suggests %q, want %q", typed, got, want)
		}
	}
}
