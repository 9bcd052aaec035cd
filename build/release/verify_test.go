package release

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"aead.dev/minisign"
)

// tree is a copy in memory.
type tree map[string]string

func (t tree) Place() string { return cmp.Or(t[""], "memory") }

func (t tree) Open(_ context.Context, name string) (io.ReadCloser, error) {
	data, ok := t[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(strings.NewReader(data)), nil
}

func (t tree) Names() ([]string, error) {
	return slices.DeleteFunc(slices.Collect(maps.Keys(t)), func(name string) bool { return name == "" }), nil
}

func (t tree) Close() error { return nil }

// history is the releases of a small guide, each after the one before.
type history struct {
	testing.TB
	signer, thief *Signer
	trees         []tree
	manifests     []*Manifest
}

const sums = "SHA256SUMS"

// newHistory makes n releases of files: of all but the first, every third page has
// changed, one has gone and one is new.
func newHistory(t testing.TB, n int) *history {
	h := &history{TB: t}
	for _, to := range []**Signer{&h.signer, &h.thief} {
		s, err := NewSigner()
		h.must(err)
		*to = s
	}
	for i := range n {
		pages := tree{}
		for p := range 9 {
			version := (i + 3 - p%3) / 3
			pages[fmt.Sprintf("en/page-%d.html", p)] = fmt.Sprintf("<p>Page %d says %d.</p>", p, version)
		}
		pages[fmt.Sprintf("en/only-%d.html", i)] = fmt.Sprintf("Only in release %d.", i+1)
		pages["index.html"] = fmt.Sprintf("<p>Release %d.</p>", i+1)
		h.add(pages)
	}
	return h
}

func (h *history) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// plan is that of every release.
var plan = Plan{Edition: "2026-11", Day: day, Lasts: 90 * 24 * time.Hour}

// add makes the next release of pages.
func (h *history) add(pages tree) {
	var former *Manifest
	if len(h.manifests) > 0 {
		former = h.manifests[len(h.manifests)-1]
	}
	made, m := h.release(pages, &Draft{Plan: plan, Former: former})
	h.trees, h.manifests = append(h.trees, made), append(h.manifests, m)
}

func (h *history) release(pages tree, d *Draft) (tree, *Manifest) {
	made := maps.Clone(pages)
	var list strings.Builder
	for _, name := range slices.Sorted(maps.Keys(made)) {
		fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256([]byte(made[name])), name)
	}
	made[sums] = list.String()
	var files []File
	for _, name := range slices.Sorted(maps.Keys(made)) {
		files = append(files, File{Name: name, Size: int64(len(made[name])), SHA256: sha256.Sum256([]byte(made[name]))})
	}
	m := d.Manifest(files).index()
	h.sign(made, m, h.signer)
	return made, m
}

// sign puts a manifest and its signature into a tree.
func (h *history) sign(t tree, m *Manifest, by *Signer) {
	m.raw = nil
	signature, err := by.Sign(m.Bytes())
	h.must(err)
	t[ManifestName], t[SignatureName] = string(m.Bytes()), string(signature)
}

// again returns a manifest that can be changed.
func again(m *Manifest) *Manifest {
	other := *m
	other.Files, other.raw = slices.Clone(m.Files), nil
	return &other
}

// pages are the names of a tree's files, but for what says what it is.
func (t tree) pages() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(t)), func(name string) bool {
		return name == "" || name == sums || name == ManifestName || name == SignatureName
	})
}

// attempt is one copy that somebody has tampered with, and what is known of the
// publisher.
type attempt struct {
	*history
	*rand.Rand
	tree
	seen   []int          // releases that were seen whole before, by their place in the history
	places map[string]int // the releases that places showed last
	now    time.Time
	keyed  bool
	want   Kind
	files  []string // "" for the release as a whole
}

func (a *attempt) pick(list []string) string { return list[a.IntN(len(list))] }

func (a *attempt) expect(kind Kind, files ...string) { a.want, a.files = kind, files }

