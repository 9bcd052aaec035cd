package main

import (
	"cmp"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"

	"fieldguide/build"
	"fieldguide/build/site"
)

var explainCommand = &command{
	name:  "explain",
	args:  "PAGE [--site DIR] [--json]",
	short: "say what a page is, where its parts come from, how grave checks are on it and what it weighs",
	long: `
PAGE is a path (help/index), a source (content/fr/help/index.md), a finished
file (public/fr/help/index.html) or the code at the end of a page
(k7qd-fr-202611), by which readers name it.`,
	run: runExplain,
}

func runExplain(e *env, args []string) error {
	flags := flag.NewFlagSet("explain", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	asJSON := flags.Bool("json", false, "print JSON")
	if err := e.parse(flags, flagsFirst(args), 1, 1); err != nil {
		return err
	}
	fsys, shut, err := sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	x, near, err := build.Explain(e.ctx, fsys, flags.Arg(0))
	if err != nil {
		return err
	}
	if x == nil {
		hint := "run `fieldguide check`: the site cannot be read"
		if guess := site.Nearest(flags.Arg(0), near); guess != "" {
			hint = "did you mean " + guess + "?"
		} else if len(near) > 0 {
			hint = "a path is like " + near[len(near)-1]
		}
		return usageError{fmt.Errorf("there is no page %q; %s", flags.Arg(0), hint)}
	}
	if *asJSON {
		return encode(e.stdout, x)
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	row := func(name string, value any) {
		if text := strings.Trim(fmt.Sprint(value), "[]"); text != "" && text != "0" {
			fmt.Fprintf(w, "%s\t%s\n", name, text)
		}
	}
	row("path", x.Path)
	row("kind", x.Kind+", shown by layouts/"+x.Layout+".html")
	row("set", x.Set)
	row("band", x.Band)
	row("order", x.Order)
	row("topics", x.Topics)
	row("rights", x.Rights)
	row("picture", x.Picture)
	row("above", x.Above)
	row("previous", x.Previous)
	row("next", x.Next)
	row("help link", x.Help)
	for _, c := range x.Checks {
		in := strings.Join(c.Languages, " ")
		row("check "+c.Check, fmt.Sprintf("%s in %s, by %s", c.Level, in, cmp.Or(c.By, "default")))
	}
	w.Flush()
	fmt.Fprintln(e.stdout)
	w = tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "\tsource\tbytes\tof text\tof style\tcompressed\n")
	for _, p := range x.Pages {
		source := p.Source
		if p.Fallback {
			source += " (not yet translated)"
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\n", p.Language, source, p.Bytes, p.Text, p.Style, p.Compressed)
	}
	w.Flush()
	for _, f := range x.Findings {
		fmt.Fprintln(e.stdout, f)
	}
	return nil
}
