package bench

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fieldguide/build"
	"fieldguide/build/cache"
)

// withMemory does something with the sources of a site, with a cache beside them.
func withMemory(dir string, do func(fsys fs.FS, memory *build.Memory) error) error {
	store, err := cache.Open(filepath.Join(dir, ".cache"), 1<<30)
	if err != nil {
		return err
	}
	defer store.Close()
	fsys, shut, err := build.Sources(dir)
	if err != nil {
		return err
	}
	defer shut()
	return do(fsys, &build.Memory{Store: store})
}

// runErrand builds the site as the command does.
func runErrand(dir string) error {
	return withMemory(dir, func(fsys fs.FS, memory *build.Memory) error {
		todo := build.Errand{Site: dir, Target: filepath.Join(dir, "public")}
		res, err := todo.Do(context.Background(), fsys, build.Options{Memory: memory})
		if err != nil {
			return err
		}
		return clean(res)
	})
}

// BenchmarkKept reports what a build of a site with a search index takes after a
// build before it, as a part of the CPU time of that one: with nothing changed,
// with the body of a page, with the title of a page.
func BenchmarkKept(b *testing.B) {
	for _, pages := range []int{500, 3000} {
		b.Run(fmt.Sprintf("6x%d", pages), func(b *testing.B) {
			dir := synthetic(b, pages, true)
			for b.Loop() {
				os.RemoveAll(filepath.Join(dir, "public"))
				os.RemoveAll(filepath.Join(dir, ".cache"))
				full := measure(b, "errand", dir)
				b.ReportMetric(full.cpu.Seconds(), "cpu-s")
				b.ReportMetric(full.peak, "MiB")
				report := func(what string) {
					u := measure(b, "errand", dir)
					b.ReportMetric(full.cpu.Seconds()/u.cpu.Seconds(), "full/"+what)
					b.ReportMetric(u.peak, what+"-MiB")
				}
				report("unchanged")
				edit(b, dir, 2, bodyWas, bodyIs)
				report("body")
				edit(b, dir, 6, titleWas, titleIs)
				report("title")
			}
		})
	}
}

// What edits replace in a page.
const (
	bodyWas, bodyIs   = "## Part 0 ", "New words.\n\n## Part 0 "
	titleWas, titleIs = "title: \"", "title: \"N "
)

// edit replaces something in the n-th page.
func edit(tb testing.TB, dir string, n int, was, is string) {
	tb.Helper()
	name := filepath.Join(dir, fmt.Sprintf("content/fr/industry/part-00/page-%04d.md", n))
	text, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	if !bytes.Contains(text, []byte(was)) {
		tb.Fatalf("%s has no %q", name, was)
	}
	if err := os.WriteFile(name, bytes.Replace(text, []byte(was), []byte(is), 1), 0o666); err != nil {
		tb.Fatal(err)
	}
}
