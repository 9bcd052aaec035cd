package sitetest

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// markup is what stands in a source and has letters or digits that no reader
// sees. A pattern may take too much: what it takes is only not judged.
var markup = []*regexp.Regexp{
	regexp.MustCompile(`(?s)<!--.*?-->`),
	regexp.MustCompile(`&#?[A-Za-z0-9]+;`),
	regexp.MustCompile("(?m)^.*(```|~~~).*$"),
	regexp.MustCompile(`(?m)^.*(?:\[(?:\\.|[^\[\]])*)?\]:.*$`),
	regexp.MustCompile(`\[(?:\^[^\]]*|[xX])\](?:\[[^\]]*\])*`), // a note's mark, a box, or a link with such words
	regexp.MustCompile(`\](?:\[[^\]]*\])+`),
	regexp.MustCompile(`::+[a-z0-9-]+`),
	regexp.MustCompile(`\{#[^}\n]*\}`),
	regexp.MustCompile(`(?m)^([\s>*+:-]|\d{1,9}[.)])+`),
}

// Missing returns the letters and digits of a Markdown source that what is
// shown lacks. It counts them in the source without markup, which it takes away
// as bluntly as it can: it shares no code and no idea with what it judges.
func Missing(src, shown string) string {
	for _, m := range markup {
		src = m.ReplaceAllString(src, " ")
	}
	had := letters(shown)
	var missing strings.Builder
	for r, n := range letters(src) {
		if n > had[r] {
			missing.WriteRune(r)
		}
	}
	return missing.String()
}

// Words returns the words of HTML, those that stand for pictures among them.
func Words(page string) string {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(string(z.Text()) + " ")
		case html.StartTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "alt" || a.Key == "aria-label" {
					b.WriteString(a.Val + " ")
				}
			}
		}
	}
}

func letters(s string) map[rune]int {
	count := map[rune]int{}
	for _, r := range s {
		if unicode.In(r, unicode.L, unicode.N) {
			count[r]++
		}
	}
	return count
}
