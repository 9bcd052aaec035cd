// Package bench measures the engine against what its work needs at least.
//
// What it needs is in floor_test.go. Both run as processes of their own in the
// same run, so that CPU time and peak memory are the system's own figures and
// their ratio holds on any machine:
//
//	TMPDIR=/dev/shm go test ./build/bench -bench . -benchtime 1x
//
// In memory, because what a disk takes for new files changes from one minute to
// the next and would count as the engine's.
//
// Figures of design: at most 1.4 times the floor and 1.7 with search, under 110
// MiB, linear; under 160 MiB with all bundles, at 6 × 3,000 pages too.
package bench

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/heap"
	"fieldguide/build/output"
	"fieldguide/build/site"
)

// The test binary, started again with FIELDGUIDE_BENCH set, is the process
// that is measured.
func TestMain(m *testing.M) {
	job, dir := os.Getenv("FIELDGUIDE_BENCH"), os.Getenv("FIELDGUIDE_BENCH_SITE")
	if job == "" {
		os.Exit(m.Run())
	}
	heap.CollectSeldom() // as the command does
	if err := map[string]func(string) error{"build": runBuild, "bundles": runBundles, "floor": runFloor,
		"errand":           runErrand,
		"status":           runStatus,
		"preview-body":     func(dir string) error { return runPreview(dir, syntheticPage, replace(bodyWas, bodyIs)) },
		"preview-title":    func(dir string) error { return runPreview(dir, syntheticPage, replace(titleWas, titleIs)) },
		"preview-flagship": runFlagship,
	}[job](dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func runBuild(dir string) error { return run(dir, build.Options{}) }

func runBundles(dir string) error { return run(dir, build.Options{Bundles: bundle.Steady()}) }

func run(dir string, o build.Options) error {
	fsys, shut, err := build.Sources(dir)
	if err != nil {
		return err
	}
	defer shut()
	tree, err := output.Stage(filepath.Join(dir, "public"))
	if err != nil {
		return err
	}
	defer tree.Discard()
	res, err := build.Build(context.Background(), fsys, tree, o)
	if err != nil {
		return err
	}
	if err := clean(res); err != nil {
		return err
	}
	return tree.Publish()
}

// clean names the first error of the synthetic site.
func clean(res *build.Result) error {
	if i := slices.IndexFunc(res.Findings, func(f site.Finding) bool { return f.Level == site.Error }); i >= 0 {
		return fmt.Errorf("the synthetic site has errors: %v", res.Findings[i])
	}
	return nil
}

// usage is what a process took.
type usage struct {
	cpu, wall time.Duration
	peak      float64 // MiB
}

func measure(b *testing.B, job, dir string) usage {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "FIELDGUIDE_BENCH="+job, "FIELDGUIDE_BENCH_SITE="+dir)
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatalf("%s: %v", job, err)
	}
	state := cmd.ProcessState
	return usage{state.UserTime() + state.SystemTime(), time.Since(start), float64(state.SysUsage().(*syscall.Rusage).Maxrss) / 1024}
}

// BenchmarkBuild reports, for each size, CPU seconds, the ratio to the floor,
// and peak memory of a full build into an empty folder, then the same build
// again with nothing changed.
func BenchmarkBuild(b *testing.B) {
	for _, pages := range []int{50, 500, 3000} {
		b.Run(fmt.Sprintf("6x%d", pages), func(b *testing.B) { compare(b, synthetic(b, pages, false)) })
	}
}

// BenchmarkBuildWithSearch is the same with a search index, which the floor
// does not make.
func BenchmarkBuildWithSearch(b *testing.B) {
	compare(b, synthetic(b, 500, true))
}

// BenchmarkBundles reports what a build with all bundles of the guide's units
// takes, as a multiple of the same pages alone, in CPU time and on the clock. The
// multiple grew when pages alone became cheaper, so CPU seconds say more.
func BenchmarkBundles(b *testing.B) {
	for _, pages := range []int{50, 500, 3000} {
		b.Run(fmt.Sprintf("6x%d", pages), func(b *testing.B) {
			dir := synthetic(b, pages, false)
			for b.Loop() {
				os.RemoveAll(filepath.Join(dir, "public"))
				alone := measure(b, "build", dir)
				os.RemoveAll(filepath.Join(dir, "public"))
				all := measure(b, "bundles", dir)
				ratio := all.cpu.Seconds() / alone.cpu.Seconds()
				b.ReportMetric(ratio, "x-pages")
				b.ReportMetric(all.wall.Seconds()/alone.wall.Seconds(), "x-pages-wall")
				b.ReportMetric(all.cpu.Seconds(), "cpu-s")
				b.ReportMetric(all.peak, "MiB")
				b.ReportMetric(alone.peak, "pages-MiB")
			}
		})
	}
}

