package content

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"unicode/utf8"

	"fieldguide/build/cache"
	"fieldguide/build/markdown"
	"fieldguide/build/media"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Texts are a family's texts, read and parsed: what one worker holds while it
// checks and renders the family.
type Texts struct {
	*site.Family
	Docs []*markdown.Doc // in the order of Site.Languages; nil where there is no page
	IDs  []string        // of the headings and blocks of the source page

	// Standings say how each translation stands to the source page; nil where there is none.
	Standings []*translate.Standing

	// Media makes a picture, a sound or a video ready, by the name of its file in the output.
	Media func(name string) (*media.Made, *media.Problem)

	raw [][]byte // the files' bytes
}

// Hash returns the hash of the file that a page of the family was read from.
func (t *Texts) Hash(p *site.Page) cache.Key { return sha256.Sum256(t.raw[slices.Index(t.Pages, p)]) }

// Read reads and parses the pages of a family. What is wrong with their bytes
// comes back as findings; the error is the machine's.
func Read(fsys fs.FS, s *site.Site, f *site.Family) (*Texts, []site.Finding, error) {
	t := &Texts{Family: f, Docs: make([]*markdown.Doc, len(s.Languages)), raw: make([][]byte, len(s.Languages))}
	var findings []site.Finding
	for i, p := range f.Pages {
		if p == nil {
			continue
		}
		src, err := fs.ReadFile(fsys, p.File)
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", p.File, err)
		}
		t.raw[i] = src
		src, found := clean(p.File, src, s.Limits)
		findings = append(findings, found...)
		t.Docs[i] = parse(p.File, src)
	}
	if source := t.Docs[s.Source.Index]; source != nil {
		t.IDs = source.PlaceIDs(s.Blocks, TakenIDs(s, f)...)
	}
	t.Standings = t.standings(s)
	for i, doc := range t.Docs {
		if doc != nil {
			doc.LeadToPlaces(func() []string { return t.PlaceIDs(s, s.Languages[i]) })
		}
	}
	return t, findings, nil
}

// standings says how each translation stands.
func (t *Texts) standings(s *site.Site) []*translate.Standing {
	list := make([]*translate.Standing, len(t.Docs))
	text := func(i int) translate.Text { return translate.Text{Page: t.Pages[i], Doc: t.Docs[i], Raw: t.raw[i]} }
	for i, doc := range t.Docs {
		if doc != nil && i != s.Source.Index && t.Docs[s.Source.Index] != nil {
			list[i] = translate.Of(t.Pages[i].Record, text(s.Source.Index), text(i))
		}
	}
	return list
}

// Raw returns the bytes of the file that a page of the family was read from.
func (t *Texts) Raw(p *site.Page) []byte { return t.raw[slices.Index(t.Pages, p)] }

// ParsePage reads a page of a former time from its bytes, as far as they can be
// read.
func ParsePage(file string, raw []byte, limits site.Limits) (*site.Page, *markdown.Doc) {
	src, _ := clean(file, raw, limits)
	p := &front{file: file}
	p.Front, _, _ = ParseFront(file, normal(src))
	return p.page(), parse(file, src)
}

// clean gives a text LF line ends and valid UTF-8 and names what had to go.
func clean(file string, src []byte, limits site.Limits) ([]byte, []site.Finding) {
	var findings []site.Finding
	add := func(at int, hint, format string, args ...any) {
		start := bytes.LastIndexByte(src[:at], '\n') + 1
		line, col := 1+bytes.Count(src[:at], []byte("\n")), 1+utf8.RuneCount(src[start:at])
		place := site.Place{File: file, Line: line, Col: col}
		findings = append(findings, place.Find(site.Error, "text", hint, format, args...))
	}
	if limits.Source > 0 && len(src) > limits.Source {
		add(0, "split the page", "the file has %d bytes; at most %d are read", len(src), limits.Source)
		src = src[:0]
	}
	if at := controlAt(src); at >= 0 {
		add(at, "remove it, or save the file again as UTF-8 text", "a control character (U+%04X)", src[at])
		src = bytes.Map(func(r rune) rune {
			if isControl(r) {
				return -1
			}
			return r
		}, src)
	}
	if !utf8.Valid(src) {
		add(invalidAt(src), "save the file again as UTF-8", "this byte is not UTF-8")
		src = bytes.ToValidUTF8(src, nil)
	}
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	return src, findings
}

// IsText reports whether a file is text in which findings name the places of what is written: UTF-8 without control
// characters.
func IsText(src []byte) bool { return controlAt(src) < 0 && utf8.Valid(src) }

// isControl reports whether r is an ASCII control character that has no place
// in a text, nor in the XML of an e-book.
func isControl(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' }

// controlAt returns the place of the first control character, -1 for none.
// All that isControl knows are below 0xA0: in UTF-8 one byte, or two that begin
// with 0xC2, so most texts need no decoding.
func controlAt(src []byte) int {
	for at, c := range src {
		if c >= ' ' && c != 0x7F && c != 0xC2 || c == '\n' || c == '\t' || c == '\r' {
			continue
		}
		if r, _ := utf8.DecodeRune(src[at:]); isControl(r) {
			return at
		}
	}
	return -1
}

// invalidAt returns the place of the first byte that is not UTF-8.
func invalidAt(src []byte) int {
	for at := 0; at < len(src); {
		r, n := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return len(src)
}
