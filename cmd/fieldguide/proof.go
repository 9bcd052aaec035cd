package main

import (
	"flag"
	"fmt"

	"fieldguide/build/desk"
)

var proofCommand = &command{
	name:  "proof",
	args:  "--lang CODE [--site DIR] [PAGE…] > FILE",
	short: "print pages beside their source, for native readers to check on paper",
	long: `
Prints one page of HTML for a browser to print on A4: the pages that site.yaml
names under proof: (its help pages where it names none), or those that are named
here, line by line beside their source, with boxes to tick and places to write
and to sign. What readers mark is mended in the pages; then
  fieldguide sync PAGE --lang CODE --reviewed-by NAME --on DATE
records who has read it, for those who agreed to be named.`,
	run: runProof,
}

func runProof(e *env, args []string) error {
	flags := flag.NewFlagSet("proof", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	code := flags.String("lang", "", "the language, by its `CODE`")
	names, err := e.parsePages(flags, args)
	if err != nil {
		return err
	}
	if *code == "" {
		return usageError{fmt.Errorf("say of which language: fieldguide proof --lang fr")}
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
	families := t.Site().ProofPages()
	if len(names) > 0 {
		if families, err = familiesOf(t.Site(), names); err != nil {
			return err
		}
	}
	if len(families) == 0 {
		return usageError{fmt.Errorf("content/site.yaml names no page to check: " +
			"write proof: [a page or a folder], or name one here")}
	}
	var pages []desk.ProofPage
	for _, f := range families {
		texts, err := t.Read(f)
		if err != nil {
			return err
		}
		pages = append(pages, desk.ProofOf(t.Site(), texts, t.Beside(texts, lang)))
	}
	page, err := desk.Proof(t.Site(), lang, pages)
	if err == nil {
		_, err = e.stdout.Write(page)
	}
	return err
}