// edit changes bytes of a file in one of many ways.
func (a *attempt) edit(name string) {
	data := []byte(a.tree[name])
	i := a.IntN(len(data))
	switch a.IntN(5) {
	case 0:
		data[i] ^= 1 << a.IntN(8)
	case 1:
		data = data[:i]
	case 2:
		data = append(data, data[:i+1]...)
	case 3:
		data = slices.Insert(data, i, 'x')
	case 4:
		data[i] = '0' + (data[i]-'0'+1+byte(a.IntN(8)))%10 | 1<<7
	}
	a.tree[name] = string(data)
}

// newest is the last release of the history; a copy of it is what most begin with.
const newest = 3

// tamperings are what somebody can do to a copy of the release newest, by name.
var tamperings = map[string]func(a *attempt){
	"bytes of a page":       func(a *attempt) { name := a.pick(a.pages()); a.edit(name); a.expect(Changed, name) },
	"bytes of the sums":     func(a *attempt) { a.edit(sums); a.expect(Changed, sums) },
	"bytes of the manifest": func(a *attempt) { a.edit(ManifestName); a.expect(Changed, ManifestName) },
	"a hash in the manifest": func(a *attempt) {
		name := a.pick(a.pages())
		a.edit(name)
		m := again(a.manifests[newest])
		for i := range m.Files {
			if m.Files[i].Name == name {
				m.Files[i].SHA256, m.Files[i].Size = sha256.Sum256([]byte(a.tree[name])), int64(len(a.tree[name]))
			}
		}
		a.tree[ManifestName] = string(m.Bytes())
		a.expect(Changed, ManifestName)
	},
	"another expiry": func(a *attempt) {
		m := again(a.manifests[newest])
		m.Expires = m.Expires.AddDate(1+a.IntN(9), 0, 0)
		a.tree[ManifestName] = string(m.Bytes())
		a.expect(Changed, ManifestName)
	},
	"bytes of the signature": func(a *attempt) {
		lines := strings.SplitAfter(a.tree[SignatureName], "\n")
		i := []int{1, 2, 3}[a.IntN(3)] // nobody vouches for the first
		line := []byte(lines[i])
		at := len("trusted comment: ") + a.IntN(len(line)-len("trusted comment: ")-6)
		line[at] = "ab"[btoi(line[at] == 'a')]
		lines[i] = string(line)
		a.tree[SignatureName] = strings.Join(lines, "")
		a.expect(Changed, SignatureName)
	},
	"two pages change places": func(a *attempt) {
		x, y := a.pick(a.pages()), a.pick(a.pages())
		for x == y {
			y = a.pick(a.pages())
		}
		a.tree[x], a.tree[y] = a.tree[y], a.tree[x]
		a.expect(Changed, x, y)
	},
	"no page":     func(a *attempt) { name := a.pick(a.pages()); delete(a.tree, name); a.expect(Missing, name) },
	"no sums":     func(a *attempt) { delete(a.tree, sums); a.expect(Missing, sums) },
	"no manifest": func(a *attempt) { delete(a.tree, ManifestName); a.expect(Missing, ManifestName) },
	"a new file": func(a *attempt) {
		name := fmt.Sprintf("%s/new-%d.html", a.pick([]string{"en", "fr", ".well-known"}), a.IntN(1e6))
		a.tree[name] = "Call me."
		a.expect(Extra, name)
	},
	"a page of the release before": func(a *attempt) {
		name := a.pick(a.changed(newest-1, newest))
		a.tree[name] = a.trees[newest-1][name]
		a.expect(Mixed, name)
	},
	"all pages but one of the release before": func(a *attempt) {
		list := a.changed(newest-1, newest)
		list = slices.Delete(list, 0, 1)
		for _, name := range list {
			a.tree[name] = a.trees[newest-1][name]
		}
		a.expect(Mixed, list...)
	},
	"a page of a later release that was seen": func(a *attempt) {
		a.tree = maps.Clone(a.trees[newest-1])
		name := a.pick(a.changed(newest-1, newest))
		a.tree[name] = a.trees[newest][name]
		a.seen = []int{newest}
		a.expect(Mixed, name)
	},
	"half an update: sums and pages, and the former manifest": func(a *attempt) {
		a.tree = maps.Clone(a.trees[newest-1])
		list := a.changed(newest-1, newest)
		list = list[:1+a.IntN(len(list))]
		for _, name := range append(list, sums) {
			a.tree[name] = a.trees[newest][name]
		}
		a.expect(Mixed, append(list, sums)...)
	},
	"a page that a former release had, left over": func(a *attempt) {
		name := fmt.Sprintf("en/only-%d.html", newest-1)
		a.tree[name] = a.trees[newest-1][name]
		a.seen = []int{newest - 1}
		a.expect(Mixed, name)
	},
	"the signature of another release": func(a *attempt) {
		a.tree[SignatureName] = a.trees[a.IntN(newest)][SignatureName]
		a.expect(Mixed, SignatureName)
	},
	"the manifest of another release": func(a *attempt) {
		a.tree[ManifestName] = a.trees[a.IntN(newest)][ManifestName]
		a.expect(Mixed, SignatureName)
	},
	"an older release": func(a *attempt) {
		a.tree = maps.Clone(a.trees[a.IntN(newest)])
		a.seen = []int{newest}
		a.expect(RolledBack, "")
	},
	"an older release than this place showed": func(a *attempt) {
		at := 1 + a.IntN(newest)
		a.tree = maps.Clone(a.trees[a.IntN(at)])
		a.seen, a.places = []int{at}, map[string]int{a.Place(): at}
		a.expect(RolledBack, "")
	},
	"a place that stays behind": func(a *attempt) {
		at := a.IntN(newest)
		a.tree = maps.Clone(a.trees[at])
		a.seen, a.places = []int{newest}, map[string]int{a.Place(): at, "elsewhere": newest}
		a.expect(Frozen, "")
	},
	"a serial that cannot be": func(a *attempt) {
		m := again(a.manifests[newest])
		m.Serial += 1000000 + a.Int64N(1<<50)
		a.sign(a.tree, m, a.signer)
		a.known(a.IntN(newest + 1))
		a.expect(FastForwarded, "")
	},
	"a date that cannot be": func(a *attempt) {
		m := again(a.manifests[newest])
		m.Released = m.Released.AddDate(2+a.IntN(99), 0, 0)
		m.Expires = m.Released
		a.sign(a.tree, m, a.signer)
		a.expect(FastForwarded, "")
	},
	"another release of this serial": func(a *attempt) {
		pages := maps.Clone(a.trees[newest])
		for _, name := range []string{sums, ManifestName, SignatureName} {
			delete(pages, name)
		}
		pages["index.html"] = fmt.Sprintf("Another %d.", a.IntN(1e9))
		a.tree, _ = a.release(pages, &Draft{Plan: plan, Former: a.manifests[newest-1]})
		a.seen = []int{newest}
		a.expect(Forked, "")
	},
	"a release after another one": func(a *attempt) {
		m := again(a.manifests[newest])
		other := Sum(sha256.Sum256(fmt.Append(nil, a.Int64())))
		m.Previous = &other
		a.sign(a.tree, m, a.signer)
		a.seen = []int{newest - 1}
		a.expect(Forked, "")
	},
	"signed by a thief": func(a *attempt) {
		name := a.pick(a.pages())
		a.edit(name)
		m := again(a.manifests[newest])
		for i := range m.Files {
			if m.Files[i].Name == name {
				m.Files[i].SHA256, m.Files[i].Size = sha256.Sum256([]byte(a.tree[name])), int64(len(a.tree[name]))
			}
		}
		a.sign(a.tree, m, a.thief)
		a.known(a.IntN(newest + 2))
		a.expect(WrongKey, "")
	},
	"not signed": func(a *attempt) { delete(a.tree, SignatureName); a.expect(Unsigned, "") },
	"a format of the future": func(a *attempt) {
		m := again(a.manifests[newest])
		m.Format = 2 + a.IntN(9)
		raw := m.Bytes()
		a.tree[ManifestName], a.tree[SignatureName] = string(raw), signAnything(a, raw)
		a.expect(Unreadable, ManifestName)
	},
	"its time is over": func(a *attempt) {
		a.now = a.manifests[newest].Expires.Add(time.Duration(1+a.IntN(9999)) * time.Hour)
		a.known(a.IntN(newest + 2))
		a.expect(Expired, "")
	},
	"nobody to vouch": func(a *attempt) { a.keyed = false; a.expect(Unvouched, "") },
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// known makes a release known, none when there is no such.
func (a *attempt) known(at int) {
	if at <= newest {
		a.seen = []int{at}
	}
}

// changed are the pages that two releases share and that differ.
func (h *history) changed(a, b int) (list []string) {
	for _, name := range h.trees[b].pages() {
		if was, there := h.trees[a][name]; there && was != h.trees[b][name] {
			list = append(list, name)
		}
	}
	return list
}

// verify holds a copy against what the attempt knows.
func (a *attempt) verify(c Copy, memory string) *Report {
	key := a.signer.Key()
	v := &Verifier{Memory: memory, Now: a.now}
	if a.keyed {
		v.Key = &key
	}
	for _, at := range a.seen {
		var known *Memory
		a.must(known.remember(memory, key, key, "elsewhere", a.manifests[at], a.now))
	}
	if len(a.places) > 0 {
		known, err := Recall(memory, key)
		a.must(err)
		for place, at := range a.places {
			a.must(known.remember(memory, key, key, place, a.manifests[at], a.now))
		}
	}
	r, err := v.Verify(a.Context(), c)
	if err != nil {
		a.Fatalf("%v", err)
	}
	return r
}

func (a *attempt) begin() {
	a.tree, a.seen, a.places, a.keyed = maps.Clone(a.trees[newest]), nil, nil, true
	a.now = a.manifests[newest].Released.Add(time.Hour)
}

// Ten thousand times somebody tampers with a copy, and each time it is caught and
// called what it was, and nothing else is; an honest copy is called good.
func TestTamperings(t *testing.T) {
	a := &attempt{history: newHistory(t, newest+1), Rand: rand.New(rand.NewPCG(15, 2))}
	names := slices.Sorted(maps.Keys(tamperings))
	times := 10000
	memory, err := os.MkdirTemp("/dev/shm", "fieldguide-")
	if err != nil {
		memory = t.TempDir()
	}
	defer os.RemoveAll(memory)
	counts := map[Kind]int{}
	for n := range times {
		a.begin()
		name := names[n%len(names)]
		tamperings[name](a)
		dir := filepath.Join(memory, fmt.Sprint(n))
		r := a.verify(a.tree, dir)
		var wrong bool
		var found []string
		for _, p := range r.Problems {
			wrong = wrong || p.Kind != a.want
			found = append(found, p.File)
		}
		slices.Sort(found)
		slices.Sort(a.files)
		if wrong || !slices.Equal(found, a.files) || r.Good() != a.want.Warns() {
			t.Fatalf("tampering %d, %s: want %s of %q, got %v", n, name, a.want, a.files, r.Problems)
		}
		if known, _ := Recall(dir, a.signer.Key()); !r.Good() && serial(known.Newest()) != a.seenSerial() {
			t.Fatalf("tampering %d, %s: it is remembered", n, name)
		}
		counts[a.want]++
		os.RemoveAll(dir)
	}
	for _, kind := range Kinds {
		t.Logf("%-14s %5d caught and named", kind, counts[kind])
		if counts[kind] == 0 {
			t.Errorf("nobody tried %s", kind)
		}
	}
	for n := range 100 {
		a.begin()
		a.known(n % (newest + 2))
		if r := a.verify(a.tree, filepath.Join(memory, "good", fmt.Sprint(n))); len(r.Problems) > 0 || r.Files != len(a.tree)-2 {
			t.Fatalf("an honest copy: %v", r.Problems)
		} else if (len(r.Unknown) > 0) != (len(a.seen) == 0) {
			t.Fatalf("first contact: %v", r.Unknown)
		}
	}
	attacks(t, counts)
}

func (a *attempt) seenSerial() int64 {
	if len(a.seen) == 0 {
		return 0
	}
	return a.manifests[a.seen[0]].Serial
}

func serial(m *Manifest) int64 {
	if m == nil {
		return 0
	}
	return m.Serial
}

// attacks reads the table of what is covered, and holds it against what was tried.
func attacks(t *testing.T, tried map[Kind]int) {
	data, err := os.ReadFile("testdata/attacks.tsv")
	if err != nil {
		t.Fatal(err)
	}
	listed := 0
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		listed++
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != 4 || !slices.Contains([]string{"yes", "part", "no"}, cells[1]) {
			t.Errorf("%q: want attack, yes, part or no, kinds, and how", line)
			continue
		}
		for kind := range strings.FieldsSeq(cells[2]) {
			if tried[Kind(kind)] == 0 {
				t.Errorf("%s is called covered by %s, which nobody tried", cells[0], kind)
			}
		}
	}
	if listed != 11 {
		t.Errorf("the table lists %d attacks; there are 11", listed)
	}
}

