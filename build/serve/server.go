// Package serve shows a site while it is being written.
//
// It watches the source folders, has the site rebuilt after a change, serves the result from memory and reloads the
// browser. It knows nothing of how a site is made. It is handed a rebuild function, which gives back a [Preview]:
//
//	s := &serve.Server{
//		Folders: []string{"content", "layouts", "static"},
//		Rebuild: func(ctx context.Context) (serve.Preview, error) { … },
//		Log:     log.Printf,
//	}
//	err := s.Run(ctx, "127.0.0.1:8080", func(url string) { fmt.Println(url) })
//
// What a writer can rely on:
//
//   - After a change and a short rest, what is served is what a build from nothing would make of the folders as they are.
//   - Every page that can be made is shown, with its own findings over it, and the number of those elsewhere, which
//     /-/findings lists, and links to pages for people who work on the site, below /-/. While none can be made the
//     last good ones stay up. Findings leave when they are mended.
//   - Only this computer is answered (host.go), and stored bytes are never altered: the reload script and the
//     findings are put into the response alone (inject.go).
//
// The way of a change: watch.go (or poll.go, where watching is not possible) wakes the builder in build.go, which puts a
// new state in place; reload.go tells the open pages, which ask again (pages.go).
package serve

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Preview is one finished state of the site, as the rebuild function returns it.
type Preview struct {
	// ReadFile gives the bytes of a file by its slash-separated name ("fr/index.html"), and an error that is
	// fs.ErrNotExist when there is none. It is called by many requests at once, also after a later rebuild has begun.
	// It may be nil when the build is broken.
	ReadFile func(name string) ([]byte, error)
	// Desk gives pages for people who work on the site, which stand below /-/, by their slash-separated names; it is
	// called like ReadFile. It may be nil.
	Desk func(name string) ([]byte, error)
	// Links are those that the box over a page of this name has. It may be nil.
	Links func(name string) []Link
	// Problems are findings for people, errors and warnings alike.
	Problems []Problem
	// Broken says that no page could be made: the last good state stays up, with Problems over it.
	Broken bool
}

// Problem is a finding for people.
type Problem struct {
	Text  string   // where and what it is, with a hint: a block of plain text
	Error bool     // the site cannot be published with it
	Pages []string // names of the files that show what it is about; none when it is of no page
}

// Link leads from a page to one for people who work on the site.
type Link struct {
	Text string
	Desk string // the name that Desk knows it by
}

// Server is a preview server. Rebuild is needed; all else may be left at zero. Run one at a time.
type Server struct {
	// Rebuild makes the site from its sources. It is never called twice at once. An error is one of the machine;
	// it is shown like a problem, as is a panic.
	Rebuild func(ctx context.Context) (Preview, error)
	// Folders are watched with everything below them. One that is missing is picked up when it appears.
	Folders []string
	// Log takes messages for the terminal.
	Log func(format string, args ...any)
	// Poll is how often to look at the sources where they cannot be watched, and for missing folders; 0 means 1s.
	Poll time.Duration

	open func() (*fsnotify.Watcher, error) // tests give a failing one; nil means fsnotify.NewWatcher

	mu  sync.Mutex
	now *state
}

// farewell is how long open requests, and a rebuild that is under way, may take once Run is told to end.
const farewell = 700 * time.Millisecond

// Run serves the preview at addr, a loopback address ("127.0.0.1:8080"; port 0 takes a free one), until ctx ends, and
// then ends itself within a second. It calls ready with the address to open once the first build is done, good or broken.
func (s *Server) Run(ctx context.Context, addr string, ready func(url string)) error {
	ln, err := listen(addr)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	srv := &http.Server{
		Handler:           s.Handler(),
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends the event streams
		ReadHeaderTimeout: 5 * time.Second,
	}

	var work sync.WaitGroup
	failed := make(chan error, 1)
	wake, built := make(chan struct{}, 1), make(chan struct{})
	work.Go(func() { failed <- srv.Serve(ln) })
	work.Go(func() { s.watcher(wake).run(ctx) })
	work.Go(func() { s.build(ctx, wake, built) })

	err = wait(ctx, built, failed, func() {
		if ready != nil {
			ready("http://" + ln.Addr().String() + "/")
		}
	})
	stop()
	quit(srv, &work)
	return err
}

// wait calls ready once built closes, and returns when ctx ends or serving fails.
func wait(ctx context.Context, built <-chan struct{}, failed <-chan error, ready func()) error {
	for {
		select {
		case <-built:
			built = nil
			ready()
		case err := <-failed:
			return fmt.Errorf("serving the preview: %w", err)
		case <-ctx.Done():
			return nil
		}
	}
}

// quit lets requests and work end by themselves for a moment, then leaves.
func quit(srv *http.Server, work *sync.WaitGroup) {
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if srv.Shutdown(ctx) != nil {
		srv.Close()
	}
	done := make(chan struct{})
	go func() { work.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done(): // a rebuild that does not heed its context must not keep anyone from leaving
	}
}

func (s *Server) log(format string, args ...any) {
	if s.Log != nil {
		s.Log(format, args...)
	}
}
