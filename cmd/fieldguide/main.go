// Command fieldguide turns Markdown for guideline sets into an accessible,
// low-bandwidth, multilingual static site.
//
// Run `fieldguide help` for what it can do, and `fieldguide help build` for
// one command. Results go to standard output, everything else to standard
// error. Exit status: 0 good; 1 findings that are errors; 2 wrong use or
// configuration; 3 the machine (disk, permission); 130 interrupted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"fieldguide/build/fault"
	"fieldguide/build/heap"
	"fieldguide/build/output"
	"fieldguide/build/serve"
	"fieldguide/build/site"
)

// Exit statuses.
const (
	good        = 0
	hasFindings = 1
	wrongUse    = 2
	machine     = 3
	interrupted = 130
)

// command is one subcommand: a file of its own, and its line in commands.
type command struct {
	name  string
	args  string // what follows the name, for people
	short string // one line
	long  string // the rest of the help
	run   func(*env, []string) error
}

var commands = []*command{buildCommand, serveCommand, checkCommand, fixCommand,
	statusCommand, diffCommand, syncCommand, proofCommand, newCommand, renameCommand, exportCommand, importCommand,
	explainCommand, reportCommand,
	releaseCommand, keygenCommand, signCommand, verifyCommand, probeCommand, versionCommand}

// env is what a command works with.
type env struct {
	ctx            context.Context
	command        *command
	stdout, stderr io.Writer
}

// usageError is a wrong use of the command or its configuration.
type usageError struct{ error }

// Unwrap returns what was wrong.
func (e usageError) Unwrap() error { return e.error }

// errFindings says that findings which are errors have been shown.
var errFindings = errors.New("the content has errors")

func main() {
	heap.CollectSeldom()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run runs the command line args and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" || args[0] == "-help" {
		return help(args, stdout, stderr)
	}
	if args[0] == "--version" || args[0] == "-version" {
		args[0] = versionCommand.name
	}
	c := find(args[0])
	if c == nil {
		fmt.Fprintf(stderr, "fieldguide: there is no command %q%s\nrun `fieldguide help` for the list\n", args[0], suggestion(args[0]))
		return wrongUse
	}
	err := c.run(&env{ctx: ctx, command: c, stdout: stdout, stderr: stderr}, args[1:])
	switch {
	case err == nil:
		return good
	case errors.Is(err, flag.ErrHelp):
		return good
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "fieldguide: interrupted; nothing was changed")
		return interrupted
	case errors.Is(err, errFindings), errors.Is(err, errBehind):
		return hasFindings
	case isWrongUse(err):
		if target := (*output.TargetError)(nil); errors.As(err, &target) {
			err = target // what was being written when it was seen is no part of it
		}
		fmt.Fprintf(stderr, "fieldguide %s: %s\n", c.name, fault.Words(err))
		return wrongUse
	}
	fmt.Fprintf(stderr, "fieldguide %s: %s\n", c.name, fault.Words(err))
	return machine
}

// isWrongUse reports whether somebody asked for what cannot be, rather than
// the machine failing at what can.
func isWrongUse(err error) bool {
	var usage usageError
	var target *output.TargetError
	var foreign *output.ForeignError
	var address *serve.AddressError
	return errors.As(err, &usage) || errors.As(err, &target) || errors.As(err, &foreign) || errors.As(err, &address)
}

func find(name string) *command {
	for _, c := range commands {
		if c.name == name {
			return c
		}
	}
	return nil
}

func suggestion(name string) string {
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	return didYouMean(name, names)
}

