package cache

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"os"
	"sync"
)

// KeyMaker makes a Key of what an entry depends on. Parts are told apart: "ab"
// and "c" give another key than "a" and "bc".
type KeyMaker struct{ h hash.Hash }

// NewKey begins a key. what tells different kinds of entry apart; the running
// program is part of every key, so that another one makes everything anew.
func NewKey(what string) KeyMaker {
	k := KeyMaker{sha256.New()}
	program := programSum(nil)
	return k.Bytes(program[:]).String(what)
}

// Bytes adds a part.
func (k KeyMaker) Bytes(part []byte) KeyMaker {
	k.number('b', len(part))
	k.h.Write(part)
	return k
}

// String adds a part, as Bytes does.
func (k KeyMaker) String(part string) KeyMaker {
	k.number('b', len(part))
	io.WriteString(k.h, part)
	return k
}

// Int adds a number.
func (k KeyMaker) Int(n int) KeyMaker {
	k.number('n', n)
	return k
}

// Key adds another key.
func (k KeyMaker) Key(part Key) KeyMaker {
	k.number('k', len(part))
	k.h.Write(part[:])
	return k
}

func (k KeyMaker) number(kind byte, n int) {
	var b [9]byte
	b[0] = kind
	binary.LittleEndian.PutUint64(b[1:], uint64(n))
	k.h.Write(b[:])
}

// Sum returns the key.
func (k KeyMaker) Sum() Key { return Key(k.h.Sum(nil)) }

// program is the hash of the running executable: a version word would be the
// same after an edit of the code. A program that cannot read itself gets a
// random one, and shares nothing with others.
var program struct {
	once sync.Once
	sum  Key
}

// programSum returns the hash of the running executable. Who asks first may have a
// store that knows it, so that a command does not read some megabytes of itself.
func programSum(s *Store) Key {
	program.once.Do(func() {
		name, err := os.Executable()
		if err == nil {
			program.sum, err = s.hashOf(name)
		}
		if err != nil {
			randomly(program.sum[:])
		}
	})
	return program.sum
}

// hashOf returns the hash of a file, which the store knows by the file's state.
func (s *Store) hashOf(name string) (sum Key, err error) {
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return sum, err
	}
	state, told := stateOf(info)
	key := Key(sha256.Sum256(fmt.Append(nil, "executable ", state)))
	if data, known := s.Get(key); known && told && len(data) == len(sum) {
		return Key(data), nil
	}
	h := sha256.New()
	if _, err = io.Copy(h, f); err != nil {
		return sum, err
	}
	sum = Key(h.Sum(nil))
	if told && state.settled() {
		s.Put(key, sum[:])
	}
	return sum, nil
}

// randomly fills b with random bytes and returns it.
func randomly(b []byte) []byte {
	rand.Read(b) // never fails
	return b
}