// BenchmarkPreview reports how long the preview takes from an edit of a page's
// body, or of its title, to a finished site in memory, and its peak memory.
func BenchmarkPreview(b *testing.B) {
	for _, edit := range []string{"body", "title"} {
		b.Run("6x500/"+edit, func(b *testing.B) { preview(b, "preview-"+edit, synthetic(b, 500, true)) })
	}
	b.Run("flagship/body", func(b *testing.B) { preview(b, "preview-flagship", flagship(b)) })
}

// flagship returns a folder with this repository's own site.
func flagship(b *testing.B) string {
	dir := b.TempDir()
	for _, part := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join("../..", part))); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

func preview(b *testing.B, job, dir string) {
	for b.Loop() {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "FIELDGUIDE_BENCH="+job, "FIELDGUIDE_BENCH_SITE="+dir)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		var first, median, worst, cpu float64
		if _, err := fmt.Sscan(string(out), &first, &median, &worst, &cpu); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(first, "first-ms")
		b.ReportMetric(median, "median-ms")
		b.ReportMetric(worst, "worst-ms")
		b.ReportMetric(cpu, "cpu-ms")
		b.ReportMetric(float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)/1024, "MiB")
	}
}

// edits is how many pages a preview sees edited, one after the other.
const edits = 20

// syntheticPage names the pages of a synthetic site that are edited.
func syntheticPage(n int) string {
	return fmt.Sprintf("content/fr/industry/part-00/page-%04d.md", 4*n+2)
}

// runPreview edits pages, one after the other, and prints how long the first build took,
// and the rebuilds: the median, the worst, and their CPU time on average.
func runPreview(dir string, page func(n int) string, change func(text []byte) []byte) error {
	fsys, shut, err := build.Sources(dir)
	if err != nil {
		return err
	}
	defer shut()
	o := build.Options{Memory: &build.Memory{Store: cache.Memory()}}
	var before time.Duration
	rebuild := func() (float64, error) {
		start := time.Now()
		res, err := build.Build(context.Background(), fsys, output.Memory(), o)
		if err == nil && before == 0 {
			err = clean(res) // a page that was edited may well have findings
		}
		o.Memory.Store.Sweep()
		return time.Since(start).Seconds() * 1000, err
	}
	first, err := rebuild()
	if err != nil {
		return err
	}
	var took []float64
	before = cpu()
	for n := range edits {
		name := filepath.Join(dir, page(n))
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(name, change(text), 0o666); err != nil {
			return err
		}
		ms, err := rebuild()
		if err != nil {
			return err
		}
		took = append(took, ms)
	}
	each := (cpu() - before).Seconds() * 1000 / edits
	slices.Sort(took)
	fmt.Println(first, took[len(took)/2], took[len(took)-1], each)
	return nil
}

// runFlagship is runPreview of this repository's own site: each edit ends a page with a paragraph more.
func runFlagship(dir string) error {
	pages, err := filepath.Glob(filepath.Join(dir, "content/*/*/*.md"))
	if err != nil || len(pages) < edits {
		return fmt.Errorf("%d pages to edit: %v", len(pages), err)
	}
	nth := func(n int) string {
		name, _ := filepath.Rel(dir, pages[n*len(pages)/edits])
		return name
	}
	return runPreview(dir, nth, func(text []byte) []byte { return append(text, "\nA word more.\n"...) })
}

// replace returns what replaces something in a page.
func replace(was, is string) func(text []byte) []byte {
	return func(text []byte) []byte { return bytes.Replace(text, []byte(was), []byte(is), 1) }
}

// cpu is the CPU time that this process has taken.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func compare(b *testing.B, dir string) {
	for b.Loop() {
		os.RemoveAll(filepath.Join(dir, "public"))
		os.RemoveAll(filepath.Join(dir, "floor"))
		full := measure(b, "build", dir)
		floor := measure(b, "floor", dir)
		again := measure(b, "build", dir)
		b.ReportMetric(full.cpu.Seconds(), "cpu-s")
		b.ReportMetric(full.cpu.Seconds()/floor.cpu.Seconds(), "x-floor")
		b.ReportMetric(full.peak, "MiB")
		b.ReportMetric(floor.peak, "floor-MiB")
		b.ReportMetric(full.wall.Seconds(), "wall-s")
		b.ReportMetric(again.cpu.Seconds()/full.cpu.Seconds(), "again/full")
	}
}