// The same on a disk, in a ZIP and behind a server: but a server cannot be asked
// for what nobody knows of.
func TestTamperingsElsewhere(t *testing.T) {
	a := &attempt{history: newHistory(t, newest+1), Rand: rand.New(rand.NewPCG(15, 3))}
	for n, name := range slices.Sorted(maps.Keys(tamperings)) {
		for kind, open := range map[string]func(tree) Copy{"folder": a.onDisk, "ZIP": a.inZIP, "server": a.served} {
			a.begin()
			tamperings[name](a)
			if a.places != nil || a.tree[ManifestName] == "" && kind == "ZIP" || kind == "server" && (a.want == Extra || len(a.seen) > 0 && a.want == Mixed) {
				continue
			}
			c := open(a.tree)
			r := a.verify(c, filepath.Join(t.TempDir(), fmt.Sprint(n)))
			if len(r.Problems) != len(a.files) || r.Problems[0].Kind != a.want {
				t.Errorf("%s in a %s: want %s of %q, got %v", name, kind, a.want, a.files, r.Problems)
			}
			c.Close()
		}
	}
	a.begin()
	delete(a.tree, "index.html")
	dir := a.onDisk(a.tree)
	if err := os.Symlink("en/page-1.html", filepath.Join(dir.Place(), "index.html")); err != nil {
		t.Skip(err)
	}
	if r := a.verify(dir, t.TempDir()); len(r.Problems) != 1 || r.Problems[0].Kind != Changed {
		t.Errorf("a link in the place of a page: %v", r.Problems)
	}
}

