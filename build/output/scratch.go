package output

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// Scratch keeps bytes that are wanted again before the tree is published: what
// a large site comes to does not fit into memory. It lies beside a tree on
// disk, in memory for a tree in memory, and goes when the tree is published or
// discarded. Its methods are safe for concurrent use.
type Scratch struct {
	file   *os.File // nil in memory
	mu     sync.Mutex
	end    int64
	memory [][]byte
}

// Span is where a Scratch keeps something.
type Span struct {
	at   int64
	size int
}

// Size returns how many bytes are kept.
func (s Span) Size() int { return s.size }

// Scratch returns the tree's room for bytes that are wanted again. Errors are the disk's.
func (t *Tree) Scratch() (*Scratch, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.scratch != nil {
		return t.scratch, nil
	}
	if t.stage == nil {
		t.scratch = &Scratch{}
		return t.scratch, nil
	}
	file, err := os.OpenFile(filepath.Join(t.stage.work, "scratch"), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("making room beside %s: %w", t.stage.name, err)
	}
	t.stage.scratch, t.scratch = file, &Scratch{file: file}
	return t.scratch, nil
}

// Keep takes a copy of data. Errors are the disk's.
func (s *Scratch) Keep(data []byte) (Span, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		s.memory = append(s.memory, bytes.Clone(data))
		return Span{int64(len(s.memory) - 1), len(data)}, nil
	}
	at := s.end
	n, err := s.file.WriteAt(data, at)
	s.end += int64(n)
	return Span{at, len(data)}, err
}

// Read returns what is kept. The caller does not change it. Errors are the
// disk's.
func (s *Scratch) Read(span Span) ([]byte, error) {
	if s.file == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.memory[span.at], nil
	}
	data := make([]byte, span.size)
	if _, err := s.file.ReadAt(data, span.at); err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading what was kept: %w", err)
	}
	return data, nil
}

// dropScratch removes the room on disk, if there is one.
func (s *stage) dropScratch() error {
	if s.scratch == nil {
		return nil
	}
	s.scratch.Close()
	s.scratch = nil
	return remove(filepath.Join(s.work, "scratch"))
}
