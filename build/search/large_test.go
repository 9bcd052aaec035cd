package search_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"fieldguide/build/output"
	"fieldguide/build/search"
	"fieldguide/build/site"

	"golang.org/x/text/language"
)

// large returns a site of so many pages in one language and a text for each,
// of 300 words whose frequencies are those of a natural language.
func large(pages int) (*site.Site, func(i int) string) {
	lang := &site.Language{Code: "en", Dir: "ltr", Tag: language.English}
	s := &site.Site{Source: lang, Languages: []*site.Language{lang}}
	page := &site.Kind{ID: "guide", Layout: "page"}
	add := func(path string, kind *site.Kind) *site.Family {
		f := &site.Family{Path: path, Kind: kind, Pages: []*site.Page{{Title: "Page " + path, Summary: "One of many."}}}
		s.Families = append(s.Families, f)
		return f
	}
	add("index", page)
	for i := range pages {
		add(fmt.Sprintf("part-%03d/page-%05d", i/100, i), page)
	}
	add("search", &site.Kind{ID: "search", Layout: search.Layout})
	s.Index()
	syllables := strings.Fields("ba ce di fo gu ha ke li mo nu pa re si to vu wa ye zi an er in or us chi the pro con")
	word := func(n int) string {
		var b strings.Builder
		for {
			b.WriteString(syllables[n%len(syllables)])
			if n /= len(syllables); n == 0 {
				return b.String()
			}
		}
	}
	return s, func(i int) string {
		random := rand.New(rand.NewPCG(3, uint64(i)))
		zipf := rand.NewZipf(random, 1.07, 3, 80_000)
		var b strings.Builder
		b.WriteString("<h2>" + word(int(zipf.Uint64())) + "</h2>\n<p>")
		for range 300 {
			b.WriteString(word(int(zipf.Uint64())) + " ")
		}
		return b.String() + "</p>\n"
	}
}

// With 18,000 pages of one language no shard is larger than with a hundred,
// and no word of a query loads more than a few.
func TestLargeSite(t *testing.T) {
	if testing.Short() {
		t.Skip("18,000 pages take a while")
	}
	s, text := large(18_000)
	tree := output.Memory()
	x := search.New(s, tree.Put)
	start := time.Now()
	for i, f := range s.Families {
		e := x.Entry(f)
		e.Add(s.Source, text(i))
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	largest, most, shards := "", 0, 0
	for _, f := range tree.Files() {
		data, err := tree.ReadFile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		n := output.DeflatedSize(data)
		if n > firstShard {
			t.Errorf("%s has %d bytes compressed", f.Name, n)
		}
		if n > most {
			largest, most = f.Name, n
		}
		if f.Name == "en/search/index.js" {
			t.Logf("index.js: %d bytes, %d compressed", f.Size, n)
		}
		shards++
	}
	t.Logf("%d shards, the largest %s with %d bytes compressed; %v; %d MB in use", shards, largest, most, took, memory.HeapAlloc>>20)

	ix := openIndex(t, tree, "en/search/")
	for _, q := range []string{"b", "ba", "bace", "the", "the ", "pro", "congu", "zizizi", "xq", "ba ", "bacedifo"} {
		clear(ix.loaded)
		start := time.Now()
		found := ix.find(q)
		t.Logf("%q: %d found, %d shards of words, %v", q, len(found), len(ix.loaded), time.Since(start))
		if len(ix.loaded) > 8 {
			t.Errorf("%q loads %d shards", q, len(ix.loaded))
		}
	}
}

// The same pages give the same bytes, whoever brings them first.
func TestOrderDoesNotMatter(t *testing.T) {
	s, text := large(300)
	var trees []*output.Tree
	for _, order := range [][]int{nil, rand.New(rand.NewPCG(1, 2)).Perm(len(s.Families))} {
		tree := output.Memory()
		x := search.New(s, tree.Put)
		for i := range s.Families {
			if order != nil {
				i = order[i]
			}
			e := x.Entry(s.Families[i])
			e.Add(s.Source, text(i))
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		trees = append(trees, tree)
	}
	a, b := trees[0].Files(), trees[1].Files()
	if len(a) != len(b) {
		t.Fatalf("%d files and %d", len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] {
			t.Errorf("%s differs", a[i].Name)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	s, text := large(10)
	body := text(1) + text(2) + text(3)
	b.SetBytes(int64(len(body)))
	x := search.New(s, func(string, []byte) error { return nil })
	for b.Loop() {
		x.Entry(s.Families[1]).Add(s.Source, body)
	}
}
