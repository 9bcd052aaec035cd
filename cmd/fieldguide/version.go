package main

import (
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

var versionCommand = &command{
	name:  "version",
	args:  "[--json]",
	short: "say which fieldguide this is",
	long:  "Prints the version of this program, the commit it was built from and the Go release.",
	run:   runVersion,
}

func runVersion(e *env, args []string) error {
	flags := flag.NewFlagSet("version", flag.ContinueOnError)
	asJSON := flags.Bool("json", false, "print JSON")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	v := struct {
		Version string `json:"version"`
		Commit  string `json:"commit,omitempty"`
		Go      string `json:"go"`
	}{Version: "unknown", Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Commit = s.Value
			}
		}
	}
	if *asJSON {
		return encode(e.stdout, v)
	}
	fmt.Fprintf(e.stdout, "fieldguide %s %s %s\n", v.Version, v.Commit, v.Go)
	return nil
}