func (h *history) onDisk(t tree) Copy {
	dir, err := os.MkdirTemp("", "fieldguide-")
	h.must(err)
	h.Cleanup(func() { os.RemoveAll(dir) })
	for name, data := range t {
		if name != "" {
			h.must(os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
			h.must(os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666))
		}
	}
	c, err := OpenCopy(dir)
	h.must(err)
	return c
}

func (h *history) inZIP(t tree) Copy {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(t)) {
		w, err := z.Create("guide/" + name)
		h.must(err)
		io.WriteString(w, t[name])
	}
	h.must(z.Close())
	dir := h.onDisk(tree{"guide.zip": b.String()}).Place()
	c, err := OpenCopy(filepath.Join(dir, "guide.zip"))
	h.must(err)
	return c
}

func (h *history) served(t tree) Copy {
	dir := h.onDisk(t).Place()
	s := httptest.NewServer(http.FileServer(http.Dir(dir)))
	h.Cleanup(s.Close)
	c, err := newSite(s.URL, s.Client())
	h.must(err)
	return plain{c}
}

// plain asks for index.html as what it is, which Go's server answers elsewhere.
type plain struct{ *site }

func (p plain) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	return p.site.Open(ctx, strings.TrimSuffix(name, "index.html"))
}

// A mirror that never stops sending fills no disk and no memory.
func TestEndlessData(t *testing.T) {
	h := newHistory(t, 1)
	for _, endless := range []string{"index.html", SignatureName} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			data, name := h.trees[0], strings.TrimPrefix(r.URL.Path, "/")
			io.WriteString(w, data[name])
			for name == endless {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}))
		c, err := newSite(s.URL, s.Client())
		h.must(err)
		key := h.signer.Key()
		r, err := (&Verifier{Key: &key, Now: day}).Verify(t.Context(), c)
		if err != nil || len(r.Problems) != 1 || r.Problems[0].Kind != Changed || r.Problems[0].File != endless {
			t.Errorf("%s without an end: %v, %v", endless, err, r.Problems)
		}
		s.CloseClientConnections()
		s.Close()
	}
}

