package judges

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/sitetest"
)

// A thousand times one digit of a page changes, and nobody who copies, serves
// or reads goes on with the former page: not unzip, also when it takes only what is
// newer, nor rsync, which takes an unpacked ZIP to a mirror, nor a browser, which
// asks a server whether what it holds is still good. When times stand still, each of
// them does, but for a server that knows more than the time.
func TestStale(t *testing.T) {
	good := newMirror(t, func(string) error { return nil })
	for range 5 {
		good.edit(200)
		good.update()
	}
	t.Logf("%d edits, pages compared: %v", good.edits, good.compared)
	for _, way := range ways {
		if stale := good.stale[way]; stale > 0 || good.compared[way] < good.edits {
			t.Errorf("%s: %s of %d stale", way, plural(stale, "page"), good.compared[way])
		}
	}

	bad := newMirror(t, standStill)
	bad.edit(200)
	bad.update()
	t.Logf("when times stand still, stale pages: %v", bad.stale)
	for _, way := range ways {
		if way == "public, lighttpd"+byTag {
			continue // its tags tell one inode from another, too
		}
		if bad.stale[way] < bad.edits {
			t.Errorf("%s: times stand still, and %d edits make %s", way, bad.edits, plural(bad.stale[way], "stale page"))
		}
	}
}

// The ways that a page takes to a reader: a copy, or what a server shows of one or
// of what was built.
const (
	byUpdate = "unzip -u"
	byCopy   = "unzip, rsync"
)

const byTime, byTag = ", If-Modified-Since", ", If-None-Match"

// ways are all of them; showing are those through a server, with its folder.
var ways, showing = allWays()

func allWays() (ways []string, showing map[string]string) {
	ways, showing = []string{byUpdate, byCopy}, map[string]string{}
	for _, s := range servers {
		for _, folder := range []string{"mirror", "public"} {
			for _, held := range []string{byTime, byTag} {
				way := folder + ", " + s.name + held
				ways = append(ways, way)
				showing[way] = folder + "/"
			}
		}
	}
	return ways, showing
}

// mirror is a small site with what others hold of it.
type mirror struct {
	*testing.T
	random   *rand.Rand
	sources  fstest.MapFS
	dir      string                    // public, its ZIP unpacked, and mirror, a copy of that
	spoil    func(public string) error // is done to every finished site
	servers  map[string]string         // addresses, by name
	held     map[string]answer         // by a browser, by way and name
	edits    int
	compared map[string]int // pages, by way
	stale    map[string]int
}

// answer is what a server said of a page.
type answer struct{ body, modified, tag string }

const (
	numbered = 250 // pages that have a number each
	source   = "content/en/page-%03d.md"
	archive  = "downloads/small-en-guide.zip"
)

// newMirror is a site before the first edit, and everybody holds its pages.
func newMirror(t *testing.T, spoil func(string) error) *mirror {
	need(t, "unzip")
	need(t, "rsync")
	m := &mirror{T: t, random: rand.New(rand.NewPCG(9, 3)), dir: openFolder(t), spoil: spoil, held: map[string]answer{},
		compared: map[string]int{}, stale: map[string]int{}}
	m.sources = sitetest.Over("-- content/site.yaml + --\n" +
		"bundles: {name: small, units: [{id: guide, formats: [zip]}]}\n")
	for n := range numbered {
		text := fmt.Sprintf("---\ntitle: Page %d\nsummary: It has a number.\n---\nCall %09d.\n", n, m.random.IntN(1e9))
		m.sources[fmt.Sprintf(source, n)] = &fstest.MapFile{Data: []byte(text)}
	}
	m.servers = map[string]string{}
	for _, s := range servers {
		m.servers[s.name] = s.plain(t, m.dir)
	}
	m.update()
	return m
}

// edit changes one digit on each of some pages.
func (m *mirror) edit(pages int) {
	for _, n := range m.random.Perm(numbered)[:pages] {
		data := m.sources[fmt.Sprintf(source, n)].Data
		digit := &data[len(data)-len("123456789.\n")+m.random.IntN(9)]
		*digit = '0' + (*digit-'0'+1+byte(m.random.IntN(9)))%10
		m.edits++
	}
}

