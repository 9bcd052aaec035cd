package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/site"
)

var newCommand = &command{
	name:  "new",
	args:  "LANG [PAGE…] [--site DIR]",
	short: "begin a language, or the translation of pages",
	long: `
LANG is a code of BCP 47 in small letters: sw, pt-br, fa. Without PAGE it adds the
language to content/site.yaml with what CLDR says of it, and writes
content/LANG/ui.yaml with every interface word as a comment to translate. The site
builds at once.

With PAGE it writes content/LANG/PAGE.md with each passage of the source page as a comment
above the place of its translation. The page is a draft: write the words, then
remove the line draft: true and say fieldguide sync PAGE --lang LANG.`,
	run: runNew,
}

func runNew(e *env, args []string) error {
	flags := flag.NewFlagSet("new", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	names, err := e.parsePages(flags, args)
	if err != nil {
		return err
	}
	switch len(names) {
	case 0:
		return usageError{fmt.Errorf("it wants %s", e.command.args)}
	case 1:
		return newLanguage(e, *dir, names[0])
	}
	t, shut, err := e.translators(*dir)
	if err != nil {
		return err
	}
	defer shut()
	lang, err := wantedLanguage(t, names[0])
	if err != nil {
		return err
	}
	families, err := familiesOf(t.Site(), names[1:])
	if err != nil {
		return err
	}
	for _, f := range families {
		if err := e.begin(t, f, lang); err != nil {
			return err
		}
	}
	return nil
}

// begin writes the draft of a translation; a file that is there stays.
func (e *env) begin(t *build.Translators, f *site.Family, lang *site.Language) error {
	texts, err := t.Read(f)
	if err != nil {
		return err
	}
	file := "content/" + lang.Code + "/" + f.Path + ".md"
	name := filepath.Join(t.Dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Errorf("%s is there already", file)}
	}
	if err != nil {
		return err
	}
	_, err = out.WriteString(scaffold(texts, t.Site()))
	if err := errors.Join(err, out.Close()); err != nil {
		return err
	}
	fmt.Fprintln(e.stdout, file)
	return nil
}

// scaffold is a translation to be written: what the source says stands in comments.
func scaffold(texts *content.Texts, s *site.Site) string {
	page, doc := texts.Pages[s.Source.Index], texts.Docs[s.Source.Index]
	var b strings.Builder
	line := func(key, text string) {
		if text != "" {
			fmt.Fprintf(&b, "# %s: %s\n%s: \"\"\n", key, strings.Join(strings.Fields(text), " "), key)
		}
	}
	b.WriteString("---\n")
	line("title", page.Title)
	line("short", page.Short)
	line("summary", page.Summary)
	if len(page.Find) > 0 {
		b.WriteString("# find: [words that people of this language look for the page by, of which none is translated]\n")
	}
	b.WriteString("draft: true\n---\n")
	for _, text := range doc.Source(doc.Passages()) {
		if text != "" {
			b.WriteString("\n<!--\n" + strings.ReplaceAll(text, "-->", "-- >") + "\n-->\n")
		}
	}
	return b.String()
}
