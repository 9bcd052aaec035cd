// Package cache keeps what was made under the hash of what it was made of.
// So it is made again only when that changed.
//
//	key := cache.NewKey("text of a page").Bytes(source).Sum()
//	data, known := store.Get(key)
//	if !known {
//		data = make(source)
//		store.Put(key, data)
//	}
//
// A Store lies in memory, for a preview, or in a folder, for commands. What it
// holds can be lost at any time and is never trusted blindly: an entry in a
// folder carries its own hash, and one that is damaged, cut or somebody else's
// counts as unknown. No failure of a disk is an error here; the worst is that
// something is made again. Any number of processes may use one folder at a time:
// what one of them keeps goes into files of its own, which are put in place whole
// and never changed, and the same key always holds the same bytes.
package cache

import (
	"bytes"
	"crypto/sha256"
	"os"
	"sync"

	"github.com/klauspost/compress/s2"
)

// Key names an entry.
type Key [sha256.Size]byte

// Store holds entries. Its methods are safe for concurrent use, and do nothing
// on nil.
type Store struct {
	mu     sync.Mutex
	memory map[Key][]byte // compressed; nil in a folder
	used   map[Key]bool   // since the last Sweep, in memory

	root  *os.Root // nil in memory
	most  int64    // bytes to keep in the folder
	packs []*pack  // those that were there, the newest first
	own   *pack    // what was kept since Open; nil while that is nothing
}

// Memory returns an empty Store in memory. Sweep keeps it small.
func Memory() *Store { return &Store{memory: map[Key][]byte{}, used: map[Key]bool{}} }

// Open returns a Store in a folder, which is made when it does not exist. Close
// takes out what was not used for longest, until at most so many bytes are left;
// what is put beyond that many is not kept.
// The error is the disk's: without a folder there is nothing to keep things in.
func Open(dir string, most int64) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{root: root, most: most}
	s.packs = s.find()
	programSum(s)
	return s, nil
}

// Get returns the bytes of an entry, and whether it is known.
func (s *Store) Get(key Key) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	if s.root == nil {
		packed, known := s.recall(key)
		if !known {
			return nil, false
		}
		return unpack(packed)
	}
	for {
		p, at := s.holds(key)
		if p == nil {
			return nil, false
		}
		if data, whole := p.read(key, at); whole {
			return data, true
		}
		s.mu.Lock()
		p.lose(key) // another pack may hold it too
		s.mu.Unlock()
	}
}

// Touch keeps an entry in memory from being swept, as Get does.
func (s *Store) Touch(key Key) {
	if s != nil && s.root == nil {
		s.recall(key)
	}
}

// recall returns an entry in memory as it is kept.
func (s *Store) recall(key Key) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	packed, known := s.memory[key]
	if known {
		s.used[key] = true
	}
	return packed, known
}

// Lasts reports whether what Later brings cannot be lost.
func (s *Store) Lasts() bool { return s.root == nil }

// Later returns what brings the bytes of an entry, and whether it is known. What
// lies in memory is not lost until then; what lies in a folder can be.
func (s *Store) Later(key Key) (bring func() ([]byte, bool), known bool) {
	switch {
	case s == nil:
		return nil, false
	case s.root == nil:
		packed, known := s.recall(key)
		return func() ([]byte, bool) { return unpack(packed) }, known
	}
	p, _ := s.holds(key)
	return func() ([]byte, bool) { return s.Get(key) }, p != nil
}

func unpack(packed []byte) ([]byte, bool) {
	data, err := s2.Decode(nil, packed)
	return data, err == nil
}

// holds returns the pack that holds an entry, nil for none, and where.
func (s *Store) holds(key Key) (*pack, span) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own != nil {
		if at, known := s.own.find(key); known {
			return s.own, at
		}
	}
	for _, p := range s.packs {
		if at, known := p.find(key); known {
			p.used = true
			return p, at
		}
	}
	return nil, span{}
}

// Put keeps a copy of bytes under a key.
func (s *Store) Put(key Key, data []byte) {
	if s == nil {
		return
	}
	packed := s2.Encode(nil, data)
	if s.root == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.memory[key], s.used[key] = bytes.Clone(packed), true
		return
	}
	sum := seal(key, packed)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own == nil {
		s.own = s.begin()
	}
	if s.own != nil {
		s.own.write(key, append(sum[:], packed...))
	}
}

// Sweep drops from a Store in memory what was not used since the last Sweep.
func (s *Store) Sweep() {
	if s == nil || s.root != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.memory {
		if !s.used[key] {
			delete(s.memory, key)
		}
	}
	clear(s.used)
}

// Close puts what was kept into place, trims the folder and lets it go.
func (s *Store) Close() error {
	if s == nil || s.root == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tidy()
	return s.root.Close()
}
