package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress shows a person at a terminal that work goes on, after a second.
type progress struct {
	w       io.Writer // nil when nobody is looking
	pages   int
	shownAt time.Time
	shown   bool
}

func (e *env) progress() *progress {
	p := &progress{shownAt: time.Now().Add(time.Second)}
	if isTerminal(e.stderr) {
		p.w = e.stderr
	}
	return p
}

func (p *progress) tick() {
	p.pages++
	if p.w != nil && time.Now().After(p.shownAt) {
		fmt.Fprintf(p.w, "\r%d pages of each language", p.pages)
		p.shown, p.shownAt = true, time.Now().Add(200*time.Millisecond)
	}
}

// stop wipes the line.
func (p *progress) stop() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}
