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
	words map[int][]entry // shards of words, from 0; the core is -1
	err   error

	answering *answer // notes what is read for it; nil for none

	looked map[looked]*hits // what was found before
	places []int            // by doc: its place in a list, from 1; memory
	taken  []hit            // memory
	ranks  []rank           // memory
}

// newFinder returns a finder in the words of an index, by their shard.
func newFinder(facts letters.Facts, head Head, words map[int][]entry) *Finder {
	return &Finder{Head: head, facts: facts, words: words, looked: map[looked]*hits{}}
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
	asks askers
}

// Open returns a finder in the index of a language; read reads a file of its
// folder.
func Open(lang *site.Language, read func(name string) ([]byte, error)) (*Finder, error) {
	x := newFinder(letters.Of(lang), Head{}, map[int][]entry{})
	x.read = read
	var err error
	if x.Head.S, err = x.Shard("index", &x.Head); err != nil {
		return nil, err
	}
	var asks []*ask
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
		asks = append(asks, a)
	}
	x.Head.asks = newAskers(asks)
	if x.Head.K != "" {
		x.words[coreShard] = entriesOf(expanded(x.Head.K))
	}
	return x, nil
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

// coreShard is the number of the core among the shards.
const coreShard = -1

func (x *Finder) hasCore() bool { return x.words[coreShard] != nil }

// Loaded returns how many shards of words were read.
func (x *Finder) Loaded() (count int) {
	for i := range x.words {
		if i != coreShard {
			count++
		}
	}
	return count
}

// Forget makes the finder read shards again.
func (x *Finder) Forget() {
	for i := range x.words {
		if i != coreShard {
			delete(x.words, i)
		}
	}
	clear(x.looked)
}

// shard returns the words of a shard, or of the core.
func (x *Finder) shard(i int) []entry {
	words, known := x.words[i]
	if !known {
		var text string
		stamp, err := x.Shard(fmt.Sprint("w", i), &text)
		if err == nil && stamp != x.Head.V[stampBytes*i:][:stampBytes] {
			err = fmt.Errorf("w%d.js is of another index", i)
		}
		x.err = cmp.Or(x.err, err)
		words = entriesOf(expanded(text))
		x.words[i] = words
	}
	return words
}

// entriesOf returns the lines of a shard.
func entriesOf(text string) []entry {
	list := []entry{}
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		if key, _, ok := strings.Cut(line, " "); ok {
			list = append(list, entry{key: key, line: "\n" + line})
		}
	}
	return list
}
