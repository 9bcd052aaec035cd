package bench

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fieldguide/build"
	"fieldguide/build/translate"
)

// guide is the site of this repository, whose translations all have records.
const guide = "../.."

// runStatus says how translations stand as the command does, after an errand.
func runStatus(dir string) error {
	return withMemory(dir, func(fsys fs.FS, memory *build.Memory) error {
		list, _, findings, err := build.Translations(context.Background(), dir, fsys, memory)
		if err == nil && len(list) == 0 {
			err = fmt.Errorf("no translations: %v", findings)
		}
		return err
	})
}

// BenchmarkRecords reports how long status takes after a build of the guide, and
// what a full build of it costs as a multiple of one of the same guide without
// records: the least of five each, taken in turn.
func BenchmarkRecords(b *testing.B) {
	with, without := copyOf(b, guide), copyOf(b, guide)
	records, err := filepath.Glob(filepath.Join(without, "content", "*", translate.RecordsFile))
	if err != nil || len(records) == 0 {
		b.Fatal("the guide has no records", err)
	}
	for _, name := range records {
		if err := os.Remove(name); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		measure(b, "errand", with)
		status := measure(b, "status", with)
		costs := map[string]float64{with: 1e9, without: 1e9}
		for range 5 {
			status.wall = min(status.wall, measure(b, "status", with).wall)
			for dir, least := range costs {
				os.RemoveAll(filepath.Join(dir, "public"))
				costs[dir] = min(least, measure(b, "build", dir).cpu.Seconds())
			}
		}
		b.ReportMetric(float64(status.wall.Milliseconds()), "status-ms")
		b.ReportMetric(status.peak, "status-MiB")
		b.ReportMetric(costs[with]/costs[without], "x-without-records")
	}
}

// copyOf returns a folder with the sources of a site.
func copyOf(b *testing.B, dir string) string {
	b.Helper()
	to := b.TempDir()
	for _, name := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(filepath.Join(dir, name))); err != nil {
			b.Fatal(err)
		}
	}
	return to
}
