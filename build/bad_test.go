package build_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fieldguide/build/sitetest"
)

const head = "---\ntitle: A page\nsummary: It is one.\n---\n"

// withPage returns the base site with a page more. It has the limits of the
// guide or, unlimited, none: what a site does not limit must hold too.
func withPage(text string, limited bool) fstest.MapFS {
	fsys := sitetest.Base()
	fsys["content/en/page.md"] = &fstest.MapFile{Data: []byte(text)}
	if limited {
		settings := string(fsys["content/site.yaml"].Data) + "limits: {page: 14600, source: 200000, front-matter: 8000, nesting: 12}\n"
		fsys["content/site.yaml"] = &fstest.MapFile{Data: []byte(settings)}
	}
	return fsys
}

func TestVeryDeepOrLongInputEndsSoonWithoutHarm(t *testing.T) {
	const n = 10_000
	deep := func(prefix string) string { return strings.Repeat(prefix, n) }
	stairs := func() string {
		var b strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&b, "%s- x\n", strings.Repeat("  ", i))
		}
		return b.String()
	}
	fences := func() string {
		var b strings.Builder
		for i := n; i > 0; i -= 10 {
			b.WriteString(strings.Repeat(":", i+3) + "tip\n")
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"block quotes":                head + deep("> ") + "x",
		"quotes without spaces":       head + deep(">") + "x",
		"lists in one line":           head + deep("- ") + "x",
		"numbered lists in one line":  head + deep("1. ") + "x",
		"lists as stairs":             head + stairs(),
		"quotes and lists":            head + deep("> - ") + "x",
		"long fences":                 head + fences(),
		"equal fences":                head + deep(":::tip\n"),
		"closing fences":              head + deep(":::\n"),
		"open brackets":               head + deep("["),
		"open and closed brackets":    head + deep("[") + deep("]"),
		"links in brackets":           head + deep("[a](") + deep(")"),
		"images in images":            head + deep("![") + "x" + deep("](/drawings/kite.svg)"),
		"emphasis":                    head + deep("*") + "x" + deep("*"),
		"emphasis apart":              head + deep("*a ") + deep("b*"),
		"emphasis mixed":              head + deep("*_") + "x" + deep("_*"),
		"strikethrough":               head + deep("~~a ") + deep("b~~"),
		"backticks":                   head + deep("`a``"),
		"open angle brackets":         head + deep("<"),
		"open tags":                   head + deep("<b>"),
		"comments":                    head + deep("<!--"),
		"entities":                    head + deep("&amp;"),
		"backslashes":                 head + deep("\\"),
		"a table of one wide row":     head + deep("|a") + "|\n" + deep("|-") + "|\n" + deep("|b") + "|\n",
		"a table of many short rows":  head + "|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n" + deep("|x|\n"),
		"footnote marks":              head + deep("[^1]") + "\n\n[^1]: x\n",
		"footnotes":                   head + deep("[^1]: x\n"),
		"references":                  head + deep("[a]: b\n"),
		"references used":             head + "[a]: help.md\n\n" + deep("[a] "),
		"definition lists":            head + deep("a\n: b\n"),
		"headings":                    head + deep("## a\n"),
		"setext headings":             head + deep("a\n===\n"),
		"ZZquotes to the limit":       head + strings.Repeat(">", 199_000) + "x",
		"ZZlists to the limit":        head + strings.Repeat("- ", 99_000) + "x",
		"ZZfences to the limit":       head + strings.Repeat(":::t\n", 39_000) + "x",
		"ZZtags to the limit":         head + strings.Repeat("<b>", 66_000) + "x",
		"ZZbrackets to the limit":     head + strings.Repeat("[", 199_000) + "x",
		"ZZemph to the limit":         head + strings.Repeat("*a ", 33_000) + strings.Repeat("b* ", 33_000) + "x",
		"ZZlinks to the limit":        head + strings.Repeat("[a](", 49_000) + "x",
		"ZZlinks2 to the limit":       head + strings.Repeat("[a](b", 39_000) + "x",
		"one long word":               head + deep("aaaaaaaaaa"),
		"one long number":             head + deep("1234567890"),
		"quotation marks":             head + deep(`"'`),
		"bare addresses":              head + deep("https://example.org/a "),
		"almost addresses":            head + deep("www.") + deep("a@"),
		"blank lines":                 head + deep("\n"),
		"flow brackets in YAML":       "---\ntitle: " + deep("[") + "\n---\n",
		"closed flow brackets":        "---\ntitle: " + deep("[") + deep("]") + "\n---\n",
		"flow braces in YAML":         "---\ntitle: " + deep("{a: ") + "\n---\n",
		"sequences in YAML":           "---\n" + deep("- ") + "x\n---\n",
		"keys in YAML":                "---\n" + deep("? ") + "x\n---\n",
		"ten megabytes of YAML":       "---\ntitle: x\nsummary: " + strings.Repeat("long ", 2_000_000) + "\n---\n",
		"ten megabytes, never closed": "---\ntitle: x\nsummary: " + strings.Repeat("long ", 2_000_000),
		"ten megabytes of text":       head + strings.Repeat("word ", 2_000_000),
	} {
		for _, limited := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, limited %v", name, limited), func(t *testing.T) {
				start := time.Now()
				res, tree := sitetest.Build(t, withPage(text, limited))
				took := time.Since(start)
				if took > 300*time.Millisecond {
					t.Logf("SLOW %v: took %v, %d findings", limited, took, len(res.Findings))
				}
				_ = tree
			})
		}
	}
}
