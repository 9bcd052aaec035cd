package judges

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/pack"
	"fieldguide/build/release"
)

// wireEdits are what happens to a guide, one after the other, and how much of it a
// mirror may then fetch, in percent, by rsync and by zsync.
var wireEdits = []struct {
	name            string
	edit            func(*wireSite) error
	byRsync, byHTTP float64
}{
	{"one digit of a helpline", func(s *wireSite) error {
		return s.replace("content/data/helplines.yaml", "555 01 01", "555 01 91")
	}, 1, 1},
	{"one page of one language", func(s *wireSite) error {
		return s.replace("content/fr/parents/talk.md", "\n:::\n", " Tell one more adult.\n:::\n")
	}, 1, 1},
	{"one new page", func(s *wireSite) error { // each of its neighbours leads to it, in six languages
		return s.write("content/en/parents/lamp.md", "---\ntitle: The lamp\nsummary: A lamp on a table.\n"+
			"kind: guide\norder: 90\n---\nPut a lamp on the table. Sit down together.\n")
	}, 7, 8},
	{"one interface word of one language", func(s *wireSite) error { // it stands on each page
		return s.replace("content/fr/ui.yaml", "\nwords:\n", "\nwords:\n  next: Et puis\n")
	}, 5, 6},
}

// numbersOf are countries that have a helpline each while the guide is judged; all
// numbers are made up. Most texts show those where their language is official.
const numbersOf = "IE KE GH NG ZA IN AU UG JM FR SN CI BE CH CA CM ML ES MX AR CO PE CL UY EC " +
	"EG JO MA TN DZ IQ LB RU KZ KG BY CN SG"

// When a digit of a helpline has changed, or a page of one language, a mirror fetches
// less than a hundredth of the guide, with bundles and compressed forms. When the
// former release is not known, and times are those of the checkout, it fetches more
// than the edit is worth.
func TestWire(t *testing.T) {
	t.Parallel() // it counts bytes, and keeps one core busy
	need(t, "rsync")
	need(t, "zsync")
	need(t, "zsyncmake")
	need(t, "curl")
	s := newWireSite(t)
	former := s.publish("0", nil)
	mirror := filepath.Join(s.dir, "mirror") + "/"
	rsync(t, s.out("0"), mirror)
	for i, e := range wireEdits {
		if err := e.edit(s); err != nil {
			t.Fatal(err)
		}
		was, is := strconv.Itoa(i), strconv.Itoa(i+1)
		now := s.publish(is, former)
		whole := 0.0
		for _, f := range now.Files {
			whole += float64(f.Size)
		}
		d := release.Compare(former, now)
		plain := rsync(t, "--dry-run", "--delete", s.out(is), mirror) // the list of files alone
		wire := rsync(t, "--delete", s.out(is), mirror)
		http := byHTTP(t, s.out(was), s.out(is))
		share, httpShare := 100*float64(wire)/whole, 100*float64(http)/whole
		t.Logf("%-34s %3d of %d files, %.1f MB: rsync %7d bytes, %.2f %% (%d for the list); zsync %7d bytes, %.2f %%", e.name,
			len(d.Changed)+len(d.New), len(now.Files), whole/1e6, wire, share, plain, http, httpShare)
		if share >= e.byRsync || httpShare >= e.byHTTP {
			t.Errorf("%s: a mirror fetches %.2f %% of the guide by rsync and %.2f %% by zsync; want less than %v and %v",
				e.name, share, httpShare, e.byRsync, e.byHTTP)
		}
		former = now
	}

	// The second edit, with and without times that follow content.
	share := func(from string) int64 {
		rsync(t, "--delete", s.out("1"), mirror)
		return rsync(t, "--delete", from, mirror)
	}
	checkout := filepath.Join(s.dir, "checkout") + "/"
	rsync(t, "--no-times", "--ignore-times", s.out("2"), checkout)
	if follows, fresh := share(s.out("2")), share(checkout); 2*fresh < 3*follows {
		t.Errorf("with times of a checkout a mirror fetches %d bytes, with ours %d", fresh, follows)
	}
}

