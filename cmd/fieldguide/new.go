package main

import "flag"

var newCommand = &command{
	name:  "new",
	args:  "LANG [--site DIR]",
	short: "begin a language",
	long: `
LANG is a code of BCP 47 in small letters: sw, pt-br, fa. Adds it to
content/site.yaml with what CLDR says of it, and writes content/LANG/ui.yaml with
every interface word as a comment to translate. The site builds at once.`,
	run: runNew,
}

func runNew(e *env, args []string) error {
	flags := flag.NewFlagSet("new", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	if err := e.parse(flags, argsFirst(args, 1), 1, 1); err != nil {
		return err
	}
	return newLanguage(e, *dir, flags.Arg(0))
}

// argsFirst lets up to n arguments come before the flags.
func argsFirst(args []string, n int) []string {
	i := 0
	for i < len(args) && i < n && len(args[i]) > 0 && args[i][0] != '-' {
		i++
	}
	return append(args[i:len(args):len(args)], args[:i]...)
}
