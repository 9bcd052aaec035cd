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
	args:  "[--site DIR] [--lang CODE,…] [--under PATH] [--since REV] [--all] [--strict] [--format FORMAT]",
	short: "say how every translation stands to its source page",
	long: `
Counts pages by language, and by set and band where not all is in step; lists what to do next: help first,
then the pages of bands, then the shortest. The states:
  missing       there is no page
  draft         draft: true; readers do not get it yet
  untranslated  its words are still the source page's
  unknown       nobody recorded what it was made from: see sync
  differs       it has other passages than its record says it was made from
  stale n of m  the source has changed n of its m passages since: see diff
  moved         its record stands under another path, of the same text: see sync
  orphan        it has no source page
  in step       nothing to do; reviewed when somebody said so
--since REV looks at pages only whose source differs from that of a revision of
git. --format markdown is one table, for the summary of a job in a forge: of what is
not in step, with --all or --since of all that was looked at. With --strict the exit
status is 1 unless that is in step.`,
	run: runStatus,
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
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	if *asJSON {
		*format = "json"
	}
	if !slices.Contains([]string{"text", "json", "markdown"}, *format) {
		return usageError{fmt.Errorf("unknown format %q: it can be text, json or markdown", *format)}
	}
	fsys, shut, err := sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	memory, shutCache, err := keep.open()
	if err != nil {
		return err
	}
	defer shutCache()
	list, s, findings, err := build.Translations(e.ctx, fsys, memory)
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
			*under != "" && t.Path != *under && !strings.HasPrefix(t.Path, strings.TrimSuffix(*under, "/")+"/")
	})
	switch *format {
	case "json":
		if list == nil {
			list = []build.Translation{}
		}
		err = encode(e.stdout, list)
	case "markdown":
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

// wantedLanguages returns the codes in a list with commas, which are languages
// that the site is translated into.
func wantedLanguages(s *site.Site, list string) ([]string, error) {
	if list == "" {
		return nil, nil
	}
	var known []string
	for _, lang := range s.Languages {
		if lang != s.Source {
			known = append(known, lang.Code)
		}
	}
	codes := strings.Split(list, ",")
	for _, code := range codes {
		if !slices.Contains(known, code) {
			return nil, usageError{fmt.Errorf("%q is no language that this guide is translated into; these are %s", code, strings.Join(known, ", "))}
		}
	}
	return codes, nil
}

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
	states := []translate.State{translate.InStep, translate.Stale, translate.Differs, translate.Unknown, translate.Untranslated,
		translate.Draft, build.Moved, build.Orphan, translate.Missing}
	count := map[string]map[translate.State]int{}
	reviewed := map[string]int{}
	var rows []string
	add := func(row string, t *build.Translation) {
		if count[row] == nil {
			count[row] = map[translate.State]int{}
			rows = append(rows, row)
		}
		count[row][t.State]++
		if t.Done() && t.Stage == translate.Stages[len(translate.Stages)-1] {
			reviewed[row]++
		}
	}
	for _, lang := range s.Languages {
		for _, part := range parts(s) {
			in := func(t build.Translation) bool { return t.Language == lang.Code && part.holds(&t) }
			if part.name != "" && !slices.ContainsFunc(list, func(t build.Translation) bool { return in(t) && !t.Done() }) {
				continue // the language's line says it
			}
			for i := range list {
				if in(list[i]) {
					add(lang.Code+"\t"+part.name, &list[i])
				}
			}
		}
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "\tpages\t")
	var shown []translate.State
	for _, state := range states {
		if slices.ContainsFunc(list, func(t build.Translation) bool { return t.State == state }) {
			shown = append(shown, state)
			fmt.Fprintf(w, "%s\t", state)
		}
	}
	fmt.Fprint(w, "reviewed\t\n")
	for _, row := range rows {
		code, part, _ := strings.Cut(row, "\t")
		name := part
		if part == "" {
			name = code
		} else {
			name = code + " " + part
		}
		total := 0
		for _, n := range count[row] {
			total += n
		}
		fmt.Fprintf(w, "%s\t%d\t", name, total)
		for _, state := range shown {
			fmt.Fprintf(w, "%s\t", orDash(count[row][state]))
		}
		fmt.Fprintf(w, "%s\t\n", orDash(reviewed[row]))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	todo := slices.DeleteFunc(slices.Clone(list), func(t build.Translation) bool { return t.Done() })
	if len(todo) == 0 {
		_, err := fmt.Fprintln(e.stdout, "\nall is in step")
		return err
	}
	slices.SortStableFunc(todo, func(a, b build.Translation) int { return a.Urgency - b.Urgency })
	fmt.Fprintln(e.stdout, "\nnext:")
	w = tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for i, t := range todo {
		if i == nextMost && !all {
			fmt.Fprintf(w, "  and %d more: --all lists them\n", len(todo)-i)
			break
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", t.Language, t.Path, stateOf(&t), wayOut(&t))
	}
	return w.Flush()
}

// wayOut is the command that goes on with a translation.
func wayOut(t *build.Translation) string {
	switch t.State {
	case translate.Missing:
		return "fieldguide new " + t.Language + " " + t.Path
	case translate.Stale:
		return "fieldguide diff " + t.Path + " --lang " + t.Language
	case translate.Unknown, translate.Differs, build.Moved:
		return "fieldguide sync " + t.Path + " --lang " + t.Language
	}
	return t.File
}

// part is a row of the table: a language, a set of it, or a band.
type part struct {
	name  string
	holds func(t *build.Translation) bool
}

func parts(s *site.Site) []part {
	list := []part{{"", func(*build.Translation) bool { return true }}}
	for _, set := range s.Sets {
		list = append(list, part{set.ID, func(t *build.Translation) bool { return t.Set == set.ID }})
		for _, band := range set.Bands {
			list = append(list, part{set.ID + " " + band.ID, func(t *build.Translation) bool { return t.Set == set.ID && t.Band == band.ID }})
		}
	}
	return list
}

func orDash(n int) string {
	if n == 0 {
		return "·"
	}
	return fmt.Sprint(n)
}
