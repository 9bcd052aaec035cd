package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"runtime/trace"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/pack"
	"fieldguide/build/release"
)

var buildCommand = &command{
	name:  "build",
	args:  "[--site DIR] [--out DIR] [--bundles LIST] [--precompress gz,br] [--previous DIR|FILE] [--no-cache]",
	short: "make the site from content/, into public/",
	long: `
Reads content/, layouts/ and static/ of the site's folder and puts the finished
site into place at once: until then, and when anything goes wrong, the former
one stays as it was. Files there that fieldguide did not make are kept.
Unchanged files keep their bytes and times.

Bundles are the files to take away that site.yaml asks for. "all" are those
whose bytes are the same on every machine; pdf wants Chromium and is made only
when it is named: --bundles zip,html,epub,zim,pdf.

release.json says which release this is, with the time at which each file last
changed. The release before is the one in --out; where builds begin on a fresh
checkout, keep the last release.json and name it: --previous release.json. The
variable SOURCE_DATE_EPOCH says when the release is; without it times come from
the edition and the files.`,
	run: runBuild,
}

func runBuild(e *env, args []string) error {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	out := flags.String("out", "public", "`DIR` gets the site")
	formats := flags.String("bundles", "all", "`LIST` of files to take away: all, none, or of zip,html,epub,zim,pdf")
	forms := flags.String("precompress", "none", "`LIST` of forms to lay beside files, for servers that send them: none, or of gz,br")
	previous := flags.String("previous", "", "`DIR` of the release before, or its release.json, or none; what is in --out when it is not named")
	workers := flags.Int("workers", 0, "`N` pages at a time; 0 means one a core")
	keep := addCacheFlags(flags)
	verbose := flags.Bool("v", false, "show each stage with its time")
	cpu := flags.String("cpuprofile", "", "write a CPU profile to `FILE`")
	traceTo := flags.String("trace", "", "write an execution trace to `FILE`")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	bundles, err := bundleFormats(*formats)
	if err != nil {
		return err
	}
	stop, err := profile(*cpu, *traceTo)
	if err != nil {
		return err
	}
	defer stop()
	start := time.Now()
	fsys, memory, shut, err := keep.sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	progress := e.progress()
	o := build.Options{Workers: *workers, Memory: memory, Tick: progress.tick}
	if *verbose {
		o.Stage = func(name string, took time.Duration) {
			fmt.Fprintf(e.stderr, "%8s  %s\n", took.Round(time.Millisecond), name)
		}
	}
	todo := build.Errand{Site: *dir, Target: *out, Bundles: bundles}
	if todo.Forms, err = packForms(*forms); err != nil {
		return err
	}
	if todo.Follow, todo.Former, err = former(*previous); err != nil {
		return err
	}
	if todo.Instant, err = sourceDate(); err != nil {
		return err
	}
	res, err := todo.Do(e.ctx, fsys, o)
	progress.stop()
	if err != nil {
		return err
	}
	e.show(res.Findings)
	if res.Failed() {
		fmt.Fprintf(e.stderr, "nothing was changed in %s\n", *out)
		return errFindings
	}
	e.count(res.Pages)
	if *verbose {
		fmt.Fprintf(e.stderr, "%8s  in all\n", since(start))
	}
	return nil
}

// former reads what --previous names: whether it says which release is the one
// before, and its manifest, nil for none.
func former(name string) (said bool, m *release.Manifest, err error) {
	switch name {
	case "":
		return false, nil, nil
	case "none":
		return true, nil, nil
	}
	if m, err = release.Read(name); err != nil {
		return false, nil, usageError{fmt.Errorf("--previous: %w", err)}
	}
	return true, m, nil
}

// sourceDate reads SOURCE_DATE_EPOCH, zero for none:
// https://reproducible-builds.org/specs/source-date-epoch/
func sourceDate() (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		return time.Time{}, nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 0 || seconds > 1<<37 {
		return time.Time{}, usageError{fmt.Errorf("SOURCE_DATE_EPOCH is %q; want the seconds since 1970, such as 1793491200", text)}
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// count says what each language came to.
func (e *env) count(pages []build.Pages) {
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, p := range pages {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", p.Language, count(p.Count, "page"), kilobytes(p.Bytes), fallbackNote(p.Fallen))
	}
	w.Flush()
}

func fallbackNote(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d not yet translated", n)
}

// profile starts what the flags ask for and returns how to stop it.
func profile(cpu, traceTo string) (stop func(), err error) {
	var stops []func()
	for _, p := range []struct {
		file  string
		start func(*os.File) error
		stop  func()
	}{
		{cpu, func(f *os.File) error { return pprof.StartCPUProfile(f) }, pprof.StopCPUProfile},
		{traceTo, func(f *os.File) error { return trace.Start(f) }, trace.Stop},
	} {
		if p.file == "" {
			continue
		}
		f, createErr := os.Create(p.file)
		if createErr != nil {
			return nil, createErr
		}
		err = errors.Join(err, p.start(f))
		stops = append(stops, func() { p.stop(); f.Close() })
	}
	return func() {
		for _, s := range stops {
			s()
		}
	}, err
}

// bundleFormats reads what --bundles asks for.
func bundleFormats(list string) ([]*bundle.Format, error) {
	switch list {
	case "all":
		return bundle.Steady(), nil
	case "none", "":
		return nil, nil
	}
	var formats []*bundle.Format
	for name := range strings.SplitSeq(list, ",") {
		f := bundle.Named(name)
		if f == nil {
			return nil, usageError{fmt.Errorf("--bundles: there is no format %q; it is all, none, or of %s", name, formatNames())}
		}
		if f.Ready != nil {
			if err := f.Ready(); err != nil {
				return nil, err
			}
		}
		formats = append(formats, f)
	}
	return formats, nil
}

// packForms reads what --precompress asks for.
func packForms(list string) (forms []pack.Form, err error) {
	if list == "none" || list == "" {
		return nil, nil
	}
	for _, f := range pack.Forms {
		if slices.Contains(strings.Split(list, ","), f.Ext[1:]) {
			forms = append(forms, f)
		}
	}
	if len(forms) != 1+strings.Count(list, ",") {
		return nil, usageError{fmt.Errorf("--precompress: %q is not none, gz, br or gz,br", list)}
	}
	return forms, nil
}

// formatNames lists the formats, with commas between.
func formatNames() string {
	var names []string
	for _, f := range bundle.Formats {
		names = append(names, f.Name)
	}
	return strings.Join(names, ",")
}
