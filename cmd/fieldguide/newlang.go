package main

import (
	"errors"
	"fmt"

	"fieldguide/build"
)

// newLanguage begins a language of the site in dir: its line in site.yaml and its interface words, all still to
// translate.
func newLanguage(e *env, dir, code string) error {
	fsys, shut, err := sources(dir)
	if err != nil {
		return err
	}
	defer shut()
	b, err := build.NewLanguage(fsys, code)
	if err == nil {
		err = b.Edits.Write(dir)
	}
	if err != nil {
		return refused(err)
	}
	l := b.Language
	fmt.Fprintf(e.stdout, "content/site.yaml     %s (%s), %s, script %s, quotation marks %s%s %s%s\n",
		l.Name, l.Code, l.Dir, l.Script, l.Quotes[0], l.Quotes[1], l.Quotes[2], l.Quotes[3])
	fmt.Fprintf(e.stdout, "content/%s/ui.yaml    %s to translate\n", l.Code, count(b.Words, "word"))
	fmt.Fprintf(e.stderr, "the site builds with it at once: what is not translated yet is shown in %s\n"+
		"next: look over its line in content/site.yaml, translate content/%s/ui.yaml, then begin a page:\n"+
		"    fieldguide new %[2]s %[3]s\n", l.Source.Name, l.Code, b.First)
	return nil
}

// refused tells what cannot be from what the machine failed at.
func refused(err error) error {
	var no build.Refusal
	if errors.As(err, &no) {
		return usageError{err}
	}
	return err
}
