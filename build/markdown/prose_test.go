package markdown_test

import (
	"strings"
	"testing"

	"fieldguide/build/markdown"
)

// Prose is what readers follow as running text, piece by piece, without
// markup; each place of it can be found in the source.
func TestProse(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"a paragraph", "One *two* **three** [four](five.md).", "One two three four."},
		{"lines", "One\ntwo\\\nthree", "One two three"},
		{"a heading and a list", "## One {#two}\n\n- three\n- four\n\n  five", "One|three|four|five"},
		{"a quote and a block", "> one\n\n:::tip Two words\nthree\n:::", "one|Two words|three"},
		{"a table", "| a | b |\n|---|---|\n| c | d e |", "a|b|c|d e"},
		{"what is no text", "One ![two](/drawings/kite.svg) three\n\n    four\n\n<!-- five -->\n\n---", "One  three"},
		{"a task", "- [x] One", "One"},
		{"code and addresses", "`one` https://example.org <a@example.org>", "one https://example.org a@example.org"},
		{"a blank", "One ____________ two", "One ____ two"},
		{"a footnote", "One[^1]\n\n[^1]: Two.", "One|Two."},
		{"a definition", "One\n: Two", "One|Two"},
		{"a snake", "one_two_three four\\_five &amp; six", "one_two_three four\\_five &amp; six"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := markdown.Parse("page.md", []byte(test.src), 0)
			var got []string
			for _, p := range doc.Prose() {
				got = append(got, p.Text)
				for _, word := range strings.Fields(p.Text) {
					if word == "____" {
						continue
					}
					pos := p.Pos(strings.Index(p.Text, word))
					if !strings.HasPrefix(test.src[pos:], strings.TrimRight(word, ".")) && !strings.HasPrefix(word, "http") && !strings.Contains(word, "@") {
						t.Errorf("%q is said to stand at %q", word, test.src[pos:])
					}
				}
			}
			if strings.Join(got, "|") != test.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), test.want)
			}
		})
	}
}
