package judges

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldguide/build/bundle"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"golang.org/x/text/language"
)

// zimcheck says what zimcheck -A thinks of a file, "" when it has nothing
// against it.
func zimcheck(file string) string {
	out, err := exec.Command("zimcheck", "-A", file).CombinedOutput()
	if err == nil && bytes.Contains(out, []byte("Status: Pass")) && !bytes.Contains(out, []byte("[WARNING]")) && !bytes.Contains(out, []byte("[ERROR]")) {
		return ""
	}
	return fmt.Sprintf("%v\n%s", err, out)
}

// zimcheck has nothing to say about any ZIM, but that one is broken.
func TestZimcheck(t *testing.T) {
	t.Parallel() // it keeps one core busy
	need(t, "zimcheck")
	g := the(t)
	books := g.made(t, "zim")
	for _, m := range books {
		if said := zimcheck(g.on(m)); said != "" {
			t.Errorf("%s: %s", m.File, said)
		}
	}
	data, err := os.ReadFile(g.on(books[0]))
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.zim")
	for what, harm := range map[string]func() []byte{
		"a wrong byte": func() []byte { data := bytes.Clone(data); data[len(data)/2] ^= 1; return data },
		"half of it":   func() []byte { return data[:len(data)/2] },
	} {
		if err := os.WriteFile(broken, harm(), 0o666); err != nil {
			t.Fatal(err)
		}
		if zimcheck(broken) == "" {
			t.Errorf("%s: zimcheck says nothing", what)
		}
	}
}

// kiwix is kiwix-serve with all books.
type kiwix struct {
	*testing.T
	base string
}

// serveBooks starts kiwix-serve, for this machine only, until the test ends.
func serveBooks(t *testing.T, files []string) kiwix {
	t.Helper()
	need(t, "kiwix-serve")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	var said bytes.Buffer
	cmd := exec.Command("kiwix-serve", append([]string{"--address", "127.0.0.1", "--port", port, "--attachToProcess", fmt.Sprint(os.Getpid())}, files...)...)
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
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

// get returns what is at a path, "" with a status for nothing, and the path at
// which it was found.
func (k kiwix) get(path string) (body, at string, status int) {
	k.Helper()
	resp, err := http.Get(k.base + path)
	if err != nil {
		k.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		k.Fatal(err)
	}
	return string(data), resp.Request.URL.Path, resp.StatusCode
}

// kiwix-serve shows every file that the ZIP of the same unit holds, byte for
// byte; it knows what each book is, where it begins, and its pages by their
// titles.
func TestKiwixServesAll(t *testing.T) {
	t.Parallel() // it keeps one core busy
	g := the(t)
	var files []string
	for _, m := range g.made(t, "zim") {
		files = append(files, g.on(m))
	}
	k := serveBooks(t, files)
	pages, found := 0, 0
	for _, m := range g.made(t, "zim") {
		book := name(m)
		archive, err := zip.OpenReader(strings.TrimSuffix(g.on(m), "zim") + "zip")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.File {
			want, err := read(f)
			if err != nil {
				t.Fatal(err)
			}
			if got, _, status := k.get("/raw/" + book + "/content/" + f.Name); got != want {
				t.Errorf("%s: %s is not what the ZIP has (status %d)", book, f.Name, status)
			}
			if _, at, status := k.get("/" + book + "/" + f.Name); status != http.StatusOK || at != "/"+book+"/"+f.Name {
				t.Errorf("%s: %s is shown at %s with status %d", book, f.Name, at, status)
			}
			pages++
		}
		archive.Close()
		if _, at, status := k.get("/" + book + "/"); status != http.StatusOK || at != "/"+book+"/index.html" {
			t.Errorf("%s begins with %s, status %d", book, at, status)
		}
		if _, _, status := k.get("/raw/" + book + "/content/nowhere.html"); status != http.StatusNotFound {
			t.Errorf("%s: a page that is not there has status %d", book, status)
		}
		k.knows(g, m)
		found += k.suggests(g, m)
	}
	t.Logf("%d books, %d files, %d titles found", len(files), pages, found)
}

// knows wants the metadata of a book.
func (k kiwix) knows(g *guide, m bundle.Made) {
	k.Helper()
	words, languages := m.Language, []*site.Language{m.Language}
	if m.Language == nil {
		words, languages = g.Source, g.Languages
	}
	var codes []string
	for _, l := range languages {
		base, _ := language.MustParse(l.Code).Base()
		codes = append(codes, base.ISO3())
	}
	day, _ := g.EditionDate()
	for field, want := range map[string]string{
		"Name": name(m), "Language": strings.Join(codes, ","), "Date": day.Format(time.DateOnly), "Creator": words.Words.Title,
		"Publisher": g.Source.Words.Title, "Description": words.Tagline, "License": g.Licence.Name, "Flavour": g.Edition,
	} {
		if got, _, _ := k.get("/raw/" + name(m) + "/meta/" + field); got != want || want == "" {
			k.Errorf("%s: %s is %q, want %q", name(m), field, got, want)
		}
	}
	if title, _, status := k.get("/raw/" + name(m) + "/meta/Title"); status != http.StatusOK || title == "" || len([]rune(title)) > 30 {
		k.Errorf("%s: the title %q is none, or too long", name(m), title)
	}
	icon, err := os.ReadFile(filepath.Join(root, "static/icon.png"))
	if err != nil {
		k.Fatal(err)
	}
	if got, _, _ := k.get("/raw/" + name(m) + "/meta/Illustration_48x48@1"); got != string(icon) {
		k.Errorf("%s: the picture is not static/icon.png", name(m))
	}
}

// suggests wants each page to be suggested by its title, in small letters, and
// returns how many there are.
func (k kiwix) suggests(g *guide, m bundle.Made) int {
	n, unit := 0, (&taken{Made: m, unit: g.unit(m)})
	for _, lang := range g.Languages {
		for _, f := range g.Families {
			source, words := f.In(g.Site, lang)
			if m.Language != nil && m.Language != lang || !unit.holds(f) || words != lang {
				continue
			}
			n++
			typed := keyboard.Replace(strings.ToLower(markdown.Plain(lang, source.Title)))
			if want := path.Join(name(m), f.File(lang)); !k.suggested(name(m), typed, "/"+want) {
				k.Errorf("%s is not suggested for %q", want, typed)
			}
		}
	}
	return n
}

// keyboard makes a text what people type.
var keyboard = strings.NewReplacer("’", "'", "\u00a0", " ", "\u202f", " ")

// suggested reports whether one of the pages that a book suggests is at a path.
func (k kiwix) suggested(book, typed, want string) bool {
	body, _, _ := k.get("/suggest?content=" + book + "&term=" + url.QueryEscape(typed))
	var list []struct{ Path, Kind string }
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		k.Fatalf("%v in %s", err, body)
	}
	for _, s := range list {
		if s.Kind == "path" {
			if _, at, status := k.get("/" + book + "/" + s.Path); status == http.StatusOK && at == want {
				return true
			}
		}
	}
	return false
}
