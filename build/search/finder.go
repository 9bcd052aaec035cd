package search

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"fieldguide/build/letters"
	"fieldguide/build/site"
)

// Finder finds pages in a finished index as static/search.js does: its methods
// are the functions of the script.
type Finder struct {
	Head  Head
	facts letters.Facts
	read  func(name string) ([]byte, error)
	texts map[int]string // shards of words, from 0; the core is -1
	keys  map[string]int // where the lines of the core begin
	err   error
}

// Head is what index.js says, under the names that it has there.
type Head struct {
	S    string      `json:"-"` // order of the docs, which is the stamp of index.js
	N    int         // docs
	D    []int       // docs in each shard
	W    []string    // where the shards of words begin
	V    string      // their stamps
	F    []string    // folding
	X    string      // dense characters
	A    []string    // what is joined to words
	B    []string    // beginnings
	R    []string    // how words begin whose beginning is their own
	E    []string    // endings, each with what takes its place
	L    int         // letters that stay when one more ending goes
	O    string      // common words
	M    string      // signs of a Latin keyboard, each with the letters on its key
	Q    [][]any     // who asks
	P    string      // plural forms of numbers
	C    []string    // phrases
	G    string      // numerals
	T    [][2]string // path and title of each doc, where there is a core
	K    string      // core
	asks []*ask
}

// Open returns a finder in the index of a language; read reads a file of its
// folder.
func Open(lang *site.Language, read func(name string) ([]byte, error)) (*Finder, error) {
	x := &Finder{facts: letters.Of(lang), read: read, texts: map[int]string{}}
	var err error
	if x.Head.S, err = x.Shard("index", &x.Head); err != nil {
		return nil, err
	}
	for _, q := range x.Head.Q {
		a := &ask{}
		for _, word := range q[0].([]any) {
			a.words = append(a.words, word.(string))
		}
		for i, to := range []*[]int{&a.first.runs, &a.last.runs, &a.bring, &a.mutes} {
			for _, n := range q[i+1].([]any) {
				*to = append(*to, int(n.(float64)))
			}
		}
		a.quiet = len(q) > 5
		x.Head.asks = append(x.Head.asks, a)
	}
	x.openCore()
	return x, nil
}

// openCore notes where in the core its keys are.
func (x *Finder) openCore() {
	if x.hasCore() {
		x.Head.K = expanded(x.Head.K)
		x.texts[core] = x.Head.K
		x.keys = map[string]int{}
		for at := 0; at+1 < len(x.Head.K); at += 1 + strings.IndexByte(x.Head.K[at+1:], '\n') {
			key, _, _ := strings.Cut(x.Head.K[at+1:], " ")
			x.keys[key] = at
		}
	}
}

// Shard reads fieldguide("name","stamp",data) into v and returns the stamp.
func (x *Finder) Shard(name string, v any) (stamp string, err error) {
	data, err := x.read(name + ".js")
	if err != nil {
		return "", err
	}
	data = bytes.TrimSuffix(bytes.TrimPrefix(data, []byte("fieldguide(")), []byte(")\n"))
	var call []json.RawMessage
	if err := json.Unmarshal([]byte("["+string(data)+"]"), &call); err != nil || len(call) != 3 {
		return "", fmt.Errorf("%s.js is not fieldguide(name, stamp, data): %v", name, err)
	}
	var calls string
	if json.Unmarshal(call[0], &calls) != nil || json.Unmarshal(call[1], &stamp) != nil || calls != name {
		return "", fmt.Errorf("%s.js calls itself %s of %s", name, call[0], call[1])
	}
	return stamp, json.Unmarshal(call[2], v)
}

// core is the number of the core among the shards.
const core = -1

func (x *Finder) hasCore() bool { return x.Head.K != "" }

// Loaded returns how many shards of words were read.
func (x *Finder) Loaded() (count int) {
	for i := range x.texts {
		if i != core {
			count++
		}
	}
	return count
}

// Forget makes the finder read shards again.
func (x *Finder) Forget() {
	for i := range x.texts {
		if i != core {
			delete(x.texts, i)
		}
	}
}

func (x *Finder) text(i int) string {
	text, known := x.texts[i]
	if !known {
		stamp, err := x.Shard(fmt.Sprint("w", i), &text)
		if err == nil && stamp != x.Head.V[stampBytes*i:][:stampBytes] {
			err = fmt.Errorf("w%d.js is of another index", i)
		}
		x.err = cmp.Or(x.err, err)
		text = expanded(text)
		x.texts[i] = text
	}
	return text
}