// A mirror that sends nothing more is given up.
func TestSlowRetrieval(t *testing.T) {
	h := newHistory(t, 1)
	stop := make(chan bool)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "index.html" {
			w.Header().Set("Content-Length", "99")
			io.WriteString(w, "<p>")
			w.(http.Flusher).Flush()
			<-stop
			return
		}
		io.WriteString(w, h.trees[0][name])
	}))
	defer s.Close()
	defer close(stop)
	c, err := newSite(s.URL, s.Client())
	h.must(err)
	c.silence = 100 * time.Millisecond
	key := h.signer.Key()
	r, err := (&Verifier{Key: &key, Now: day}).Verify(t.Context(), c)
	if err != nil || len(r.Problems) != 1 || r.Problems[0].Kind != Unreadable || !strings.Contains(r.Problems[0].Message, "silent") {
		t.Errorf("%v, %v", err, r)
	}
}

// A release names the key that signs the next ones; from then on the former key is
// worth nothing.
func TestNextKey(t *testing.T) {
	h := newHistory(t, 1)
	pages := maps.Clone(h.trees[0])
	for _, name := range []string{sums, ManifestName, SignatureName} {
		delete(pages, name)
	}
	old, young := h.signer, h.thief
	next := plan
	next.Next = KeyLine(young.Key())
	naming, m := h.release(pages, &Draft{Plan: next, Former: h.manifests[0]})
	after, second := h.release(tree{"index.html": "new"}, &Draft{Plan: plan, Former: m})
	h.sign(after, second, young)
	last, third := h.release(tree{"index.html": "newer"}, &Draft{Plan: plan, Former: second})
	h.sign(last, third, old) // who has stolen it

	memory, key := t.TempDir(), old.Key()
	v := &Verifier{Key: &key, Memory: memory, Now: day.AddDate(0, 1, 0)}
	look := func(c tree) *Report {
		r, err := v.Verify(t.Context(), c)
		h.must(err)
		return r
	}
	if r := look(after); len(r.Problems) != 1 || r.Problems[0].Kind != WrongKey {
		t.Errorf("before anybody has named the next key: %v", r.Problems)
	}
	for _, c := range []tree{h.trees[0], naming, after} {
		if r := look(c); len(r.Problems) > 0 {
			t.Errorf("release %d: %v", r.Serial, r.Problems)
		}
	}
	if r := look(last); len(r.Problems) != 1 || r.Problems[0].Kind != WrongKey {
		t.Errorf("by the former key: %v", r.Problems)
	}
}

