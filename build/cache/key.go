package cache

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
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
	program := program()
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
var program = sync.OnceValue(func() (sum Key) {
	name, err := os.Executable()
	if err == nil {
		var f *os.File
		if f, err = os.Open(name); err == nil {
			defer f.Close()
			h := sha256.New()
			if _, err = io.Copy(h, f); err == nil {
				return Key(h.Sum(nil))
			}
		}
	}
	return Key(randomly(sum[:]))
})

// randomly fills b with random bytes and returns it.
func randomly(b []byte) []byte {
	rand.Read(b) // never fails
	return b
}
