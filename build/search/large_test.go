package search_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"fieldguide/build/markdown"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/search"
	"fieldguide/build/site"

	"golang.org/x/text/language"
)

// large returns a site of so many pages in one language and a text for each,
// of 300 words whose frequencies are those of a natural language.
func large(pages int) (*site.Site, func(i int) *markdown.Text) {
	lang := &site.Language{Code: "en", Dir: "ltr", Tag: language.English}
	s := &site.Site{Source: lang, Languages: []*site.Language{lang}, Limits: site.Limits{Search: firstFetch}}
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
	add("search", &site.Kind{ID: "search", Layout: site.SearchLayout})
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
	return s, func(i int) *markdown.Text {
		random := rand.New(rand.NewPCG(3, uint64(i)))
		zipf := rand.NewZipf(random, 1.07, 3, 80_000)
		heading := word(int(zipf.Uint64()))
		var said markdown.Speech
		said.Say(heading)
		said.Stop()
		for range 300 {
			said.Say(word(int(zipf.Uint64())) + " ")
		}
		return &markdown.Text{Said: said.String(), Headings: []string{heading}}
	}
}

// With 18,000 pages of one language no shard is larger than with a hundred,
// and no word of a query loads more than a few.
func TestLargeSite(t *testing.T) {
	if testing.Short() {
		t.Skip("18,000 pages take a while")
	}
	t.Parallel()
	s, text := large(18_000)
	tree := output.Memory()
	x := search.New(s, tree.Put)
	start := time.Now()
	for i, f := range s.Families {
		if err := x.Add(s.Source, x.Docs(f, s.Source, text(i))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := x.Close(s.Source); err != nil {
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
		n := pack.Weight(data)
		if n > mostOf(f.Name) {
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

	ix := openIndex(t, tree, s.Source)
	for _, q := range []string{"b", "ba", "bace", "the", "the ", "pro", "congu", "zizizi", "xq", "ba ", "bacedifo"} {
		ix.Forget()
		start := time.Now()
		found := ix.find(q)
		t.Logf("%q: %d found, %d shards of words, %v", q, len(found), ix.Loaded(), time.Since(start))
		if ix.Loaded() > 8 {
			t.Errorf("%q loads %d shards", q, ix.Loaded())
		}
	}
}

func BenchmarkDocs(b *testing.B) {
	s, text := large(10)
	body := text(1)
	b.SetBytes(int64(len(body.Said)))
	x := search.New(s, func(string, []byte) error { return nil })
	for b.Loop() {
		x.Docs(s.Families[1], s.Source, body)
	}
}
