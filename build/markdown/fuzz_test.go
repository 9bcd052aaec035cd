package markdown_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"fieldguide/build/sitetest"
)

// Whatever a writer writes, a page holds nothing that could harm a reader.
func FuzzMarkdown(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.md")
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Fuzz(func(t *testing.T, src string) {
		if !isText(src) {
			return // package content removes what is no text before it parses
		}
		for _, code := range []string{"fr", "zh", "ar"} {
			lang := languages[code]
			got := page([]byte(src), lang)
			if bad := sitetest.Harm(got, lang.Dir); bad != "" {
				t.Fatalf("in %s: %s\nsource:\n%s\npage:\n%s", code, bad, src, got)
			}
		}
	})
}

// isText reports whether XML can hold s.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' || r == '\uFFFE' || r == '\uFFFF'
	})
}
