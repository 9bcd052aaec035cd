package content

import (
	"bytes"
	"strings"
	"testing"
)

// Front matter ends inside the file, findings name lines that exist, and both
// ways to find its end agree.
func FuzzFrontMatter(f *testing.F) {
	for _, src := range []string{
		"---\ntitle: A page\nsummary: S\norder: 1\ntopics: [a, b]\nrights: [16]\n---\nText\n",
		"\uFEFF---\r\ntitle: A page\r\n---\r\nText\r\n",
		"\n\n  ---\t\ntitle: A page\n --- \n---\n",
		"---\ntitle: Nobody closed this\n",
		"---\ntitle: &a x\nsummary: *a\n<<: {kind: b}\n---\n",
		"---\ntitle: !!binary aGk=\n? [a]: b\n...\n---\n",
		"---\n- a\n- b\n---\n", "---\n---", "---", "", "\uFEFF", "--- \n---\n", "text\n---\n",
		"---\ntitle: |\n  ---\n---\n",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		front, body, findings := ParseFront("page.md", src)
		if body < 0 || body > len(src) {
			t.Fatalf("the text begins at %d of %d bytes", body, len(src))
		}
		if got := bodyOf(src); got != body {
			t.Errorf("bodyOf gives %d, ParseFront %d", got, body)
		}
		lines := 1
		for _, r := range string(src) {
			if strings.ContainsRune("\n\r\u0085\u2028\u2029", r) { // what YAML takes for the end of a line
				lines++
			}
		}
		for _, found := range findings {
			if found.Line < 1 || found.Line > lines {
				t.Errorf("a finding in line %d of %d: %v", found.Line, lines, found)
			}
		}
		if place := FrontPlace("page.md", src, "topics", 1); place.Line > lines || place.Line == 0 && place.Col > 0 {
			t.Errorf("a topic at %v of %d lines", place, lines)
		}
		if len(findings) == 0 && bytes.Contains(src, []byte("title:")) && body < 8 && front.Title != "" {
			t.Errorf("title %q from no front matter", front.Title)
		}
	})
}
