package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"time"

	"fieldguide/build"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

var importCommand = &command{
	name:  "import",
	args:  "FILE [--translated-by NAME | --reviewed-by NAME] [--lang CODE] [--dry-run] [--force] [--site DIR]",
	short: "take over what a translator's program made of an export",
	long: `
Puts the words of a PO or XLIFF file into the pages that they belong to, and nothing else: what has not changed stays
byte for byte. A page of which every unit has words and none is behind is in step with its source then, as after
fieldguide sync; one that was not there is written. Of a page with a part still behind, the rest is taken over; new
passages, and a page that is not there, wait until no unit of theirs is empty or fuzzy. What the source says no more
is taken away when a page comes in step.

A unit that would break its page, by a placeholder that is missing or twice, by a sign of a list or heading, is named
with its line in FILE; then nothing at all is taken over.
  --translated-by   who answers for the pages that have nothing fuzzy left, with their consent
  --reviewed-by     who has read these against their source, with their consent
  --force           the words of FILE count also where somebody has changed the page since it was exported`,
	run: runImport,
}

func runImport(e *env, args []string) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	code := flags.String("lang", "", "the language, by its `CODE`, where FILE does not say it")
	translated := flags.String("translated-by", "", "`NAME` answers for the translation")
	reviewed := flags.String("reviewed-by", "", "`NAME` has read the translation against its source")
	on := flags.String("on", "", "`DATE` of that, 2026-11-28; today")
	dry := flags.Bool("dry-run", false, "say what would be, and change nothing")
	force := flags.Bool("force", false, "the words of FILE count where the page has changed")
	files, err := e.parsePages(flags, args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return usageError{fmt.Errorf("it wants %s", e.command.args)}
	}
	i := build.Import{File: files[0], Force: *force}
	if i.Credit, err = credit(*translated, *reviewed, *on); err != nil {
		return err
	}
	data, err := os.ReadFile(i.File)
	if errors.Is(err, fs.ErrNotExist) {
		return usageError{fmt.Errorf("there is no file %s", i.File)}
	}
	if err != nil {
		return err
	}
	t, shut, err := e.translators(*dir)
	if err != nil {
		return err
	}
	defer shut()
	var findings []site.Finding
	if i.Came, findings = build.ReadCatalog(i.File, data); len(findings) > 0 {
		return e.refuse(findings)
	}
	name := cmp.Or(*code, i.Came.Target)
	if name == "" {
		return usageError{fmt.Errorf("%s does not say its language; name it, such as --lang fr", i.File)}
	}
	if i.Language, err = wantedLanguage(t, name); err != nil {
		return err
	}
	im, findings, err := t.Import(i)
	if err != nil {
		return err
	}
	if len(findings) > 0 {
		return e.refuse(findings)
	}
	if !*dry {
		if err := im.Edits.Write(*dir); err != nil {
			return err
		}
	}
	return e.imported(im, i.Credit.By != "")
}

// credit is who answers for a translation.
func credit(translated, reviewed, on string) (c build.Credit, err error) {
	if err := checkDate(on); err != nil {
		return c, err
	}
	for i, name := range []string{translated, reviewed} {
		if name != "" {
			c = build.Credit{Stage: translate.Stages[i+1], By: name, On: cmp.Or(on, time.Now().Format(time.DateOnly))}
		}
	}
	return c, nil
}

// checkDate refuses what --on cannot be; it need not be there.
func checkDate(on string) error {
	if _, err := time.Parse(time.DateOnly, on); on != "" && err != nil {
		return usageError{fmt.Errorf("--on wants a date such as 2026-11-28, not %q", on)}
	}
	return nil
}

// refuse shows why nothing was taken over.
func (e *env) refuse(findings []site.Finding) error {
	e.show(findings)
	fmt.Fprintln(e.stderr, "nothing was taken over")
	return errFindings
}

// imported says what came of an import.
func (e *env) imported(im *build.Imported, named bool) error {
	for _, name := range im.Written {
		fmt.Fprintln(e.stdout, name)
	}
	for _, w := range im.Behind {
		what := "what is done stands in the page"
		if w.Lacks {
			what = "the page waits"
		}
		fmt.Fprintf(e.stdout, "%s: %d of %s left, %s\n", w.Path, w.Pending, count(w.Of, "unit"), what)
	}
	if im.Dropped > 0 {
		fmt.Fprintf(e.stdout, "%s taken away, which the source has no more\n", count(im.Dropped, "passage"))
	}
	fmt.Fprintf(e.stdout, "%s written, %s put in step\n", count(len(im.Written), "page"), count(im.InStep, "translation"))
	if n := im.InStep - im.Named; n > 0 && named {
		fmt.Fprintf(e.stdout,
			"nobody is named for %s: units there are fuzzy still; take the mark away from all that are right\n",
			count(n, "page"))
	}
	if im.Unnamed > 0 && !named {
		fmt.Fprintf(e.stdout, "nothing is fuzzy in %s: if somebody answers for the words, say --translated-by NAME\n",
			count(im.Unnamed, "page"))
	}
	return nil
}
