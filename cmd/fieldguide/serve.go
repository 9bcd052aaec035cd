package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"time"

	"fieldguide/build"
	"fieldguide/build/cache"
	"fieldguide/build/fault"
	"fieldguide/build/output"
	"fieldguide/build/serve"
	"fieldguide/build/site"
)

var serveCommand = &command{
	name:  "serve",
	args:  "[--site DIR] [--addr 127.0.0.1:8080]",
	short: "show the site in a browser while it is being written",
	long: `
Builds the site in memory, watches content/, layouts/ and static/, and reloads
the browser after each change. Every page that can be made is shown, drafts too,
with what is wrong in it over it; /-/findings lists all that is wrong. From there
a translator comes to the page beside its source, with what has changed, and to
how all translations stand. Only this computer can see it.`,
	run: runServe,
}

func runServe(e *env, args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	dir := flags.String("site", ".", "`DIR` holds content/site.yaml")
	addr := flags.String("addr", "127.0.0.1:8080", "`HOST:PORT` to listen on, on this computer")
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	fsys, shut, err := sources(*dir)
	if err != nil {
		return err
	}
	defer shut()
	memory := &build.Memory{Store: cache.Memory()} // a rebuild makes only what changed
	server := &serve.Server{
		Rebuild: func(ctx context.Context) (serve.Preview, error) { return e.preview(ctx, *dir, fsys, memory) },
		Folders: build.Folders(*dir),
		Log:     func(format string, args ...any) { fmt.Fprintf(e.stderr, format+"\n", args...) },
	}
	return server.Run(e.ctx, *addr, func(url string) {
		fmt.Fprintf(e.stdout, "%s\n", url)
		fmt.Fprintln(e.stderr, "open this address; Ctrl-C ends it")
	})
}

// preview builds the site in memory, as the server shows it.
func (e *env) preview(ctx context.Context, dir string, fsys fs.FS, memory *build.Memory) (serve.Preview, error) {
	start := time.Now()
	tree := output.Memory()
	res, err := build.Build(ctx, fsys, tree, build.Options{Memory: memory, Drafts: true})
	memory.Store.Sweep()
	if err != nil {
		return serve.Preview{}, errors.New(fault.Words(err))
	}
	p := serve.Preview{Broken: len(tree.Files()) == 0}
	for _, f := range res.Findings {
		p.Problems = append(p.Problems,
			serve.Problem{Text: f.String(), Error: f.Level == site.Error, Pages: showing(res.Site, f.File)})
	}
	if !p.Broken {
		p.ReadFile = tree.ReadFile
		d := &previewDesk{dir: dir, fsys: fsys, site: res.Site, findings: res.Findings}
		p.Desk, p.Links = d.file, d.links
	}
	e.show(res.Findings)
	switch {
	case p.Broken:
		fmt.Fprintln(e.stderr, "no page can be shown until the errors are mended")
	case res.Failed():
		fmt.Fprintf(e.stderr, "shown in %s; not to be published until the errors are mended\n", since(start))
	default:
		fmt.Fprintf(e.stderr, "built in %s\n", since(start))
	}
	return p, nil
}

// showing returns the names of the pages that show the words of a file: its own, and those that fall back to it.
func showing(s *site.Site, file string) (names []string) {
	if s == nil {
		return nil
	}
	_, path := s.PageOf(file)
	f := s.Family(path)
	if f == nil {
		return nil
	}
	for _, lang := range s.Languages {
		if p, _ := f.In(s, lang); p.File == file {
			names = append(names, f.File(lang))
		}
	}
	return names
}
