package cache

import (
	"crypto/sha256"
	"io"
	"io/fs"
	"sync"
	"time"
)

// Files knows of files what was worked out of their bytes, by their size, times
// and inode, so that a file is read again only when one of these has changed. A
// file that was changed within the time that a file system counts in, before it
// was looked at, may change again unseen: it is read each time until it is older.
// Its methods do nothing on nil, so that every file is read.
type Files struct {
	mu      sync.Mutex
	round   int
	known   map[string]*file
	changes int
}

type file struct {
	state   state
	settled bool // a later change will show in its state
	round   int  // in which it was looked at last
	hashed  bool
	hash    Key
	note    []byte
}

// state tells one state of a file from the next: size, the time of its bytes,
// and by which inode and when the system itself changed it last, which nobody
// can set. Where the system does not say the last two, there is none: a file
// that was put in the place of another of its size and time would not be seen.
type state struct{ size, time, inode, changed int64 }

func stateOf(info fs.FileInfo) (s state, told bool) {
	s = state{size: info.Size(), time: info.ModTime().UnixNano()}
	s.inode, s.changed, told = inode(info)
	return s, told
}

// Tick is how long after a change another one shows in what a system says of a
// file, at most, where it counts finely.
const Tick = 50 * time.Millisecond

// settles returns how long after a change another one shows in the state: as long
// as a tick of the system's clock, except where times are so round that a file
// system counts in more. FAT32 knows two seconds.
func (s state) settles() time.Duration {
	if s.changed%int64(10*time.Millisecond) == 0 {
		return 2 * time.Second
	}
	return Tick
}

// settled reports whether every later change will show in the state.
func (s state) settled() bool { return time.Since(time.Unix(0, s.changed)) > s.settles() }

// Begin begins a round: each file is looked at again when it is asked for.
func (k *Files) Begin() {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.round++
}

// Look tells of a file how it is now.
func (k *Files) Look(name string, info fs.FileInfo) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.look(name, info)
}

func (k *Files) look(name string, info fs.FileInfo) *file {
	now, told := stateOf(info)
	f := k.known[name]
	if f != nil && f.state != now {
		k.changes++
	}
	if f == nil || f.state != now || !f.settled && f.round != k.round {
		f = &file{state: now, settled: told && now.settled()}
		if k.known == nil {
			k.known = map[string]*file{}
		}
		k.known[name] = f
	}
	f.round = k.round
	return f
}

// Changes returns how often a file that was looked at had another state than when it was
// looked at before: as often as it was edited in between, or more seldom.
func (k *Files) Changes() int {
	if k == nil {
		return 0
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.changes
}

// Hash returns the hash of a file's bytes. Errors are those of reading it.
func (k *Files) Hash(fsys fs.FS, name string) (Key, error) {
	if hash, known := k.Known(name); known {
		return hash, nil
	}
	if k != nil && !k.looked(name) {
		info, err := fs.Stat(fsys, name)
		if err != nil {
			return Key{}, err
		}
		k.Look(name, info)
		if hash, known := k.Known(name); known {
			return hash, nil
		}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return Key{}, err
	}
	defer f.Close()
	h := sha256.New() // a picture may be large: it is not read into memory
	if _, err := io.Copy(h, f); err != nil {
		return Key{}, err
	}
	hash := Key(h.Sum(nil))
	k.learn(name, hash, nil)
	return hash, nil
}

// Known returns the hash of a file that was looked at in this round, if it is
// known.
func (k *Files) Known(name string) (hash Key, known bool) {
	if k == nil {
		return hash, false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	f := k.known[name]
	if f == nil || f.round != k.round || !f.hashed {
		return hash, false
	}
	return f.hash, true
}

func (k *Files) looked(name string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	f := k.known[name]
	return f != nil && f.round == k.round
}

// Noted returns what was noted of a file that has not changed since, nil for
// nothing. The file was looked at in this round.
func (k *Files) Noted(name string) []byte {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if f := k.known[name]; f != nil && f.round == k.round {
		return f.note
	}
	return nil
}

// Note notes of a file that was looked at in this round what was worked out of
// its bytes. It returns their hash.
func (k *Files) Note(name string, data, note []byte) Key {
	hash := Key(sha256.Sum256(data))
	k.learn(name, hash, note)
	return hash
}

// Learn tells the hash of a file that was looked at in this round.
func (k *Files) Learn(name string, hash Key) { k.learn(name, hash, nil) }

func (k *Files) learn(name string, hash Key, note []byte) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if f := k.known[name]; f != nil && f.round == k.round {
		f.hash, f.hashed, f.note = hash, true, note
	}
}

// Load takes in what Save has put into a store under a key.
func (k *Files) Load(s *Store, key Key) {
	data, known := s.Get(key)
	if !known {
		return
	}
	d := Decoder{Data: data}
	n := d.Count()
	all := make(map[string]*file, n)
	for range n {
		name := d.Text()
		f := &file{settled: true, hashed: true, round: -1}
		for _, part := range []*int64{&f.state.size, &f.state.time, &f.state.inode, &f.state.changed} {
			*part = d.Int64()
		}
		copy(f.hash[:], d.Fixed(len(f.hash)))
		f.note = d.Bytes()
		all[name] = f
	}
	if d.Done() {
		k.known = all
	}
}

// Save puts what is known of the files that were looked at since Load into a
// store.
func (k *Files) Save(s *Store, key Key) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var e Encoder
	n := 0
	for _, f := range k.known {
		if f.lasts() {
			n++
		}
	}
	e.Int(n)
	for name, f := range k.known {
		if !f.lasts() {
			continue
		}
		e.Text(name)
		for _, part := range []int64{f.state.size, f.state.time, f.state.inode, f.state.changed} {
			e.Int64(part)
		}
		e.Fixed(f.hash[:])
		e.Bytes(f.note)
	}
	s.Put(key, e.Data)
}

func (f *file) lasts() bool { return f.round >= 0 && f.settled && f.hashed }
