package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fieldguide/build"
)

var exportCommand = &command{
	name:  "export",
	args:  "--lang CODE [--format po|xliff] [PAGE… | --under PATH] [--out FILE] [--site DIR]",
	short: "write pages for a translator's program, as PO or XLIFF",
	long: `
Writes the units of pages, all of them without PAGE, for programs such as Poedit, Virtaal or OmegaT: a unit for
each paragraph, heading, item of a list and cell of a table, in the order of the page, with what the translation says
now. Units are
  empty                  there are no words yet
  fuzzy                  the source says something else now (its former words are there when git has them), or nobody
                         said that a person answers for them; XLIFF tells the two apart
  translated, reviewed   as the page's record says
{1}, in XLIFF <x id="1"/>, is a placeholder: an address, code. A note says of what. A page that is a draft, or has
other passages than its source, is named and left out. fieldguide import takes the file back.`,
	run: runExport,
}

func runExport(e *env, args []string) error {
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	code := flags.String("lang", "", "the language, by its `CODE`")
	format := flags.String("format", "",
		"`FORMAT`: po, or xliff for XLIFF 1.2; without it what the name of --out says, else po")
	under := flags.String("under", "", "the page or folder `PATH` only")
	out := flags.String("out", "", "write to `FILE` instead of standard output")
	pages, err := e.parsePages(flags, args)
	if err != nil {
		return err
	}
	formats := build.CatalogFormats()
	if *format == "" {
		*format = formats[0]
		if ext := strings.ToLower(filepath.Ext(*out)); ext == ".xlf" || ext == ".xliff" {
			*format = "xliff"
		}
	}
	switch {
	case *code == "":
		return usageError{errors.New("say into which language: --lang fr")}
	case !slices.Contains(formats, *format):
		return usageError{fmt.Errorf("--format can be %s, not %q", strings.Join(formats, " or "), *format)}
	case *under != "" && len(pages) > 0:
		return usageError{errors.New("name pages, or a folder with --under, not both")}
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
	if *under != "" {
		if families = below(families, *under); len(families) == 0 {
			return usageError{fmt.Errorf("there is no folder or page %q%s", *under, suchAs(pathsOf(t.Site())))}
		}
	}
	c, findings, err := t.Export(families, lang)
	if err != nil {
		return err
	}
	e.show(findings)
	data := c.PO()
	if *format == "xliff" {
		data = c.XLIFF()
	}
	if *out == "" {
		_, err = e.stdout.Write(data)
		return err
	}
	if err := os.WriteFile(*out, data, 0o644); err != nil {
		return err
	}
	n := 0
	for _, p := range c.Pages {
		n += len(p.Units)
	}
	fmt.Fprintf(e.stdout, "%s: %s, %s\n", *out, count(len(c.Pages), "page"), count(n, "unit"))
	return nil
}
