package search_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fieldguide/build/output"
	"fieldguide/build/search"
)

// index is a finished index as static/search.js uses it. Its methods mirror
// the functions of the script, from the same shards.
type index struct {
	t      testing.TB
	tree   *output.Tree
	folder string // "fr/search/"
	head   struct {
		S     string   // order of the docs
		N     int      // docs
		D     string   // docs in each shard
		W     []string // where the shards of words begin
		F     []string // folding
		X     string   // dense characters
		A     []string // what is joined to words
		P     string   // plural forms of numbers
		C     []string // phrases
		G     string   // numerals
		L     int      // the least level of places that count
		stamp string
	}
	loaded map[string]string // shards of words
	docs   []docRow
}

// docRow is path, title, way and text.
type docRow [4]string

func openIndex(t testing.TB, tree *output.Tree, folder string) *index {
	t.Helper()
	x := &index{t: t, tree: tree, folder: folder, loaded: map[string]string{}}
	x.head.stamp = x.shard("index", "", &x.head)
	for i := range x.head.D {
		var rows []docRow
		x.shard(fmt.Sprintf("d%d", i), x.head.S, &rows)
		if n := strings.IndexByte(search.Digits, x.head.D[i]); n != len(rows) {
			t.Fatalf("%sd%d.js has %d docs; index.js says %d", folder, i, len(rows), n)
		}
		x.docs = append(x.docs, rows...)
	}
	if x.head.N != len(x.docs) {
		t.Fatalf("%s: %d docs; index.js says %d", folder, len(x.docs), x.head.N)
	}
	return x
}

// shard reads fieldguide("name","stamp",data) and returns the stamp.
func (x *index) shard(name, stamp string, v any) string {
	x.t.Helper()
	data, err := x.tree.ReadFile(x.folder + name + ".js")
	if err != nil {
		x.t.Fatal(err)
	}
	data = bytes.TrimSuffix(bytes.TrimPrefix(data, []byte("fieldguide(")), []byte(")\n"))
	var call []json.RawMessage
	if err := json.Unmarshal([]byte("["+string(data)+"]"), &call); err != nil || len(call) != 3 {
		x.t.Fatalf("%s%s.js is not fieldguide(name, stamp, data): %v", x.folder, name, err)
	}
	var gotName, gotStamp string
	if json.Unmarshal(call[0], &gotName) != nil || json.Unmarshal(call[1], &gotStamp) != nil || gotName != name || stamp != "" && gotStamp != stamp {
		x.t.Fatalf("%s%s.js calls itself %s of %s, want %s of %s", x.folder, name, call[0], call[1], name, stamp)
	}
	if err := json.Unmarshal(call[2], v); err != nil {
		x.t.Fatal(err)
	}
	return gotStamp
}

func (x *index) words(i int) string {
	name := fmt.Sprintf("w%d", i)
	if text, ok := x.loaded[name]; ok {
		return text
	}
	var text string
	x.shard(name, x.head.stamp, &text)
	x.loaded[name] = text
	return text
}

// queryWord is one word of a query; open when it may go on.
type queryWord struct {
	word        string
	dense, open bool
}

func parse(query string) []queryWord {
	var words []queryWord
	all := search.Tokens(query)
	for i, t := range all {
		if t.Alone && i > 0 && all[i-1].Dense && !all[i-1].Alone {
			continue
		}
		w := queryWord{t.Word, t.Dense, t.Alone || !t.Dense && t.End}
		if len(words) < 16 && !slices.ContainsFunc(words, func(o queryWord) bool { return o.word == w.word }) {
			words = append(words, w)
		}
	}
	return words
}

type hits struct {
	levels map[int]int
	total  int
	common bool
}

func (x *index) shardOf(key string) int {
	i, found := slices.BinarySearchFunc(x.head.W, key, search.Compare)
	if !found {
		i--
	}
	return max(i, 0)
}

func (h *hits) read(text string, at, weight, level int) {
	from := at + strings.IndexByte(text[at:], ' ') + 1
	number := func() int {
		for n := 0; ; {
			d := strings.IndexByte(search.Digits, text[from])
			from++
			if n = n*32 + d%32; d < 32 {
				return n
			}
		}
	}
	if text[from] == '!' {
		from++
		h.total, h.common = max(h.total, number()), true
		from++
	}
	for doc := 0; text[from] != '\n'; {
		doc += number()
		has := strings.IndexByte(search.Digits, text[from])
		from++
		if has >= level {
			h.levels[doc] = max(h.levels[doc], has*weight>>2)
		}
	}
}

func (x *index) exact(key string, weight, level int, h *hits) {
	text := x.words(x.shardOf(key))
	if at := strings.Index(text, "\n"+key+" "); at >= 0 {
		h.read(text, at, weight, level)
	}
}