// didYouMean ends a message that nothing has a name with the nearest of those that there are, if one is near.
func didYouMean(name string, known []string) string {
	near := site.Nearest(name, known)
	if index := name + "/index"; slices.Contains(known, index) {
		near = index
	}
	if near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// suchAs ends a message that there is no page or folder of a name with how one is named.
func suchAs(known []string) string {
	if len(known) == 0 {
		return ""
	}
	return "; it is named as below content/LANG, such as " + known[0]
}

func help(args []string, stdout, stderr io.Writer) int {
	if len(args) > 1 && args[0] == "help" {
		c := find(args[1])
		if c == nil {
			fmt.Fprintf(stderr, "fieldguide: there is no command %q%s\nrun `fieldguide help` for the list\n",
				args[1], suggestion(args[1]))
			return wrongUse
		}
		c.help(stdout, nil)
		return good
	}
	to, status := stdout, good
	if len(args) == 0 {
		to, status = stderr, wrongUse
	}
	fmt.Fprint(to, "fieldguide turns Markdown for guideline sets into a site that works where the network hardly does\n\n")
	for _, c := range commands {
		fmt.Fprintf(to, "    fieldguide %-8s %s\n", c.name, c.short)
	}
	fmt.Fprint(to, "\nbegin with `fieldguide serve` in a folder that holds content/site.yaml\n`fieldguide help COMMAND` says more\n")
	return status
}

// help prints the help of a command, with its flags when they are known.
func (c *command) help(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprintf(w, "usage: fieldguide %s\n\n%s\n", strings.TrimSpace(c.name+" "+c.args), strings.TrimSpace(c.long))
	if flags == nil {
		fmt.Fprintf(w, "\nflags: run `fieldguide %s -h`\n", c.name)
		return
	}
	flags.VisitAll(func(f *flag.Flag) {
		kind, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(w, "\n  %s\n        %s", strings.TrimSpace("--"+f.Name+" "+kind), usage)
		if f.DefValue != "" && f.DefValue != "false" {
			fmt.Fprintf(w, " (default %s)", f.DefValue)
		}
	})
	fmt.Fprintln(w)
}

// wrongFlag puts a message of package flag into our words.
func wrongFlag(err error, flags *flag.FlagSet) string {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return wrongValue(err.Error(), flags)
	}
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if near := site.Nearest(name, names); near != "" {
		return fmt.Sprintf("there is no flag --%s; did you mean --%s?", name, near)
	}
	return "there is no flag --" + name
}

// lacking and refusing are how package flag says that a flag has no value, or another than it takes.
var (
	lacking  = regexp.MustCompile(`^flag needs an argument: -(.+)$`)
	refusing = regexp.MustCompile(`^invalid (?:boolean )?value (".*") for (?:flag )?-([^:]+): `)
)

// wrongValue puts what package flag says of a value into our words.
func wrongValue(said string, flags *flag.FlagSet) string {
	name, not := "", ""
	if m := lacking.FindStringSubmatch(said); m != nil {
		name = m[1]
	} else if m := refusing.FindStringSubmatch(said); m != nil {
		name, not = m[2], ", not "+m[1]
	} else {
		return "there is no flag " + strings.TrimPrefix(said, "bad flag syntax: ")
	}
	kind, usage := flag.UnquoteUsage(flags.Lookup(name))
	if kind == "" {
		return fmt.Sprintf("--%s takes no value%s", name, not)
	}
	return fmt.Sprintf("--%s wants %s%s: %s", name, kind, not, usage)
}

// flagsFirst puts what stands before the flags behind them, where package flag
// wants it.
func flagsFirst(args []string) []string {
	n := slices.IndexFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") })
	if n < 1 {
		return args
	}
	return slices.Concat(args[n:], args[:n])
}

// parse reads flags and wants between least and most further arguments.
func (e *env) parse(flags *flag.FlagSet, args []string, least, most int) error {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		e.command.help(e.stdout, flags)
		return err
	case err != nil:
		return usageError{fmt.Errorf("%s\nrun `fieldguide %s -h` for its flags", wrongFlag(err, flags), e.command.name)}
	case flags.NArg() < least:
		return usageError{fmt.Errorf("it wants %s", e.command.args)}
	case flags.NArg() > most:
		hint := ""
		if flags.Lookup("under") != nil && flags.Lookup("lang") != nil {
			hint = "; a page or folder is named with --under, a language with --lang"
		}
		return usageError{fmt.Errorf("%q is not known here%s; it takes %s", flags.Arg(most), hint, e.command.args)}
	}
	return nil
}
