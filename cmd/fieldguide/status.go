package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"fieldguide/build"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

var statusCommand = &command{
	name:  "status",
	args:  "[--site DIR] [--lang CODE,…] [--under PATH] [--since REV] [--all] [--strict] [--format FORMAT | --html DIR]",
	short: "say how every translation stands to its source page",
	long: `
Counts pages by language, and by set and band where not all is in step; lists what to do next: help first,
then the pages of bands, then the shortest. The states:
` + meanings() + `--since REV looks at pages only whose source differs from that of a revision of
git. --format markdown is one table, for the summary of a job in a forge: of what is
not in step, with --all or --since of all that was looked at. --html makes a folder of
pages that say the same and open from anywhere, with what has changed for each page
that is stale; begin at index.html. With --strict the exit status is 1 unless all that
was looked at is in step.`,
	run: runStatus,
}

// meanings lists the states.
func meanings() string {
	var b strings.Builder
	for _, m := range build.Meanings {
		fmt.Fprintf(&b, "  %-13s %s\n", m.State, m.Means)
	}
	return b.String()
}

// nextMost is how many things to do are listed unless all are asked for.
const nextMost = 10

func runStatus(e *env, args []string) error {
	flags := flag.NewFlagSet("status", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	keep := addCacheFlags(flags)
	langs := flags.String("lang", "", "languages to look at, `CODE`s with commas between")
	under := flags.String("under", "", "look at the page or folder `PATH` only")
	since := flags.String("since", "", "look at pages only whose source differs from that of `REV`")
	all := flags.Bool("all", false, "list everything that is not in step")
	strict := flags.Bool("strict", false, "exit with 1 unless all is in step")
	asJSON := flags.Bool("json", false, "print JSON, with every page")
	format := flags.String("format", "text", "`FORMAT`: text, json, or markdown for one table")
	folder := flags.String("html", "", "`DIR` gets pages that say so")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	if *asJSON {
		*format = "json"
	}
	if !slices.Contains([]string{"text", "json", "markdown"}, *format) {
		return usageError{fmt.Errorf("unknown format %q: it can be text, json or markdown", *format)}
	}
	fsys, memory, shut, err := keep.sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	list, s, findings, err := build.Translations(e.ctx, *dir, fsys, memory)
	if err != nil {
		return err
	}
	if s == nil || list == nil && site.HasErrors(findings) {
		e.show(findings)
		return errFindings
	}
	want, err := wantedLanguages(s, *langs)
	if err != nil {
		return err
	}
	var touched map[string]bool
	if *since != "" {
		if touched, err = touchedSince(s, *dir, *since); err != nil {
			return err
		}
	}
	list = slices.DeleteFunc(list, func(t build.Translation) bool {
		return len(want) > 0 && !slices.Contains(want, t.Language) || touched != nil && !touched[t.Path] ||
			*under != "" && !isUnder(t.Path, *under)
	})
	switch {
	case *format == "json":
		if list == nil {
			list = []build.Translation{}
		}
		err = encode(e.stdout, list)
	case *folder != "":
		err = writeDashboard(*folder, *dir, fsys, s, list)
	case *format == "markdown":
		err = writeStatusTable(e.stdout, s, list, *all || *since != "")
	default:
		err = e.tellStatus(s, list, *all)
	}
	if err == nil && *strict && slices.ContainsFunc(list, func(t build.Translation) bool { return !t.Done() }) {
		return errBehind
	}
	return err
}

// errBehind says that translations are not in step, which was shown.
var errBehind = errors.New("not all is in step")

// touchedSince returns the paths of pages whose source differs from that of a
// revision.
func touchedSince(s *site.Site, dir, revision string) (map[string]bool, error) {
	files, err := translate.Git{Dir: dir}.ChangedSince(revision)
	if err != nil {
		return nil, usageError{err}
	}
	paths := map[string]bool{}
	for _, file := range files {
		if path, is := strings.CutPrefix(file, "content/"+s.Source.Code+"/"); is {
			paths[strings.TrimSuffix(path, ".md")] = true
		}
	}
	return paths, nil
}

// tellStatus prints counts and what to do next.
func (e *env) tellStatus(s *site.Site, list []build.Translation, all bool) error {
	rows := slices.DeleteFunc(build.Count(s, list), func(c *build.Counted) bool {
		return c.Set != "" && c.Done() // the language's line says it
	})
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "\tpages\t")
	var shown []translate.State
	for _, state := range build.States {
		if slices.ContainsFunc(list, func(t build.Translation) bool { return t.State == state }) {
			shown = append(shown, state)
			fmt.Fprintf(w, "%s\t", state)
		}
	}
	fmt.Fprint(w, "reviewed\t\n")
	for _, row := range rows {
		fmt.Fprintf(w, "%s\t%d\t", row.Name(), row.Pages)
		for _, state := range shown {
			fmt.Fprintf(w, "%s\t", orDash(row.In[state]))
		}
		fmt.Fprintf(w, "%s\t\n", orDash(row.Reviewed))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	todo := build.Next(list)
	if len(todo) == 0 {
		_, err := fmt.Fprintln(e.stdout, "\nall is in step")
		return err
	}
	fmt.Fprintln(e.stdout, "\nnext:")
	w = tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for i, t := range todo {
		if i == nextMost && !all {
			fmt.Fprintf(w, "  and %d more: --all lists them\n", len(todo)-i)
			break
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", t.Language, t.Path, t.What(), t.WayOut())
	}
	return w.Flush()
}

func orDash(n int) string {
	if n == 0 {
		return "·"
	}
	return fmt.Sprint(n)
}
