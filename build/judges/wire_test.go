package judges

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/release"
)

// When a page of one language has changed, a mirror fetches less than a hundredth of
// the guide, bundles included. When the former release is not known, and times are
// those of the checkout, it fetches more than the edit is worth.
func TestWire(t *testing.T) {
	need(t, "rsync")
	dir := t.TempDir()
	for _, name := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(dir, "site", name), os.DirFS("../../"+name)); err != nil {
			t.Fatal(err)
		}
	}
	memory := &build.Memory{Store: cache.Memory()}
	at := filepath.Join(dir, "site")
	publish := func(out string, former *release.Manifest) *release.Manifest {
		t.Helper()
		fsys, shut, err := build.Sources(at)
		if err != nil {
			t.Fatal(err)
		}
		defer shut()
		e := build.Errand{Site: at, Target: filepath.Join(dir, out), Bundles: bundle.Steady(), Follow: true, Former: former}
		res, err := e.Do(t.Context(), fsys, build.Options{Memory: memory})
		if err != nil || res.Failed() {
			t.Fatal(err, res)
		}
		m, err := release.Read(e.Target)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	first := publish("one", nil)
	page := filepath.Join(at, "content/fr/parents/talk.md")
	text, err := os.ReadFile(page)
	if err == nil {
		err = os.WriteFile(page, bytes.Replace(text, []byte("\n:::\n"), []byte(" Tell one more adult.\n:::\n"), 1), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	second := publish("two", first)

	whole := int64(0)
	for _, f := range second.Files {
		whole += f.Size
	}
	share := func(from string) float64 {
		to := filepath.Join(dir, "mirror")
		rsync(t, "--delete", filepath.Join(dir, "one")+"/", to+"/")
		return 100 * float64(rsync(t, "--delete", from+"/", to+"/")) / float64(whole)
	}
	follows := share(filepath.Join(dir, "two"))
	t.Logf("one page changed: %.2f %% of %.1f MB on the wire, %d files changed", follows, float64(whole)/1e6,
		len(release.Compare(first, second).Changed))
	if follows >= 1 {
		t.Errorf("one page changed, and a mirror fetches %.2f %% of the guide; want less than 1", follows)
	}
	checkout := filepath.Join(dir, "checkout")
	rsync(t, "--no-times", "--ignore-times", filepath.Join(dir, "two")+"/", checkout+"/")
	if fresh := share(checkout); fresh < 1.5*follows {
		t.Errorf("with times of a checkout a mirror fetches %.2f %%, with ours %.2f", fresh, follows)
	}
}

var wired = regexp.MustCompile(`Total bytes (?:sent|received): ([\d,]+)`)

// rsync copies as a mirror does and returns how many bytes went there and back.
func rsync(t *testing.T, args ...string) (wire int64) {
	t.Helper()
	args = append([]string{"-a", "--no-whole-file", "--stats"}, args...)
	said, err := exec.CommandContext(t.Context(), "rsync", args...).CombinedOutput()
	if err != nil {
		t.Fatal(fmt.Errorf("%w: %s", err, said))
	}
	for _, m := range wired.FindAllStringSubmatch(string(said), -1) {
		n, err := strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		wire += n
	}
	return wire
}