// The C program minisign verifies what is signed here, and here what it signs.
func TestMinisign(t *testing.T) {
	if _, err := exec.LookPath("minisign"); err != nil {
		if os.Getenv("FIELDGUIDE_TOOLS") == "required" {
			t.Fatal("minisign is missing")
		}
		t.Skip("needs minisign")
	}
	h := newHistory(t, 1)
	dir := h.onDisk(h.trees[0]).Place()
	h.must(os.WriteFile(filepath.Join(dir, "test.pub"), KeyFile(h.signer.Key()), 0o666))
	run := func(args ...string) (string, error) {
		cmd := exec.Command("minisign", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	out, err := run("-V", "-p", "test.pub", "-m", ManifestName)
	if err != nil || !strings.Contains(out, "release 1 of a fieldguide, sha256 "+hex.EncodeToString(sumOf(h.manifests[0]))) {
		t.Errorf("%v: %s", err, out)
	}
	if out, err = run("-V", "-P", KeyLine(h.signer.Key()), "-m", ManifestName); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if out, err := run("-V", "-P", KeyLine(h.thief.Key()), "-m", ManifestName); err == nil {
		t.Errorf("with another key: %s", out)
	}
	if out, err := run("-G", "-W", "-p", "c.pub", "-s", "c.key"); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if out, err := run("-S", "-s", "c.key", "-m", ManifestName); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	key, err := ReadKey(filepath.Join(dir, "c.pub"))
	h.must(err)
	h.must(os.Remove(filepath.Join(dir, "c.pub")))
	h.must(os.Remove(filepath.Join(dir, "c.key")))
	h.must(os.Remove(filepath.Join(dir, "test.pub")))
	c, err := OpenCopy(dir)
	h.must(err)
	if r, err := (&Verifier{Key: &key, Now: day}).Verify(t.Context(), c); err != nil || len(r.Problems) > 0 {
		t.Errorf("%v, %v", err, r.Problems)
	}
}

func sumOf(m *Manifest) []byte { s := m.Sum(); return s[:] }

// signAnything signs what is no manifest of today.
func signAnything(a *attempt, data []byte) string {
	return string(minisign.SignWithComments(a.signer.key, data, fmt.Sprintf(comment, newest+1, sha256.Sum256(data)), "test"))
}

// A bundle is held against the manifest that lies beside it.
func TestOneBundle(t *testing.T) {
	h := newHistory(t, 1)
	pages := tree{"downloads/a.zip": h.zipped(), "index.html": "x"}
	made, _ := h.release(pages, &Draft{Plan: plan})
	dir := h.onDisk(made).Place()
	key := h.signer.Key()
	v := &Verifier{Key: &key, Now: day}
	look := func(name string) *Report {
		c, err := OpenCopy(filepath.Join(dir, name))
		h.must(err)
		defer c.Close()
		r, err := v.Verify(t.Context(), c)
		h.must(err)
		return r
	}
	if r := look("downloads/a.zip"); len(r.Problems) > 0 || r.Files != 1 {
		t.Errorf("%+v", r)
	}
	h.must(os.Rename(filepath.Join(dir, "downloads/a.zip"), filepath.Join(dir, "a.zip")))
	if r := look("a.zip"); len(r.Problems) != 1 || r.Problems[0].Kind != Extra {
		t.Errorf("of another name: %v", r.Problems)
	}
	h.must(os.WriteFile(filepath.Join(dir, "downloads/a.zip"), []byte(h.zipped("more")), 0o666))
	if r := look("downloads/a.zip"); len(r.Problems) != 1 || r.Problems[0].Kind != Changed {
		t.Errorf("with other bytes: %v", r.Problems)
	}
	h.must(os.Remove(filepath.Join(dir, ManifestName)))
	if _, err := OpenCopy(filepath.Join(dir, "downloads/a.zip")); err == nil || !strings.Contains(err.Error(), "none lies beside it") {
		t.Errorf("alone: %v", err)
	}
}

func (h *history) zipped(names ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range append(names, "index.html") {
		_, err := z.Create(name)
		h.must(err)
	}
	h.must(z.Close())
	return b.String()
}