// update builds the site over the former one, unpacks its ZIP over the former
// one, takes that to the mirror, and compares what each way shows of a page
// with what was made.
func (m *mirror) update() {
	public, unpacked := filepath.Join(m.dir, "public"), filepath.Join(m.dir, "unpacked")
	copied := filepath.Join(m.dir, "mirror")
	m.must(m.build(public))
	m.must(m.spoil(public))
	updated := filepath.Join(m.dir, "updated")
	m.run("unzip", "-oq", filepath.Join(public, archive), "-d", unpacked)
	m.run("unzip", "-uoq", filepath.Join(public, archive), "-d", updated)
	m.run("rsync", "-a", "--delete", unpacked+"/", copied)

	packed, err := zip.OpenReader(filepath.Join(public, archive))
	m.must(err)
	defer packed.Close()
	m.compare(packed, "mirror/", map[string]func(name string) string{
		byUpdate: func(name string) string { return m.read(os.DirFS(updated), name) },
		byCopy:   func(name string) string { return m.read(os.DirFS(copied), name) },
	})
	m.compare(os.DirFS(public), "public/", map[string]func(name string) string{})
}

func (m *mirror) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

func (m *mirror) build(dir string) error {
	tree, err := output.Stage(dir)
	if err != nil {
		return err
	}
	defer tree.Discard()
	res, err := build.Build(m.Context(), m.sources, tree, build.Options{Bundles: bundle.Formats})
	if err != nil {
		return err
	}
	if res.Failed() {
		return fmt.Errorf("%d findings, first %v", len(res.Findings), res.Findings[0])
	}
	return tree.Publish()
}

// run runs a program in a zone that is not ours.
func (m *mirror) run(name string, args ...string) {
	cmd := exec.CommandContext(m.Context(), name, args...)
	cmd.Env = append(os.Environ(), "TZ=NPT-5:45")
	if out, err := cmd.CombinedOutput(); err != nil {
		m.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func (m *mirror) compare(made fs.FS, folder string, shows map[string]func(name string) string) {
	for way, in := range showing {
		if in == folder {
			shows[way] = func(name string) string { return m.ask(way, name) }
		}
	}
	m.must(fs.WalkDir(made, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" || !strings.HasPrefix(name, "en/") {
			return err
		}
		want := m.read(made, name)
		for way, show := range shows {
			m.compared[way]++
			if show(name) != want {
				m.stale[way]++
			}
		}
		return nil
	}))
}

func (m *mirror) read(fsys fs.FS, name string) string {
	data, err := fs.ReadFile(fsys, name)
	m.must(err)
	return string(data)
}

// ask returns the page that a browser shows: what it holds, when the server
// says that this is still good.
func (m *mirror) ask(way, name string) string {
	server, _, _ := strings.Cut(strings.SplitN(way, ", ", 2)[1], ", ")
	r, err := http.NewRequestWithContext(m.Context(), http.MethodGet, m.servers[server]+showing[way]+name, nil)
	m.must(err)
	held, holds := m.held[way+name]
	switch {
	case holds && strings.HasSuffix(way, byTime):
		r.Header.Set("If-Modified-Since", held.modified)
	case holds:
		r.Header.Set("If-None-Match", held.tag)
	}
	resp, err := client.Do(r)
	m.must(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	m.must(err)
	switch {
	case resp.StatusCode == http.StatusNotModified:
		return held.body
	case resp.StatusCode != http.StatusOK || resp.Header.Get("Last-Modified") == "" || resp.Header.Get("ETag") == "":
		m.Fatalf("%s: %s, %v", name, resp.Status, resp.Header)
	}
	m.held[way+name] = answer{string(body), resp.Header.Get("Last-Modified"), resp.Header.Get("ETag")}
	return string(body)
}

// standStill gives all files of a site, and those in its ZIP, one time.
func standStill(public string) error {
	still := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	name := filepath.Join(public, archive)
	r, err := zip.OpenReader(name)
	if err != nil {
		return err
	}
	defer r.Close()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		f.SetModTime(still)
		if err := w.Copy(f); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		return err
	}
	return filepath.WalkDir(public, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(name, still, still)
	})
}
