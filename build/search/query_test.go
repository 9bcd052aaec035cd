package search_test

import (
	"fmt"
	"path"
	"strings"
	"testing"
	"unicode/utf8"

	"fieldguide/build/output"
	"fieldguide/build/search"
	"fieldguide/build/site"
)

// index is a finished index with all its docs.
type index struct {
	*search.Finder
	t    testing.TB
	docs []docRow
}

// docRow is path, title, way and summary.
type docRow [4]string

func openIndex(t testing.TB, tree *output.Tree, lang *site.Language) *index {
	t.Helper()
	finder, err := search.Open(lang, func(name string) ([]byte, error) { return tree.ReadFile(lang.Code + "/search/" + name) })
	if err != nil {
		t.Fatal(err)
	}
	x := &index{Finder: finder, t: t}
	for i := range x.Head.D {
		name := fmt.Sprint("d", i)
		var rows []docRow
		of, err := x.Shard(name, &rows)
		if err != nil {
			t.Fatal(err)
		}
		if n := x.Head.D[i]; n != len(rows) || of != x.Head.S {
			t.Fatalf("%s/search/%s.js has %d docs of %s; index.js says %d of %s", lang.Code, name, len(rows), of, n, x.Head.S)
		}
		x.docs = append(x.docs, rows...)
	}
	if x.Head.N != len(x.docs) {
		t.Fatalf("%s: %d docs; index.js says %d", lang.Code, len(x.docs), x.Head.N)
	}
	for i, named := range x.Head.T {
		if doc := x.docs[i]; named != [2]string{doc[0], doc[1]} {
			t.Fatalf("%s: index.js calls doc %d %q, its shard %q", lang.Code, i, named, doc)
		}
	}
	return x
}

// find returns the paths that a query finds, the best first.
func (x *index) find(query string) []string { return x.paths(query, false) }

// all returns those too that a reader sees who asks for more.
func (x *index) all(query string) []string { return x.paths(query, true) }

func (x *index) paths(query string, deep bool) (paths []string) {
	docs, err := x.Find(query, deep)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, doc := range docs {
		paths = append(paths, x.docs[doc][0])
	}
	return paths
}

// count is the number of results as the page says it.
func (x *index) count(n int) string {
	at := n
	if n >= 200 {
		at = 200 + n%100
	}
	return strings.ReplaceAll(x.Head.C[x.Head.P[at]-'0'], "{n}", fmt.Sprint(n))
}

// fold folds with the table of the index, as the script does.
func (x *index) fold(text string) string {
	table := map[rune]string{}
	for i := 0; i < len(x.Head.F); i += 2 {
		for _, r := range unrun(x.Head.F[i+1]) {
			table[r] = x.Head.F[i]
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

// unrun undoes runs.
func unrun(text string) (list []rune) {
	from := []rune(text)
	for i := 0; i < len(from); i++ {
		if from[i] == search.Run {
			i++
			for r := from[i-2] + 1; r < from[i]; r++ {
				list = append(list, r)
			}
		}
		list = append(list, from[i])
	}
	return list
}
