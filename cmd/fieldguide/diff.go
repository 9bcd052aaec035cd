package main

import (
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"strings"
	"unicode"

	"fieldguide/build"
	"fieldguide/build/markdown"
	"fieldguide/build/translate"
)

var diffCommand = &command{
	name:  "diff",
	args:  "PAGE --lang CODE [--site DIR] [--html | --json]",
	short: "show what a source page says otherwise since it was translated",
	long: `
Shows the passages that changed, word by word, each with what the translation
says there and where. The former words come from git; where it does not have
them, that is said. PAGE is a path (help/index) or a source file. --html prints
a page to read in a browser.`,
	run: runDiff,
}

func runDiff(e *env, args []string) error {
	flags := flag.NewFlagSet("diff", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	code := flags.String("lang", "", "the language, by its `CODE`")
	asHTML := flags.Bool("html", false, "print a page to read in a browser")
	asJSON := flags.Bool("json", false, "print JSON")
	pages, err := e.parsePages(flags, args)
	if err != nil {
		return err
	}
	if len(pages) != 1 || *code == "" {
		return usageError{fmt.Errorf("want one page and its language: fieldguide diff help/index --lang fr")}
	}
	fsys, shut, err := sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	t, err := build.OpenTranslators(*dir, fsys)
	if err != nil {
		return e.unread(err)
	}
	if _, err := wantedLanguages(t.Site(), *code); err != nil {
		return err
	}
	families, err := familiesOf(t.Site(), pages)
	if err != nil {
		return err
	}
	texts, err := t.Read(families[0])
	if err != nil {
		return err
	}
	lang := t.Language(*code)
	if texts.Standings[lang.Index] == nil {
		return usageError{fmt.Errorf("there is no content/%s/%s.md; fieldguide new %s %s begins it", lang.Code, texts.Path, lang.Code, texts.Path)}
	}
	d := t.Diff(texts, lang)
	switch {
	case *asJSON:
		return encode(e.stdout, d)
	case *asHTML:
		return diffHTML(e.stdout, d)
	}
	return diffText(e.stdout, d, isTerminal(e.stdout) && os.Getenv("NO_COLOR") == "")
}

// diffSummary says in a line how the page stands.
func diffSummary(d *build.Difference) string {
	switch {
	case d.State == translate.Unknown:
		return "nobody recorded what it was made from, so nobody can tell what has changed; if it says what the source says today: " +
			"fieldguide sync " + d.Path + " --lang " + d.Language
	case len(d.Changes) == 0:
		return "nothing has changed since it was translated"
	}
	return count(len(d.Changes), "change") + " since it was translated"
}

func diffText(w io.Writer, d *build.Difference, colour bool) error {
	removed, added, end := "[-", "{+", map[byte]string{'-': "-]", '+': "+}"}
	if colour {
		removed, added, end = "\x1b[31m", "\x1b[32m", map[byte]string{'-': "\x1b[m", '+': "\x1b[m"}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s in %s: %s\n", d.Path, d.Language, diffSummary(d))
	for _, c := range d.Changes {
		fmt.Fprintf(&b, "\n%s: %s (%s)\n", c.Source, c.What, kindName(c.Kind))
		switch {
		case !c.OldKnown && c.Old == "" && c.What != "added":
			fmt.Fprintln(&b, "  (git does not have the former words)")
			indent(&b, "  ", c.New)
		case c.What == "moved":
			indent(&b, "  ", c.New)
		default:
			var words strings.Builder
			for _, part := range wordDiff(c.Old, c.New) {
				switch part.sign {
				case '-':
					words.WriteString(removed + part.text + end['-'])
				case '+':
					words.WriteString(added + part.text + end['+'])
				default:
					words.WriteString(part.text)
				}
			}
			indent(&b, "  ", words.String())
		}
		where := c.Place.String()
		if c.Passage > 0 {
			where += fmt.Sprintf(", passage %d", c.Passage)
		}
		if c.Own == "" {
			fmt.Fprintf(&b, "%s: its place\n", where)
		} else {
			fmt.Fprintf(&b, "%s:\n", where)
			indent(&b, "  ", c.Own)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// kindName says of what kind a passage is.
func kindName(kind string) string {
	switch kind {
	case "title", "short", "summary":
		return kind
	}
	return markdown.KindName(kind)
}

func indent(b *strings.Builder, by, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(strings.TrimRight(by+line, " ") + "\n")
	}
}

func diffHTML(w io.Writer, d *build.Difference) error {
	var b strings.Builder
	title := html.EscapeString(d.Path + " · " + d.Language)
	fmt.Fprintf(&b, `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>
:root { color-scheme: light dark }
body { max-width: 50rem; margin: auto; padding: 1rem; font: 1rem/1.6 sans-serif }
blockquote { margin: .5rem 0; padding: 0 1rem; border-inline-start: .25rem solid; white-space: pre-wrap; overflow-wrap: anywhere }
ins { font-weight: bold } del { opacity: .75 }
</style>
<h1>%s</h1>
<p>%s</p>
`, title, title, html.EscapeString(diffSummary(d)))
	for _, c := range d.Changes {
		fmt.Fprintf(&b, "<h2>%s: %s</h2>\n<p>%s</p>\n<blockquote>", c.What, html.EscapeString(kindName(c.Kind)), html.EscapeString(c.Source.String()))
		if !c.OldKnown && c.What != "added" {
			b.WriteString("<em>git does not have the former words</em>\n" + html.EscapeString(c.New))
		} else {
			for _, part := range wordDiff(c.Old, c.New) {
				text := html.EscapeString(part.text)
				switch part.sign {
				case '-':
					text = "<del>" + text + "</del>"
				case '+':
					text = "<ins>" + text + "</ins>"
				}
				b.WriteString(text)
			}
		}
		fmt.Fprintf(&b, "</blockquote>\n<p>%s</p>\n", html.EscapeString(c.Place.String()))
		if c.Own != "" {
			fmt.Fprintf(&b, "<blockquote lang=\"%s\" dir=\"auto\">%s</blockquote>\n", html.EscapeString(d.Language), html.EscapeString(c.Own))
		}
	}
	b.WriteString("</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// diffPart is words that stayed (sign 0), went (-) or came (+).
type diffPart struct {
	sign byte
	text string
}

// mostCompared bounds how many pairs of words are compared: longer texts are
// shown one after the other.
const mostCompared = 4_000_000

// wordDiff compares two texts word by word; what has no spaces between words,
// letter by letter.
func wordDiff(old, now string) (parts []diffPart) {
	a, b := tokens(old), tokens(now)
	if len(a)*len(b) > mostCompared {
		return []diffPart{{'-', old}, {'+', now}}
	}
	length := make([][]int32, len(a)+1)
	for i := range length {
		length[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	add := func(sign byte, text string) {
		if n := len(parts); n > 0 && parts[n-1].sign == sign {
			parts[n-1].text += text
		} else {
			parts = append(parts, diffPart{sign, text})
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(0, b[j])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && length[i+1][j] >= length[i][j+1]:
			add('-', a[i])
			i++
		default:
			add('+', b[j])
			j++
		}
	}
	return parts
}

// tokens cuts a text into words, the white space between them, and other signs.
func tokens(text string) (list []string) {
	kind := func(r rune) int {
		switch {
		case unicode.IsSpace(r):
			return 1
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			return 0
		case unicode.In(r, unicode.L, unicode.M, unicode.N):
			return 2
		}
		return 0
	}
	last := 0
	for _, r := range text {
		k := kind(r)
		if k == 0 || k != last {
			list = append(list, "")
		}
		list[len(list)-1] += string(r)
		last = k
	}
	return list
}
