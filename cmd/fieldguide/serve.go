package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"time"

	"fieldguide/build"
	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/serve"
)

var serveCommand = &command{
	name:  "serve",
	args:  "[--site DIR] [--addr 127.0.0.1:8080]",
	short: "show the site in a browser while it is being written",
	long: `
Builds the site in memory, watches content/, layouts/ and static/, and reloads
the browser after each change. While something is wrong, the last good page
stays up with the findings over it. Only this computer can see it.`,
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
		Rebuild: func(ctx context.Context) (serve.Preview, error) { return e.preview(ctx, fsys, memory) },
		Folders: build.Folders(*dir),
		Log:     func(format string, args ...any) { fmt.Fprintf(e.stderr, format+"\n", args...) },
	}
	return server.Run(e.ctx, *addr, func(url string) {
		fmt.Fprintf(e.stdout, "%s\n", url)
		fmt.Fprintln(e.stderr, "open this address; Ctrl-C ends it")
	})
}

// preview builds the site in memory, as the server shows it.
func (e *env) preview(ctx context.Context, fsys fs.FS, memory *build.Memory) (serve.Preview, error) {
	start := time.Now()
	tree := output.Memory()
	res, err := build.Build(ctx, fsys, tree, build.Options{Memory: memory})
	memory.Store.Sweep()
	if err != nil {
		return serve.Preview{}, err
	}
	p := serve.Preview{Broken: res.Failed()}
	for _, f := range res.Findings {
		p.Problems = append(p.Problems, f.String())
	}
	if !p.Broken {
		p.ReadFile = tree.ReadFile
	}
	e.show(res.Findings)
	fmt.Fprintf(e.stderr, "built in %s\n", since(start))
	return p, nil
}
