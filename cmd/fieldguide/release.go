package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"

	"fieldguide/build"
	"fieldguide/build/release"
)

var releaseCommand = &command{
	name:  "release",
	args:  "--key FILE [--previous DIR|FILE] [--site DIR] [--out DIR] [--bundles LIST] [--precompress gz,br] [--json]",
	short: "build, sign and verify the next release, and say what mirrors need",
	long: `
Does at once what a correction wants: builds the site after the release before, which
is the one in --out or the one that --previous names and must be signed with the same
key; signs it, verifies it, and says what has changed and what a mirror fetches.
When nothing has changed the release stays as it is, and is renewed once half of its
time is over. SOURCE_DATE_EPOCH says when the release is; else it is now.`,
	run: runRelease,
}

func runRelease(e *env, args []string) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	name := flags.String("key", "", "`FILE` of the secret key")
	secret := addPasswordFlag(flags)
	previous := flags.String("previous", "", "`DIR` of the release before, or its release.json, or none; what is in --out when it is not named")
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	out := flags.String("out", "public", "`DIR` gets the site")
	formats := flags.String("bundles", "all", "`LIST` of files to take away: all, none, or of zip,html,epub,zim,pdf")
	forms := flags.String("precompress", "none", "`LIST` of forms to lay beside files, for servers that send them: none, or of gz,br")
	keep := addCacheFlags(flags)
	asJSON := flags.Bool("json", false, "print JSON")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	signer, err := secret.signer(*name)
	if err != nil {
		return err
	}
	todo := build.Errand{Site: *dir, Target: *out, Sign: signer.Sign}
	if todo.Bundles, err = bundleFormats(*formats); err != nil {
		return err
	}
	if todo.Forms, err = packForms(*forms); err != nil {
		return err
	}
	if todo.Instant, err = sourceDate(); err != nil {
		return err
	} else if todo.Instant.IsZero() {
		todo.Instant = now()
	}
	if todo.Follow, todo.Former, err = former(*previous); err != nil {
		return err
	}
	if !todo.Follow {
		*previous, todo.Follow = *out, true
		if todo.Former, err = release.Read(*out); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return usageError{fmt.Errorf("%w; name the last good one with --previous", err)}
		}
	}
	was := todo.Former
	if was != nil {
		if err := sameSigner(signer, *previous, was); err != nil {
			return err
		}
		todo.Renew = !was.Expires.IsZero() && todo.Instant.After(was.Released.Add(was.Expires.Sub(was.Released)/2))
	}
	fsys, memory, shut, err := keep.sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	progress := e.progress()
	res, err := todo.Do(e.ctx, fsys, build.Options{Memory: memory, Tick: progress.tick})
	progress.stop()
	if err != nil {
		return err
	}
	e.show(res.Findings)
	if res.Failed() {
		fmt.Fprintf(e.stderr, "nothing was changed in %s\n", *out)
		return errFindings
	}
	return e.released(*out, signer.Key(), was, *asJSON)
}

// sameSigner returns an error when the release before is signed, and with another
// key than the one in hand or one before it that names it.
func sameSigner(signer *release.Signer, previous string, was *release.Manifest) error {
	dir := previous
	if filepath.Base(dir) == release.ManifestName {
		dir = filepath.Dir(dir)
	}
	err := release.SignedBy(dir, was, signer.Key())
	if errors.Is(err, fs.ErrNotExist) || err != nil && was.Next == release.KeyLine(signer.Key()) {
		return nil // never published by us, or the key changes now
	}
	if err != nil {
		return usageError{fmt.Errorf("the release in %s is not signed with this key: %w; "+
			"name its key, or set next: under release: in site.yaml one release before the key changes", previous, err)}
	}
	return nil
}

// released verifies a release and says what it comes to.
func (e *env) released(out string, key release.Key, was *release.Manifest, asJSON bool) error {
	c, err := openCopy(out)
	if err != nil {
		return err
	}
	defer c.Close()
	report, err := (&release.Verifier{Key: &key, Now: now(), Beside: true}).Verify(e.ctx, c)
	if err != nil {
		return err
	}
	if !report.Good() {
		e.problems(report)
		return errFindings
	}
	is, err := release.Read(out)
	if err != nil {
		return err
	}
	changes := release.Compare(was, is)
	if asJSON {
		return encode(e.stdout, struct {
			*release.Report
			Changes release.Changes `json:"changes"`
		}{report, changes})
	}
	switch {
	case was != nil && was.Serial == is.Serial:
		fmt.Fprintf(e.stdout, "%s stands: nothing has changed\n", describe(report))
		return nil
	case was != nil && len(changes.Changed)+len(changes.New)+len(changes.Gone) == 0:
		fmt.Fprintf(e.stdout, "%s: the one before, renewed\n", describe(report))
	default:
		fmt.Fprintf(e.stdout, "%s: %d changed, %d new, %d gone\n", describe(report),
			len(changes.Changed), len(changes.New), len(changes.Gone))
		for i, name := range changes.Changed {
			if i == 10 {
				fmt.Fprintf(e.stdout, "    and %d more\n", len(changes.Changed)-i)
				break
			}
			fmt.Fprintf(e.stdout, "    %s\n", name)
		}
	}
	fmt.Fprintf(e.stdout, "a mirror fetches at most %s of %s\n", megabytes(changes.Bytes), megabytes(changes.All))
	fmt.Fprintf(e.stdout, `
for whoever keeps a mirror, where FROM is this folder and TO theirs:
    rsync -a --exclude=/SHA256SUMS --exclude='/release.json*' FROM/ TO/
    rsync -a --delete-after FROM/ TO/
    fieldguide verify TO --key %[1]s
    fieldguide probe URL --key %[1]s
`, release.KeyLine(key))
	return nil
}
