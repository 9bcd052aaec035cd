package content

import (
	"bytes"
	"fmt"
	"strings"

	"fieldguide/build/site"

	"github.com/adrg/frontmatter"
)

// Front is what a page says of itself between the --- lines. The first four
// are words, which every translation has; the rest belongs to the source page
// and is inherited.
type Front struct {
	Title    string `yaml:"title"`
	Short    string `yaml:"short"`
	Summary  string `yaml:"summary"`
	Reviewer string `yaml:"reviewer"`
	Updated  string `yaml:"updated"`

	Kind    string   `yaml:"kind"`
	Order   int      `yaml:"order"`
	Band    string   `yaml:"band"`
	Topics  []string `yaml:"topics"`
	Rights  []int    `yaml:"rights"`
	Picture string   `yaml:"picture"`
	Minutes int      `yaml:"minutes"`
	Groups  []string `yaml:"groups"`
	Exit    bool     `yaml:"exit"`
}

var bom = []byte("\uFEFF")

// ParseFront reads the front matter of a Markdown file and returns it with
// the number of bytes it takes, so that src[body:] is the text. A byte order
// mark and CRLF are fine. What is wrong comes back as findings of the check
// "front-matter".
func ParseFront(file string, src []byte) (front Front, body int, findings []site.Finding) {
	d := &decoder{check: "front-matter", file: file}
	text := bytes.TrimPrefix(src, bom)
	start, lines := skipBlank(text)
	if first, _, _ := bytes.Cut(text[start:], []byte("\n")); string(bytes.TrimSpace(first)) != "---" {
		message, hint := "the page does not begin with front matter", "begin the file with ---, title: …, summary: …, --- on lines of their own"
		if opens := string(bytes.TrimSpace(first)); opens == "+++" || opens == "{" {
			hint = map[string]string{"+++": "this is TOML", "{": "this is JSON"}[opens] + ": write it as YAML between two lines of ---, title: Page"
		}
		if len(bytes.TrimSpace(text)) == 0 {
			message = "the file is empty"
		}
		return front, len(src) - len(text), []site.Finding{{File: file, Line: lines + 1, Level: site.Error, Check: d.check, Message: message, Hint: hint}}
	}
	d.offset = lines + 1
	closed := false
	format := frontmatter.NewFormat("---", "---", func(data []byte, v any) error {
		closed = true
		d.decode(data, v)
		return nil
	})
	rest, err := frontmatter.Parse(bytes.NewReader(text), &front, format)
	if err != nil { // a bytes.Reader does not fail
		panic(fmt.Sprintf("content: front matter of %s: %v", file, err))
	}
	if !closed {
		return front, len(src), []site.Finding{{File: file, Line: lines + 1, Level: site.Error, Check: d.check,
			Message: "the front matter that begins here is not closed", Hint: "write --- on a line of its own after the last key"}}
	}
	return front, len(src) - len(rest), d.findings
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

// lineOf returns the line of a front matter key, 1 when it is not found.
func lineOf(src []byte, key string) int {
	for i, line := range strings.Split(string(src), "\n") {
		if strings.HasPrefix(line, key+":") {
			return i + 1
		}
	}
	return 1
}
