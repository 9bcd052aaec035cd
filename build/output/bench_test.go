package output

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
)

// 3,000 files of 15 kB, as in the table of measures.
func benchSite() (names []string, pages [][]byte) {
	r := rand.New(rand.NewPCG(7, 8))
	for i := range 3000 {
		page := make([]byte, 15000)
		for j := range page {
			page[j] = 'a' + byte(r.IntN(26))
		}
		names = append(names, fmt.Sprintf("l%d/s%d/page-%d.html", i%6, i%30, i))
		pages = append(pages, page)
	}
	return names, pages
}

func benchBuild(b *testing.B, dir string, names []string, pages [][]byte) {
	tree, err := Stage(dir)
	must(b, err)
	defer tree.Discard()
	for i, name := range names {
		must(b, tree.Put(name, pages[i]))
	}
	must(b, tree.Publish())
}

func BenchmarkFirst(b *testing.B) {
	names, pages := benchSite()
	for n := 0; b.Loop(); n++ {
		benchBuild(b, filepath.Join(b.TempDir(), fmt.Sprint(n)), names, pages)
	}
}

func BenchmarkUnchanged(b *testing.B) {
	names, pages := benchSite()
	dir := filepath.Join(b.TempDir(), "public")
	benchBuild(b, dir, names, pages)
	for b.Loop() {
		benchBuild(b, dir, names, pages)
	}
}

func BenchmarkOnePercentChanged(b *testing.B) {
	names, pages := benchSite()
	dir := filepath.Join(b.TempDir(), "public")
	benchBuild(b, dir, names, pages)
	for n := byte(0); b.Loop(); n++ {
		for i := 0; i < len(pages); i += 100 {
			pages[i][n%100] ^= 1
		}
		benchBuild(b, dir, names, pages)
	}
}
