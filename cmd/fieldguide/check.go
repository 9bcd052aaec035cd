package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"fieldguide/build"
	"fieldguide/build/check"
	"fieldguide/build/site"
)

var checkCommand = &command{
	name:  "check",
	args:  "[--site DIR] [--check NAME] [--lang CODE] [--under FOLDER] [--baseline FILE] [--format FORMAT] [--no-cache]",
	short: "say everything that is missing or wrong, and on which line",
	long: `
Does all that build does, finished pages included, and writes nothing.
Formats: text for people, json for scripts, sarif (2.1.0) for code hosts and
editors, github for annotations in a workflow.

--check, --lang and --under show only findings of some checks, languages,
folders or pages; each takes several names, with commas or again.

--baseline shows only what is new since ` + "`fieldguide check --format json > FILE`" + `:
findings may move with their lines, but not become more. The exit status is
that of what is shown.`,
	run: runCheck,
}

func init() { checkCommand.long += "\n\nThe checks:\n" + checkList() }

func checkList() string {
	var b strings.Builder
	for _, c := range check.All {
		fmt.Fprintf(&b, "  %-13s %s\n", c.Name, c.Doc)
	}
	return b.String()
}

func runCheck(e *env, args []string) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	keep := addCacheFlags(flags)
	only := addFilter(flags)
	before := flags.String("baseline", "", "only findings that are not in `FILE`, which check --format json has written")
	format := flags.String("format", "text", "`FORMAT` of the findings: text, json, sarif or github")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	write, known := formats[*format]
	if !known {
		return usageError{fmt.Errorf("unknown format %q: it can be text, json, sarif or github", *format)}
	}
	var old baseline
	if *before != "" {
		var err error
		if old, err = readBaseline(*before); err != nil {
			return err
		}
	}
	fsys, memory, shut, err := keep.sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	if err := only.known(fsys); err != nil {
		return err
	}
	res, err := build.Errand{Site: *dir}.Do(e.ctx, fsys, build.Options{Memory: memory})
	if err != nil {
		return err
	}
	findings := res.Findings
	if len(res.Pages) > 0 { // else nothing could be checked, whatever is asked for
		findings = only.of(findings)
	}
	findings, left := old.news(findings)
	if err := write(e.stdout, findings); err != nil {
		return err
	}
	if *before != "" {
		fmt.Fprintf(e.stderr, "%s of %s not shown\n", count(left, "finding"), *before)
	}
	if site.HasErrors(findings) {
		return errFindings
	}
	return nil
}

var formats = map[string]func(io.Writer, []site.Finding) error{
	"text": writeText, "json": writeJSON, "sarif": writeSARIF, "github": writeGitHub,
}

func writeText(w io.Writer, findings []site.Finding) error {
	for _, f := range findings {
		fmt.Fprintln(w, f)
	}
	writeCounts(w, findings)
	if n := mendable(findings); n > 0 {
		fmt.Fprintf(w, "\nfieldguide fix mends %d of them; with --dry-run it shows how\n", n)
	}
	_, err := fmt.Fprintln(w, count(len(findings), "finding"))
	return err
}

// writeCounts says how many findings there are of each check in each language.
func writeCounts(w io.Writer, findings []site.Finding) {
	type row struct{ check, lang string }
	counts := map[row]*[2]int{}
	var rows []row
	for _, f := range findings {
		lang, _ := place(f.File)
		r := row{f.Check, cmp.Or(lang, "-")}
		if counts[r] == nil {
			counts[r] = &[2]int{}
			rows = append(rows, r)
		}
		if f.Level == site.Error {
			counts[r][0]++
		} else {
			counts[r][1]++
		}
	}
	if len(rows) == 0 {
		return
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(strings.Compare(a.check, b.check), strings.Compare(a.lang, b.lang))
	})
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "\ncheck\tlanguage\terrors\twarnings\n")
	for _, r := range rows {
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\n", r.check, r.lang, counts[r][0], counts[r][1])
	}
	table.Flush()
}

// writeJSON writes an array, empty when all is well.
func writeJSON(w io.Writer, findings []site.Finding) error {
	if findings == nil {
		findings = []site.Finding{}
	}
	return encode(w, findings)
}

func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// writeGitHub writes workflow commands, with their own escaping.
func writeGitHub(w io.Writer, findings []site.Finding) error {
	message := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range findings {
		text := f.Message
		if f.Hint != "" {
			text += "\n" + f.Hint
		}
		place := "file=" + property.Replace(f.File)
		if f.Line > 0 {
			place += fmt.Sprintf(",line=%d", f.Line)
		}
		if f.Col > 0 {
			place += fmt.Sprintf(",col=%d", f.Col)
		}
		if _, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", f.Level, place, property.Replace(f.Check), message.Replace(text)); err != nil {
			return err
		}
	}
	return nil
}