func (x *index) beginning(key string, more, weight, level int, h *hits) {
	i := x.shardOf(key + "*")
	text := x.words(i)
	if at := strings.Index(text, "\n"+key+"* "); at >= 0 {
		if more > 4 {
			h.read(text, at, weight, level)
		} else {
			x.exact(key, weight, level, h)
		}
		return
	}
	for {
		text = x.words(i)
		for at := 0; ; at++ {
			n := strings.Index(text[at:], "\n"+key)
			if n < 0 {
				break
			}
			at += n
			rest, _, _ := strings.Cut(text[at+1+len(key):], " ")
			if utf8.RuneCountInString(rest) <= more {
				h.read(text, at, weight, level)
			}
		}
		if i++; i == len(x.head.W) || !strings.HasPrefix(x.head.W[i], key) {
			return
		}
	}
}

func (x *index) look(w queryWord, cuts int) *hits {
	h := &hits{levels: map[int]int{}}
	plain := w.word
	if !w.dense {
		plain = x.bare(w.word)
	}
	x.exact(w.word, 4, 0, h)
	if w.open {
		x.beginning(w.word, 30, 3, 0, h)
	}
	if plain != w.word {
		x.exact(plain, 3, 0, h)
		if w.open {
			x.beginning(plain, 30, 2, 0, h)
		}
	}
	letters := []rune(plain)
	for cut := 0; cut <= 3 && !w.dense; cut++ {
		left, more, weight, level := len(letters)-cut, 2, 2, x.head.L
		switch {
		case cuts > 2:
			more = 30
		case left > 4:
			more = 4
		}
		if cut == 0 {
			weight = 3
		}
		if cuts > 0 && cut <= cuts {
			level = 0
		}
		if left >= 3 && left*5 >= len(letters)*3 && (cut <= max(cuts, 2) || left > 5) {
			x.beginning(string(letters[:left]), more, weight, level, h)
		}
	}
	h.total = max(h.total, len(h.levels))
	return h
}

func (x *index) bare(word string) string {
	for _, joined := range x.head.A {
		least := 2
		if utf8.RuneCountInString(joined) == 1 {
			least = 3
		}
		if rest, ok := strings.CutPrefix(word, joined); ok && utf8.RuneCountInString(rest) >= least {
			return rest
		}
	}
	return word
}

func (x *index) rarity(total int) int {
	n := 1
	for ; total < x.head.N; n++ {
		total += total>>1 + 1
	}
	return n
}

// find returns the paths that a query finds, the best first.
func (x *index) find(query string) []string {
	var list []*found
	whole := 0
	for cuts := 0; cuts <= 2 && whole < 3 || cuts == 3 && whole < 1; cuts++ {
		list, whole = x.ranked(parse(query), cuts), 0
		for _, d := range list {
			if d.whole {
				whole++
			}
		}
	}
	times := 4
	if whole < 3 {
		times = 16
	}
	var paths []string
	for _, d := range list {
		if d.whole || d.score*times >= list[0].score {
			paths = append(paths, x.docs[d.doc][0])
		}
	}
	return paths
}

type found struct {
	doc, words, holds, score int
	whole                    bool
}

func (x *index) ranked(words []queryWord, cuts int) []*found {
	var all []*hits
	some := false
	for _, w := range words {
		h := x.look(w, cuts)
		some = some || !h.common
		all = append(all, h)
	}
	docs, needed := map[int]*found{}, 0
	for _, h := range all {
		counts := 0
		if !some || !h.common {
			counts = 1
		}
		needed += counts
		for doc, level := range h.levels {
			if docs[doc] == nil {
				docs[doc] = &found{doc: doc}
			}
			docs[doc].words += counts
			docs[doc].holds += counts * x.rarity(h.total)
			docs[doc].score += x.rarity(h.total) * level
		}
	}
	var list []*found
	for _, d := range docs {
		d.whole = d.words == needed
		d.score *= d.holds
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b *found) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
	})
	return list
}

// count is the number of results as the page says it.
func (x *index) count(n int) string {
	at := n
	if n >= 200 {
		at = 200 + n%100
	}
	return strings.ReplaceAll(x.head.C[x.head.P[at]-'0'], "{n}", fmt.Sprint(n))
}

// fold folds with the table of the index, as the script does.
func (x *index) fold(text string) string {
	table := map[rune]string{}
	for i := 0; i < len(x.head.F); i += 2 {
		for _, r := range x.head.F[i+1] {
			table[r] = x.head.F[i]
		}
	}
	var b strings.Builder
	for _, r := range text {
		switch to, known := table[r]; {
		case known:
			b.WriteString(to)
		case utf8.RuneLen(r) == 4:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// goldenPath is how golden queries name a page: without .html.
func goldenPath(p string) string {
	file, fragment, has := strings.Cut(p, "#")
	file = strings.TrimSuffix(file, path.Ext(file))
	if has {
		return file + "#" + fragment
	}
	return file
}
