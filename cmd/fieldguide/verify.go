package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fieldguide/build/release"
)

var verifyCommand = &command{
	name:  "verify",
	args:  "DIR|ZIP|URL [--key FILE|RW…] [--beside] [--json]",
	short: "say whether a copy is whole, genuine and not an old one",
	long: `
Holds every file of a copy against its release.json, and that against the
publisher's key. It wants no network but for a URL. Exit status 1 means that the
copy is not what was published; each problem has its name:

  changed         a file has other bytes
  missing, extra  a file is not there, or does not belong there
  mixed           a file is that of another release
  rolled-back     the copy is older than one that was seen before
  frozen          this place stayed behind while others went on
  fast-forwarded  the serial or the date is ahead of what can be
  forked          there are two releases of one serial
  wrong-key       somebody else has signed it
  unsigned        nobody has
  unreadable      the message says why
  expired         a warning: its time is over. What it says stays readable
  unvouched       a warning: no key was given, so anybody can have made it

The newest release seen of each key is remembered in your configuration folder.
On first contact nobody can know whether a newer one exists; that is said.`,
	run: runVerify,
}

func runVerify(e *env, args []string) error {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	name := flags.String("key", "", "`KEY` of the publisher: a file, or the line that begins with RW")
	beside := flags.Bool("beside", false, "files beside the release are no fault")
	asJSON := flags.Bool("json", false, "print JSON")
	if err := e.parse(flags, flagsFirst(args), 1, 1); err != nil {
		return err
	}
	v, err := verifier(*name)
	if err != nil {
		return err
	}
	v.Beside = *beside
	c, err := openCopy(flags.Arg(0))
	if err != nil {
		return err
	}
	defer c.Close()
	r, err := v.Verify(e.ctx, c)
	if err != nil {
		return err
	}
	if *asJSON {
		if err := encode(e.stdout, r); err != nil {
			return err
		}
	} else {
		e.problems(r)
		if r.Good() {
			fmt.Fprintf(e.stdout, "%s: %s; %s, %s, as published\n", flags.Arg(0), describe(r), count(r.Files, "file"), megabytes(r.Bytes))
		}
		for _, text := range r.Unknown {
			fmt.Fprintln(e.stderr, "not known:", text)
		}
	}
	if !r.Good() {
		return errFindings
	}
	return nil
}

// describe says which release a copy is.
func describe(r *release.Report) string {
	text := fmt.Sprintf("release %d", r.Serial)
	if r.Edition != "" {
		text += " of edition " + r.Edition
	}
	text += ", released " + r.Released.Format(time.DateOnly)
	if !r.Expires.IsZero() {
		text += ", good until " + r.Expires.Format(time.DateOnly)
	}
	return text
}

// problems shows what is wrong with a copy: a few, and how many more.
func (e *env) problems(r *release.Report) {
	const most = 20
	for i, p := range r.Problems {
		if i == most {
			fmt.Fprintf(e.stdout, "and %s; --json lists them all\n", count(len(r.Problems)-most, "more problem"))
			return
		}
		if p.Kind.Warns() {
			fmt.Fprint(e.stdout, "warning: ")
		}
		fmt.Fprintln(e.stdout, p)
	}
}

// verifier returns what holds copies against a publisher's key, "" for none.
func verifier(name string) (*release.Verifier, error) {
	v := &release.Verifier{Now: now()}
	if name == "" {
		return v, nil
	}
	key, err := release.ReadKey(name)
	if err != nil {
		return nil, usageError{fmt.Errorf("--key: %w", err)}
	}
	v.Key = &key
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil, fmt.Errorf("finding where to remember releases: %w", err)
	}
	v.Memory = filepath.Join(dir, "fieldguide", "releases")
	return v, nil
}

func openCopy(name string) (release.Copy, error) {
	c, err := release.OpenCopy(name)
	if errors.Is(err, fs.ErrNotExist) || err != nil && !errors.Is(err, context.Canceled) {
		return nil, usageError{err}
	}
	return c, nil
}

// now is the time of day. FIELDGUIDE_NOW takes its place in tests.
func now() time.Time {
	if at, err := time.Parse(time.RFC3339, os.Getenv("FIELDGUIDE_NOW")); err == nil {
		return at
	}
	return time.Now()
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
