package cache

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"sync"
	"time"
)

// Files knows the hashes of files by their size, times and inode, so that a
// file is read again only when one of these has changed. A file that was changed
// within the time that a file system counts in, before it was looked at, may
// change again unseen: it is read each time until it is older.
type Files struct {
	mu     sync.Mutex
	known  map[string]file
	before map[string]file // as they were when the Files were read from a store
}

type file struct {
	stat string
	hash Key
}

// coarse is the time that file systems count in: FAT32 knows two seconds.
const coarse = 2 * time.Second

// Hash returns the hash of a file's bytes. Errors are those of reading it.
func (k *Files) Hash(fsys fs.FS, name string) (Key, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return Key{}, err
	}
	stat := statOf(info)
	k.mu.Lock()
	seen, known := k.known[name]
	if !known {
		seen, known = k.before[name]
	}
	k.mu.Unlock()
	if known && stat != "" && seen.stat == stat {
		k.note(name, seen)
		return seen.hash, nil
	}
	looked := time.Now()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Key{}, err
	}
	hash := Key(sha256.Sum256(data))
	if looked.Sub(info.ModTime()) > coarse {
		k.note(name, file{stat, hash})
	}
	return hash, nil
}

func (k *Files) note(name string, f file) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.known == nil {
		k.known = map[string]file{}
	}
	k.known[name] = f
}

// statOf tells one state of a file from the next, "" when the system does not
// say enough: without an inode, a file that was put in the place of another one
// of its size and time would not be seen.
func statOf(info fs.FileInfo) string {
	more := inode(info)
	if more == "" {
		return ""
	}
	return fmt.Sprintf("%d %d %s", info.Size(), info.ModTime().UnixNano(), more)
}

// Load takes in what Save has put into a store under a key.
func (k *Files) Load(s *Store, key Key) {
	data, known := s.Get(key)
	if !known {
		return
	}
	d := Decoder{Data: data}
	before := map[string]file{}
	for range d.Count() {
		name := d.Text()
		f := file{stat: d.Text()}
		copy(f.hash[:], d.Text())
		before[name] = f
	}
	if !d.Bad {
		k.before = before
	}
}

// Save puts what is known of the files that were asked for into a store.
func (k *Files) Save(s *Store, key Key) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var e Encoder
	e.Int(len(k.known))
	for name, f := range k.known {
		e.Text(name)
		e.Text(f.stat)
		e.Text(string(f.hash[:]))
	}
	s.Put(key, e.Data)
}
