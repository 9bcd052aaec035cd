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
// entries are written whole and put in place at once, and the same key always
// holds the same bytes.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Key names an entry.
type Key [sha256.Size]byte

// Store holds entries. Its methods are safe for concurrent use, and do nothing
// on nil.
type Store struct {
	root   *os.Root // nil in memory
	most   int64    // bytes to keep in the folder
	mu     sync.Mutex
	memory map[Key][]byte
	used   map[Key]bool // since the last Sweep, in memory
	wrote  int64
}

// Memory returns an empty Store in memory. Sweep keeps it small.
func Memory() *Store { return &Store{memory: map[Key][]byte{}, used: map[Key]bool{}} }

// Open returns a Store in a folder, which is made when it does not exist. Close
// takes out what was not used for longest, until at most so many bytes are left.
// The error is the disk's: without a folder there is nothing to keep things in.
func Open(dir string, most int64) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Store{root: root, most: most}, nil
}

// Get returns the bytes of an entry, and whether it is known. The caller does
// not change them.
func (s *Store) Get(key Key) ([]byte, bool) {
	switch {
	case s == nil:
		return nil, false
	case s.root == nil:
		s.mu.Lock()
		defer s.mu.Unlock()
		data, known := s.memory[key]
		s.used[key] = s.used[key] || known
		return data, known
	}
	name := key.file()
	kept, err := s.root.ReadFile(name)
	if err != nil || len(kept) < sha256.Size {
		return nil, false
	}
	sum, data := kept[:sha256.Size], kept[sha256.Size:]
	if own := seal(key, data); !bytes.Equal(sum, own[:]) {
		return nil, false
	}
	s.touch(name)
	return data, true
}

// Put keeps bytes under a key. Nobody changes them afterwards.
func (s *Store) Put(key Key, data []byte) {
	switch {
	case s == nil:
		return
	case s.root == nil:
		s.mu.Lock()
		defer s.mu.Unlock()
		s.memory[key], s.used[key] = data, true
		return
	}
	sum := seal(key, data)
	s.write(key.file(), append(sum[:], data...))
}

// seal is the hash that an entry carries: of its bytes under its key, so that
// one that was moved or copied is not taken for another.
func seal(key Key, data []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(key[:])
	h.Write(data)
	return [sha256.Size]byte(h.Sum(nil))
}

// file is where an entry lies: 256 folders keep each of them short.
func (k Key) file() string {
	name := hex.EncodeToString(k[:])
	return filepath.Join(name[:2], name[2:])
}

// write puts a file in place at once. A failure leaves no file, or the former.
func (s *Store) write(name string, data []byte) {
	if err := s.root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return
	}
	random := make([]byte, 8)
	part := name + "." + hex.EncodeToString(randomly(random)) + ".part"
	if s.root.WriteFile(part, data, 0o600) != nil || s.root.Rename(part, name) != nil {
		s.root.Remove(part)
		return
	}
	s.mu.Lock()
	s.wrote += int64(len(data))
	s.mu.Unlock()
}

// day is how precisely it is known when an entry was used last.
const day = 24 * time.Hour

// touch notes that an entry is used, at most once a day.
func (s *Store) touch(name string) {
	if info, err := s.root.Stat(name); err == nil && time.Since(info.ModTime()) > day {
		now := time.Now()
		s.root.Chtimes(name, now, now)
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

// Close trims the folder, when anything was written to it, and lets it go.
func (s *Store) Close() error {
	if s == nil || s.root == nil {
		return nil
	}
	if s.wrote > 0 {
		s.trim()
	}
	return s.root.Close()
}

// trim takes out the entries that were not used for longest.
func (s *Store) trim() {
	type entry struct {
		name string
		size int64
		used time.Time
	}
	var entries []entry
	var all int64
	fs.WalkDir(s.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			entries = append(entries, entry{name, info.Size(), info.ModTime()})
			all += info.Size()
		}
		return nil
	})
	slices.SortFunc(entries, func(a, b entry) int { return a.used.Compare(b.used) })
	for _, e := range entries {
		if all <= s.most {
			return
		}
		if s.root.Remove(e.name) == nil {
			all -= e.size
		}
	}
}
