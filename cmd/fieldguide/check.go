package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"

	"fieldguide/build"
	"fieldguide/build/check"
	"fieldguide/build/site"
)

var checkCommand = &command{
	name:  "check",
	args:  "[--site DIR] [--format text|json|sarif|github] [--no-cache]",
	short: "say everything that is missing or wrong, and on which line",
	long: `
Does all that build does, finished pages included, and writes nothing.
Formats: text for people, json for scripts, sarif (2.1.0) for code hosts and
editors, github for annotations in a workflow.`,
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
	format := flags.String("format", "text", "`FORMAT` of the findings: text, json, sarif or github")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	write, known := formats[*format]
	if !known {
		return usageError{fmt.Errorf("unknown format %q: it can be text, json, sarif or github", *format)}
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
	res, err := build.Errand{Site: *dir}.Do(e.ctx, fsys, build.Options{Memory: memory})
	if err != nil {
		return err
	}
	if err := write(e.stdout, res.Findings); err != nil {
		return err
	}
	if res.Failed() {
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
	_, err := fmt.Fprintln(w, count(len(findings), "finding"))
	return err
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
