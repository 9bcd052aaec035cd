package main

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"text/tabwriter"

	"fieldguide/build"
)

var reportCommand = &command{
	name:  "report",
	args:  "[--site DIR] [--json] [--all]",
	short: "say how heavy the site is, and how complete",
	long: `
Weighs every page as a server would send it, compressed, and adds up languages
and sets. "Median" is the middle page; the limit is limits.page of site.yaml.
Pictures count apart; "visit" is what a reader loads who sees every page, with each
picture once. Sounds and videos are loaded when a reader asks.
Lists the heaviest pages and bundles; --all lists every one.`,
	run: runReport,
}

func runReport(e *env, args []string) error {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	asJSON := flags.Bool("json", false, "print JSON, with every page")
	all := flags.Bool("all", false, "list every page and bundle, not just the ten heaviest")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	fsys, shut, err := sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	r, res, err := build.Weigh(e.ctx, fsys)
	if err != nil {
		return err
	}
	e.show(res.Findings)
	if res.Failed() {
		return errFindings
	}
	if *asJSON {
		return encode(e.stdout, r)
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "bytes compressed\tpages\ttranslated\ttotal\tmedian\tlargest\tpictures\tvisit\t\n")
	for _, g := range append(append(r.Languages, r.Sets...), r.Whole) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", g.Name, g.Pages, g.Translated, g.Compressed, g.Median, g.Largest,
			g.Pictures, g.Visit)
	}
	w.Flush()
	list := r.Pages
	if !*all {
		list = list[:min(10, len(list))]
	}
	fmt.Fprintf(e.stdout, "\nthe heaviest pages (limit %d)\n", r.Limit)
	for _, p := range list {
		fmt.Fprintf(e.stdout, "%7d  %s", p.Compressed, p.Name)
		if p.Pictures > 0 {
			fmt.Fprintf(e.stdout, " (pictures: %d)", p.Pictures)
		}
		fmt.Fprintln(e.stdout)
	}
	if len(r.Bundles) > 0 {
		fmt.Fprint(e.stdout, "\nto take away\n")
	}
	bundles := slices.Clone(r.Bundles)
	if !*all {
		slices.SortStableFunc(bundles, func(a, b build.Bundle) int { return cmp.Compare(b.Bytes, a.Bytes) })
		bundles = bundles[:min(10, len(bundles))]
	}
	for _, b := range bundles {
		fmt.Fprintf(e.stdout, "%7d  %s\n", b.Bytes, b.Name)
	}
	if more := len(r.Bundles) - len(bundles); more > 0 {
		fmt.Fprintf(e.stdout, "and %d more: --all lists them\n", more)
	}
	return nil
}
