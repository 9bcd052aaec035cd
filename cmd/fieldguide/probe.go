package main

import (
	"bytes"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"os"
	"strings"
	"time"

	"fieldguide/build/release"
)

var probeCommand = &command{
	name:  "probe",
	args:  "URL… [--key FILE|RW…] [--sample N] [--page FILE] [--json]",
	short: "say how fresh mirrors are, and whether what they show is right",
	long: `
Asks each mirror for its release.json and the signature of that, a few files, others
each time, and how it serves a page. A mirror is fresh, stale when another one or
one seen before has a newer release, bad when it shows what was not published, or
unreachable; exit status 1 means that one of them is not fresh. Each mirror is
asked for one thing at a time, with a pause between, for a minute at most.`,
	run: runProbe,
}

// mostMirrors is how many mirrors one probe looks at.
const mostMirrors = 200

//go:embed probe.html
var probeHTML string

var probePage = template.Must(template.New("mirrors").Parse(probeHTML))

func runProbe(e *env, args []string) error {
	flags := flag.NewFlagSet("probe", flag.ContinueOnError)
	name := flags.String("key", "", "`KEY` of the publisher: a file, or the line that begins with RW")
	sample := flags.Int("sample", 6, "`N` files of each mirror are read")
	page := flags.String("page", "", "write what was found as a page to `FILE`")
	asJSON := flags.Bool("json", false, "print JSON")
	if err := e.parse(flags, flagsFirst(args), 1, mostMirrors); err != nil {
		return err
	}
	for _, address := range flags.Args() {
		if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			return usageError{fmt.Errorf("%s is no address of a mirror; want https://…; for a folder there is `fieldguide verify`", address)}
		}
	}
	if *sample < 0 || *sample > 1000 {
		return usageError{errors.New("--sample: from 0 to 1000 files")}
	}
	v, err := verifier(*name)
	if err != nil {
		return err
	}
	p := &release.Prober{Verifier: *v, Sample: *sample, Largest: 1 << 20, Each: time.Minute, Pause: 50 * time.Millisecond, At: 4}
	mirrors, err := p.Probe(e.ctx, flags.Args())
	if err == nil {
		err = e.ctx.Err()
	}
	if err != nil {
		return err
	}
	fresh := 0
	for _, m := range mirrors {
		if m.State == release.Fresh {
			fresh++
		}
	}
	if *page != "" {
		var b bytes.Buffer
		shown := struct {
			Now     time.Time
			Fresh   int
			Mirrors []release.Mirror
		}{v.Now.UTC(), fresh, mirrors}
		if err := probePage.Execute(&b, shown); err != nil {
			return err
		}
		if err := os.WriteFile(*page, b.Bytes(), 0o666); err != nil {
			return err
		}
	}
	if *asJSON {
		err = encode(e.stdout, mirrors)
	} else {
		e.mirrors(mirrors)
	}
	if err == nil && fresh < len(mirrors) {
		err = errFindings
	}
	return err
}

// mirrors shows what was found.
func (e *env) mirrors(list []release.Mirror) {
	for i := range list {
		m := &list[i]
		switch {
		case m.Error != "":
			fmt.Fprintf(e.stdout, "%s: %s: %s\n", m.Place, m.State, m.Error)
		case m.Serial == 0:
			fmt.Fprintf(e.stdout, "%s: %s\n", m.Place, m.State)
		default:
			fmt.Fprintf(e.stdout, "%s: %s: %s, %s looked at\n", m.Place, m.State, describe(&m.Report), count(m.Files, "file"))
		}
		e.problems(&m.Report)
		for _, text := range m.Advice {
			fmt.Fprintln(e.stdout, "advice:", text)
		}
		for _, text := range m.Unknown {
			fmt.Fprintln(e.stderr, "not known:", text)
		}
	}
}
