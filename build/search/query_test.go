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
		A     []string // leading articles
		P     string   // plural forms of numbers
		C     []string // phrases
		G     string   // numerals
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

func (h *hits) read(text string, at, weight int) {
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
		level := strings.IndexByte(search.Digits, text[from]) * weight >> 2
		from++
		h.levels[doc] = max(h.levels[doc], level)
	}
}

func (x *index) exact(key string, weight int, h *hits) {
	text := x.words(x.shardOf(key))
	if at := strings.Index(text, "\n"+key+" "); at >= 0 {
		h.read(text, at, weight)
	}
}

func (x *index) beginning(key string, weight int, h *hits) {
	i := x.shardOf(key + "*")
	text := x.words(i)
	if at := strings.Index(text, "\n"+key+"* "); at >= 0 {
		h.read(text, at, weight)
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
			h.read(text, at, weight)
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
		plain = search.Bare(w.word)
	}
	x.exact(w.word, 4, h)
	if w.open {
		x.beginning(w.word, 3, h)
	}
	if plain != w.word {
		x.exact(plain, 3, h)
		if w.open {
			x.beginning(plain, 2, h)
		}
	}
	letters := []rune(plain)
	for cut := 1; !w.dense && cut <= cuts; cut++ {
		if left := len(letters) - cut; left >= 3 && left*3 >= len(letters)*2 {
			x.beginning(string(letters[:left]), 2, h)
		}
	}
	h.total = max(h.total, len(h.levels))
	return h
}

func (x *index) rarity(total int) int {
	n := 2
	for ; total < x.head.N; n++ {
		total += total>>1 + 1
	}
	return n
}

// find returns the paths that a query finds, the best first.
func (x *index) find(query string) []string {
	var list, whole []*found
	for cuts := 0; cuts <= 3; cuts++ {
		list, whole = x.ranked(parse(query), cuts), nil
		for _, d := range list {
			if d.whole {
				whole = append(whole, d)
			}
		}
		if len(whole) >= 3 || len(whole) > 0 && cuts >= 2 {
			break
		}
	}
	if len(whole) > 0 {
		list = whole
	}
	paths := make([]string, 0, len(list))
	for _, d := range list {
		paths = append(paths, x.docs[d.doc][0])
	}
	return paths
}

type found struct {
	doc, words, score int
	whole             bool
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
			docs[doc].score += x.rarity(h.total) * level
		}
	}
	var list []*found
	for _, d := range docs {
		d.whole = d.words == needed
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b *found) int {
		return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
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
