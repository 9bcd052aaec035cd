package build_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/sitetest"
)

// After any edit of a page's text the preview says of the same finds that they mislead as a
// clean build does, though it asks only some of them.
func TestKeptFindsAreAsClean(t *testing.T) {
	t.Parallel()
	words := strings.Fields("boot boots cliff rope ropes tent gaiter stone stones wind winds map maps ice bell bellow")
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 0))
		some := func(n int) string {
			var list []string
			for range n {
				list = append(list, words[r.IntN(len(words))])
			}
			return strings.Join(list, " ")
		}
		begun := func(words string) string { return words[:len(words)-1] }
		text := func() string {
			return "\n" + some(1+r.IntN(60)) + ".\n\n## " + some(2) + "\n\n" + some(1+r.IntN(60)) + ".\n"
		}
		dir := t.TempDir()
		write := func(name, text string) {
			name = filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		limit := []int{0, 700, 1}[seed] // all words in the core, some, none
		write("content/site.yaml", fmt.Sprintf("source: en\nlanguages: [{code: en, name: English, dir: ltr}]\n"+
			"limits: {search: %d}\n", limit))
		write("content/en/ui.yaml", "title: Walks\n")
		write("content/en/index.md", "---\ntitle: Walks\nsummary: All walks.\n---\n")
		write("content/en/search.md", "---\ntitle: Search\nsummary: Find a page.\nkind: search\n---\n")
		const pages = 14
		heads := make([]string, pages)
		for i := range heads {
			heads[i] = fmt.Sprintf("---\ntitle: %s\nsummary: %s.\nfind: [%s, %s, %s]\n---\n",
				some(2), some(2), some(1), some(3), begun(some(2)))
		}
		page := func(i int) string { return fmt.Sprintf("content/en/page-%d.md", i) }
		for i, head := range heads {
			write(page(i), head+text())
		}
		fsys, shut, err := build.Sources(dir)
		if err != nil {
			t.Fatal(err)
		}
		memory := &build.Memory{Store: cache.Memory()}
		said := map[string]bool{}
		for n := range 20 {
			i := r.IntN(pages)
			write(page(i), heads[i]+text())
			res, err := build.Build(context.Background(), fsys, output.Memory(), build.Options{Memory: memory})
			if err != nil {
				t.Fatal(err)
			}
			memory.Store.Sweep()
			clean, _ := sitetest.Build(t, fsys)
			got, want := sitetest.Findings(res.Findings), sitetest.Findings(clean.Findings)
			if got != want {
				t.Fatalf("seed %d, edit %d: the preview finds\n%s\nand a clean build\n%s", seed, n, got, want)
			}
			said[want] = true
		}
		if shut(); len(said) < 2 {
			t.Errorf("seed %d: edits changed nothing of what misleads", seed)
		}
	}
}
