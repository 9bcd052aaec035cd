package content

import (
	"bytes"
	"fmt"
	"io/fs"

	"fieldguide/build/cache"
	"fieldguide/build/site"

	"github.com/adrg/frontmatter"
)

// Front is what a page says of itself between the --- lines. The first are
// each page's own; the rest belongs to the source page and is inherited.
type Front struct {
	Title   string   `yaml:"title" need:"title: what readers see first"`
	Short   string   `yaml:"short" also:"linktitle nav_title sidebar_label"`
	Summary string   `yaml:"summary" need:"summary: one sentence that lists and search results show" also:"description excerpt abstract"`
	Updated string   `yaml:"updated" also:"lastmod last_modified_at last_updated"`
	Find    []string `yaml:"find" also:"keywords"`
	Draft   bool     `yaml:"draft"`

	Kind    string   `yaml:"kind" also:"type"`
	Order   int      `yaml:"order" also:"weight nav_order sidebar_position"`
	Band    string   `yaml:"band"`
	Topics  []string `yaml:"topics" also:"tags"`
	Rights  []int    `yaml:"rights"`
	Picture string   `yaml:"picture" also:"image thumbnail"`
	Minutes int      `yaml:"minutes"`
	Groups  []string `yaml:"groups"`
	Exit    bool     `yaml:"exit"`

	X map[string]any `yaml:"x"` // a site's own; a translation inherits the keys that it does not say itself
}

// Note notes of a page file what its front matter says, unless that is known. It
// returns the note, nil when anything is wrong with the front matter, and the hash
// of the file.
func Note(fsys fs.FS, files *cache.Files, file string) ([]byte, cache.Key, error) {
	hash, known := files.Known(file)
	if known {
		return files.Noted(file), hash, nil
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, hash, err
	}
	var note []byte
	if front, size, findings := ParseFront(file, data); len(findings) == 0 {
		note = front.encode(size)
	}
	return note, files.Note(file, data, note), nil
}

// encode writes front matter that takes so many bytes as a note of the file, see
// cache.Files.
func (f *Front) encode(size int) []byte {
	var e cache.Encoder
	e.Int(size)
	for _, text := range []string{f.Title, f.Short, f.Summary, f.Updated, f.Kind, f.Band, f.Picture} {
		e.Text(text)
	}
	e.Int64(int64(f.Order))
	e.Int64(int64(f.Minutes))
	e.Texts(f.Find)
	e.Texts(f.Topics)
	e.Texts(f.Groups)
	e.Int(len(f.Rights))
	for _, article := range f.Rights {
		e.Int64(int64(article))
	}
	e.Bool(f.Exit)
	e.Bool(f.Draft)
	encodeOwn(&e, f.X)
	return e.Data
}

// decode reads what encode wrote and reports whether it could.
func (f *Front) decode(note []byte) (size int, whole bool) {
	d := cache.Decoder{Data: note}
	size = d.Int()
	for _, text := range []*string{&f.Title, &f.Short, &f.Summary, &f.Updated, &f.Kind, &f.Band, &f.Picture} {
		*text = d.Text()
	}
	f.Order = int(d.Int64())
	f.Minutes = int(d.Int64())
	f.Find = d.Texts()
	f.Topics = d.Texts()
	f.Groups = d.Texts()
	for range d.Count() {
		f.Rights = append(f.Rights, int(d.Int64()))
	}
	f.Exit = d.Bool()
	f.Draft = d.Bool()
	f.X, _ = decodeOwn(&d).(map[string]any)
	if !d.Done() {
		*f = Front{}
	}
	return size, d.Done()
}

var bom = []byte("\uFEFF")

// ParseFront reads the front matter of a Markdown file and returns it with
// the number of bytes it takes, so that src[body:] is the text. A byte order
// mark and CRLF are fine. What is wrong comes back as findings of the check
// "front-matter".
func ParseFront(file string, src []byte) (front Front, body int, findings []site.Finding) {
	d := &decoder{check: "front-matter", file: file}
	body = d.front(src, &front)
	return front, body, d.findings
}

// FrontPlace returns the place of a value in the front matter of a file, or of
// what lacks it: see site.Outline.At. It reads the front matter again, because
// few pages have findings and none needs to remember its places.
func FrontPlace(file string, src []byte, path ...any) site.Place {
	d := &decoder{file: file}
	d.front(src, &Front{})
	if outline := d.outline(); outline != nil {
		return outline.At(path...)
	}
	return site.Place{File: file}
}

// front decodes front matter and returns where the text begins.
func (d *decoder) front(src []byte, front *Front) (body int) {
	text := bytes.TrimPrefix(src, bom)
	start, lines := skipBlank(text)
	if first, _, _ := bytes.Cut(text[start:], []byte("\n")); string(bytes.TrimSpace(first)) != "---" {
		message := "the page does not begin with front matter"
		hint := "begin the file with ---, title: …, summary: …, --- on lines of their own"
		if opens := string(bytes.TrimSpace(first)); opens == "+++" || opens == "{" {
			hint = map[string]string{"+++": "this is TOML", "{": "this is JSON"}[opens] +
				": write it as YAML between two lines of ---, title: Page"
		}
		if len(bytes.TrimSpace(text)) == 0 {
			message = "the file is empty"
		}
		d.findings = append(d.findings, site.Place{File: d.file, Line: lines + 1}.Find(site.Error, d.check,
			hint, "%s", message))
		return len(src) - len(text)
	}
	d.offset = lines + 1
	closed := false
	format := frontmatter.NewFormat("---", "---", func(data []byte, v any) error {
		closed = true
		d.decode(data, v)
		return nil
	})
	rest, err := frontmatter.Parse(bytes.NewReader(text), front, format)
	if err != nil { // a bytes.Reader does not fail
		panic(fmt.Sprintf("content: front matter of %s: %v", d.file, err))
	}
	if !closed {
		d.findings = append(d.findings, site.Place{File: d.file, Line: d.offset}.Find(site.Error, d.check,
			"write --- on a line of its own after the last key", "the front matter that begins here is not closed"))
		return len(src)
	}
	return len(src) - len(rest)
}

// bodyOf returns where the text begins, as ParseFront does, without decoding
// the front matter a second time.
func bodyOf(src []byte) int {
	text := bytes.TrimPrefix(src, bom)
	start, _ := skipBlank(text)
	at, fences := len(src)-len(text)+start, 0
	for at < len(src) {
		end := len(src)
		if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		isFence := string(bytes.TrimSpace(src[at:end])) == "---"
		switch {
		case isFence:
			fences++
		case fences == 0:
			return len(src) - len(text) // no front matter
		}
		at = end
		if fences == 2 {
			return at
		}
	}
	if fences == 0 {
		return len(src) - len(text)
	}
	return len(src)
}

// skipBlank returns the bytes and lines of the blank lines at the start.
func skipBlank(text []byte) (start, lines int) {
	for {
		end := bytes.IndexByte(text[start:], '\n')
		if end < 0 || len(bytes.TrimSpace(text[start:start+end])) > 0 {
			return start, lines
		}
		start += end + 1
		lines++
	}
}
