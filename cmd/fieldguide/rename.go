package main

import (
	"flag"
	"fmt"

	"fieldguide/build"
)

var renameCommand = &command{
	name:  "rename",
	args:  "OLD NEW [--site DIR] [--dry-run]",
	short: "give a page or a folder another path, in all languages",
	long: `
OLD and NEW are paths such as parents/talk, or folders. Moves the files of all
languages, and the pictures, sounds and videos beside them that no other page shows;
changes the links to them, site.yaml and the records of translations;
and writes into site.yaml, under moved, where the page is now: who follows an old
link finds a page that leads there. All else stays as it is, byte for byte.`,
	run: runRename,
}

func runRename(e *env, args []string) error {
	flags := flag.NewFlagSet("rename", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	dry := flags.Bool("dry-run", false, "show every line that would change, and change none")
	names, err := e.parsePages(flags, args)
	if err != nil {
		return err
	}
	if len(names) != 2 {
		return usageError{fmt.Errorf("it wants %s", e.command.args)}
	}
	fsys, shut, err := sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	r, err := build.Rename(fsys, names[0], names[1])
	if err == nil && !*dry {
		err = r.Edits.Write(*dir)
	}
	if err != nil {
		return refused(err)
	}
	for _, file := range r.Files {
		fmt.Fprintf(e.stdout, "%s -> %s\n", file[0], file[1])
	}
	changes := r.Changes()
	for i, n := 0, 0; i < len(changes); i++ {
		c := changes[i]
		if *dry {
			fmt.Fprintf(e.stdout, "%s:%d\n", c.File, c.Line)
			if c.Was != "" {
				fmt.Fprintf(e.stdout, "  - %s\n", c.Was)
			}
			fmt.Fprintf(e.stdout, "  + %s\n", c.Is)
			continue
		}
		if n++; i+1 == len(changes) || changes[i+1].File != c.File {
			fmt.Fprintf(e.stdout, "%s: %s\n", c.File, count(n, "line"))
			n = 0
		}
	}
	if *dry {
		fmt.Fprintln(e.stderr, "nothing was changed")
	}
	return nil
}
