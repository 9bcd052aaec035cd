package main

import (
	"flag"
	"fmt"

	"fieldguide/build"
	"fieldguide/build/site"

	"github.com/rogpeppe/go-internal/diff"
)

var fixCommand = &command{
	name:  "fix",
	args:  "[--site DIR] [--check NAME] [--lang CODE] [--under FOLDER] [--dry-run]",
	short: "mend what check finds and a machine can mend",
	long: `
Mends of what check finds:
  text          characters that nobody sees, soft hyphens, forms of letters
  leftover      spaces inside **bold**, full-width brackets of links and spaces in them
  headings      levels that jump, with the headings below
  links         places of pages that a translation calls by its own words
  places        an {#id} of a translation that its source page does not have
  dialect       boxes for notes, > [!NOTE] and !!! note, of a block that this guide has; &shy; and its like
  front-matter  keys that other tools call so, such as description; full-width colons
All else stays byte for byte: line ends, a byte order mark, a last line without an
end. Translations that were in step with a page stay so. What would make another
error is not mended, and said; what only a person can mend is left to check. To
fix again changes nothing.

--check, --lang and --under mend only what is found by some checks, in some
languages, folders or pages; each takes several names, with commas or again.
--dry-run prints the changes as a patch, for git apply, and makes none. The exit
status is 1 when something that could be mended was not.`,
	run: runFix,
}

func runFix(e *env, args []string) error {
	flags := flag.NewFlagSet("fix", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	keep := addCacheFlags(flags)
	only := addFilter(flags)
	dry := flags.Bool("dry-run", false, "print the changes as a patch, and make none")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	fsys, memory, shut, err := keep.sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	if err := only.known(fsys); err != nil {
		return err
	}
	fixed, err := build.Fix(e.ctx, fsys, memory, only.holds)
	if err != nil {
		return err
	}
	if *dry {
		for _, name := range fixed.Edits.Names() {
			patch := diff.Diff("a/"+name, fixed.Before[name], "b/"+name, fixed.Edits[name])
			if _, err := e.stdout.Write(patch); err != nil {
				return err
			}
		}
	} else if err := fixed.Write(*dir); err != nil {
		return refused(err)
	}
	e.tellFixed(fixed, *dry)
	if len(fixed.Refused) > 0 {
		return errFindings
	}
	return nil
}

// tellFixed says what was mended, what was not, and why.
func (e *env) tellFixed(fixed *build.Fixed, dry bool) {
	to := e.stdout
	if dry {
		to = e.stderr // the patch alone is the result
	}
	for _, f := range fixed.Mended {
		fmt.Fprintf(to, "%s: %s (%s)\n", f.Place(), f.Message, f.Check)
	}
	for _, r := range fixed.Refused {
		fmt.Fprintf(e.stderr, "%s: %s (%s)\n    not mended: %s\n",
			r.Finding.Place(), r.Finding.Message, r.Finding.Check, r.Why)
	}
	done := "mended"
	if dry {
		done = "would be mended; nothing was changed"
	}
	fmt.Fprintf(to, "%s %s\n", count(len(fixed.Mended), "finding"), done)
	if n := len(fixed.Left) - len(fixed.Refused); n > 0 {
		fmt.Fprintf(e.stderr, "%s only a person can mend: see check\n", count(n, "finding"))
	}
}

// mendable counts the findings that fix mends.
func mendable(findings []site.Finding) (n int) {
	for _, f := range findings {
		if f.Mend != nil {
			n++
		}
	}
	return n
}
