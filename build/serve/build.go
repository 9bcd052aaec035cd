package serve

import (
	"context"
	"crypto/rand"
	"fmt"
	"runtime/debug"
)

// A state is what the server shows at one time. It never changes; a rebuild puts another in its place.
type state struct {
	version  string                            // in pages and event streams; another one in another run of the server
	built    bool                              // false only before the first build
	read     func(name string) ([]byte, error) // the last good site; nil while there is none
	desk     func(name string) ([]byte, error) // nil like read
	links    func(name string) []Link
	problems []Problem
	broken   bool
	over     chan struct{} // closed when another state has taken this one's place
}

// current gives the state to show now.
func (s *Server) current() *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		s.now = newState()
	}
	return s.now
}

// show puts the outcome of a rebuild in the place of what was shown before; if it is broken, the last good site stays.
func (s *Server) show(p Preview) {
	was := s.current()
	next := newState()
	next.built = true
	next.problems = p.Problems
	next.broken = p.Broken || p.ReadFile == nil
	next.read, next.desk, next.links = p.ReadFile, p.Desk, p.Links
	if next.broken {
		next.read, next.desk, next.links = was.read, was.desk, was.links
	}

	s.mu.Lock()
	s.now = next
	s.mu.Unlock()
	close(was.over)
}

func newState() *state {
	return &state{version: rand.Text(), over: make(chan struct{})}
}

// build rebuilds each time it is woken, one after the other, until ctx ends. It closes built after the first time.
// A change during a rebuild leaves wake full, so that another rebuild follows.
func (s *Server) build(ctx context.Context, wake <-chan struct{}, built chan<- struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		}
		s.rebuild(ctx)
		if built != nil {
			close(built)
			built = nil
		}
	}
}

// rebuild makes the site once and shows what came of it.
func (s *Server) rebuild(ctx context.Context) {
	p, err := s.tryRebuild(ctx)
	if ctx.Err() != nil {
		return // half a build; nobody is looking any more
	}
	if err != nil {
		s.log("%v", err)
		p.Broken = true
		p.Problems = append([]Problem{{Text: err.Error(), Error: true}}, p.Problems...)
	}
	s.show(p)
}

// tryRebuild turns a panic into an error: a writer's preview stays up, whatever the code that makes the pages does.
func (s *Server) tryRebuild(ctx context.Context) (p Preview, err error) {
	defer func() {
		if r := recover(); r != nil {
			s.log("%s", debug.Stack())
			p, err = Preview{}, fmt.Errorf("fieldguide has a fault of its own here (%v); "+
				"please report it with what the terminal says", r)
		}
	}()
	return s.Rebuild(ctx)
}