// wireSite is a copy of the guide that is edited and published.
type wireSite struct {
	t      *testing.T
	dir    string
	memory *build.Memory
}

func newWireSite(t *testing.T) *wireSite {
	s := &wireSite{t, t.TempDir(), &build.Memory{Store: cache.Memory()}}
	for _, name := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(s.dir, "site", name), os.DirFS("../../"+name)); err != nil {
			t.Fatal(err)
		}
	}
	var lines strings.Builder
	for i, country := range strings.Fields(numbersOf) {
		fmt.Fprintf(&lines, "- {country: %s, name: Line %d, numbers: [\"0800 555 01 %02d\"], hours: \"00–24\", "+
			"languages: [en], confirmed: called, called-on: 2026-11-20}\n", country, i, i)
	}
	if err := s.write("content/data/helplines.yaml", lines.String()); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *wireSite) out(name string) string { return filepath.Join(s.dir, name) + "/" }

func (s *wireSite) write(name, text string) error {
	return os.WriteFile(filepath.Join(s.dir, "site", name), []byte(text), 0o666)
}

func (s *wireSite) replace(name, old, new string) error {
	text, err := os.ReadFile(filepath.Join(s.dir, "site", name))
	if err == nil && !bytes.Contains(text, []byte(old)) {
		err = fmt.Errorf("%s does not hold %q", name, old)
	}
	if err != nil {
		return err
	}
	return s.write(name, strings.Replace(string(text), old, new, 1))
}

// publish builds a release with everything in it.
func (s *wireSite) publish(out string, former *release.Manifest) *release.Manifest {
	s.t.Helper()
	at := filepath.Join(s.dir, "site")
	fsys, shut, err := build.Sources(at)
	if err != nil {
		s.t.Fatal(err)
	}
	defer shut()
	e := build.Errand{Site: at, Target: s.out(out), Bundles: bundle.Steady(), Forms: pack.Forms,
		Follow: true, Former: former}
	res, err := e.Do(s.t.Context(), fsys, build.Options{Memory: s.memory})
	if err != nil || res.Failed() {
		s.t.Fatal(err, res)
	}
	m, err := release.Read(e.Target)
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

var wired = regexp.MustCompile(`Total bytes (?:sent|received): ([\d,]+)`)

// rsync copies as mirror-update does and returns how many bytes went there and
// back.
func rsync(t *testing.T, args ...string) (wire int64) {
	t.Helper()
	args = append([]string{"-az", "--no-whole-file", "--stats"}, args...)
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

// byHTTP updates a copy as one does who has nothing but a web server, with the scripts of
// build/mirror: what the publisher lays beside the release, and the parts that are not
// there. It returns how many bytes went there and back, with what HTTP says of them.
func byHTTP(t *testing.T, from, to string) (wire int64) {
	t.Helper()
	dir := t.TempDir()
	log, sums, got := filepath.Join(dir, "log"), filepath.Join(dir, "www/sums"), filepath.Join(dir, "got")
	run(t, "sh", "../mirror/mirror-sums", from, to, sums)
	if err := os.Symlink(to, filepath.Join(dir, "www/guide")); err != nil {
		t.Fatal(err)
	}
	server := servers[0].run(t, fmt.Sprintf("log_format wire '$bytes_sent $request_length';\n"+
		"server { listen 80; root %s; access_log %s wire; }", filepath.Join(dir, "www"), log))
	run(t, "sh", "../mirror/mirror-fetch", server, from, got)
	if other := run(t, "rsync", "-rtcn", "--omit-dir-times", "--delete", "--out-format=%n", to, got); other != "" {
		t.Fatalf("by HTTP a mirror gets others of\n%s", other)
	}
	if _, err := client.Head(server); err != nil { // what was asked before is in the log now
		t.Fatal(err)
	}
	lines, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for text := range strings.FieldsSeq(string(lines)) {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		wire += n
	}
	return wire
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Minute)
	defer stop()
	said, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, said)
	}
	return string(said)
}
