package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"fieldguide/build"
	"fieldguide/build/desk"
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
	t, shut, err := e.translators(*dir)
	if err != nil {
		return err
	}
	defer shut()
	lang, err := wantedLanguage(t, *code)
	if err != nil {
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
	if texts.Standings[lang.Index] == nil {
		return usageError{fmt.Errorf("there is no content/%s/%s.md; fieldguide new %s %s begins it", lang.Code, texts.Path, lang.Code, texts.Path)}
	}
	d := t.Diff(texts, lang)
	switch {
	case *asJSON:
		return encode(e.stdout, d)
	case *asHTML:
		page, err := desk.Diff(t.Site(), d)
		if err == nil {
			_, err = e.stdout.Write(page)
		}
		return err
	}
	return diffText(e.stdout, d, isTerminal(e.stdout) && os.Getenv("NO_COLOR") == "")
}

func diffText(w io.Writer, d *build.Difference, colour bool) error {
	removed, added, end := "[-", "{+", map[byte]string{'-': "-]", '+': "+}"}
	if colour {
		removed, added, end = "\x1b[31m", "\x1b[32m", map[byte]string{'-': "\x1b[m", '+': "\x1b[m"}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s in %s: %s\n", d.Path, d.Language, d.Summary())
	for _, c := range d.Changes {
		fmt.Fprintf(&b, "\n%s: %s (%s)\n", c.Source, c.What, markdown.KindName(c.Kind))
		switch {
		case !c.OldKnown && c.Old == "" && c.What != "added":
			fmt.Fprintln(&b, "  (git does not have the former words)")
			indent(&b, "  ", c.New)
		case c.What == "moved":
			indent(&b, "  ", c.New)
		default:
			var words strings.Builder
			for _, part := range translate.CompareWords(c.Old, c.New) {
				switch part.Sign {
				case '-':
					words.WriteString(removed + part.Text + end['-'])
				case '+':
					words.WriteString(added + part.Text + end['+'])
				default:
					words.WriteString(part.Text)
				}
			}
			indent(&b, "  ", words.String())
		}
		where := c.Place.String()
		if c.Passage > 0 {
			where += fmt.Sprintf(", passage %d", c.Passage)
		}
		switch {
		case c.Own == "" && c.After:
			fmt.Fprintf(&b, "%s: it belongs after this\n", where)
		case c.Own == "":
			fmt.Fprintf(&b, "%s: it belongs before this\n", where)
		default:
			fmt.Fprintf(&b, "%s:\n", where)
			indent(&b, "  ", c.Own)
		}
	}
	if len(d.Gaps) > 0 {
		fmt.Fprintln(&b, "\nparts that are not those of the source page:")
		for _, gap := range d.Gaps {
			fmt.Fprintln(&b, "  "+gap)
		}
	}
	if len(d.Changes)+len(d.Gaps) > 0 {
		fmt.Fprintf(&b, "\nwhen it says what the source says: %s --translated-by \"Your Name\"\n", d.WayOut())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func indent(b *strings.Builder, by, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(strings.TrimRight(by+line, " ") + "\n")
	}
}
