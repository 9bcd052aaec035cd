package judges

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fieldguide/build/bundle"
	"fieldguide/build/site"
	"fieldguide/build/zim"

	"golang.org/x/net/html"
)

// taken is a bundle as its reader has it: a ZIP unpacked, or a file in a
// folder of its own.
type taken struct {
	bundle.Made
	unit  *site.Unit
	guide *guide // the folder
}

var (
	zips = taking("zip", func(file, dir string) error {
		out, err := exec.Command("unzip", "-q", file, "-d", dir).CombinedOutput()
		if err != nil {
			return fmt.Errorf("unzip: %w\n%s", err, out)
		}
		return nil
	})
	singles = taking("html", func(file, dir string) error {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, filepath.Base(file)), data, 0o666)
	})
)

// taking returns a function that takes away all bundles of a format, once.
func taking(format string, unpack func(file, dir string) error) func(*testing.T) []*taken {
	all := sync.OnceValues(func() ([]*taken, error) {
		g, err := built()
		if err != nil {
			return nil, err
		}
		tmp, err := os.MkdirTemp("", "judges-"+format)
		if err != nil {
			return nil, err
		}
		atEnd(func() { os.RemoveAll(tmp) })
		var list []*taken
		for _, m := range g.bundles {
			if m.Format != format {
				continue
			}
			dir := filepath.Join(tmp, name(m))
			err := os.Mkdir(dir, 0o777)
			if err == nil {
				err = unpack(g.on(m), dir)
			}
			if err != nil {
				return nil, err
			}
			k := &taken{Made: m, unit: g.unit(m), guide: &guide{Site: g.Site, dir: dir}}
			if err := k.guide.read(g.known()); err != nil {
				return nil, err
			}
			list = append(list, k)
		}
		return list, nil
	})
	return func(t *testing.T) []*taken {
		t.Helper()
		if format == "zip" {
			need(t, "unzip")
		}
		the(t).made(t, format)
		list, err := all()
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
}

// few returns the bundles that stand for all where a browser takes its time:
// those in Arabic, in the source language, and in all languages together.
func few(list []*taken) []*taken {
	return slices.DeleteFunc(slices.Clone(list), func(k *taken) bool {
		return k.Language != nil && k.Language.Code != "ar" && k.Language != k.guide.Source
	})
}

// made returns the bundles of a format. There are none of a site with errors.
func (g *guide) made(t testing.TB, format string) []bundle.Made {
	t.Helper()
	list := slices.DeleteFunc(slices.Clone(g.bundles), func(m bundle.Made) bool { return m.Format != format })
	if len(list) == 0 {
		t.Fatalf("there is no bundle of format %s; TestFindings may say why", format)
	}
	return list
}

// on returns the path of a bundle on the disk.
func (g *guide) on(m bundle.Made) string { return filepath.Join(g.dir, m.File) }

// name is the name of a bundle's file, without its ending.
func name(m bundle.Made) string { return strings.TrimSuffix(filepath.Base(m.File), "."+m.Format) }

// unit returns what a bundle holds.
func (g *guide) unit(m bundle.Made) *site.Unit {
	i := slices.IndexFunc(g.Bundles.Units, func(u site.Unit) bool { return u.ID == m.Unit })
	return &g.Bundles.Units[i]
}

// holds reports whether a bundle promises a page: one of its unit that is not
// kept from view and needs no network.
func (k *taken) holds(f *site.Family) bool {
	return k.unit.Holds(f) && !f.Kind.Hidden && !f.Kind.Online
}

// ofASet reports whether a bundle is one of a set or a band.
func (g *guide) ofASet(u *site.Unit) bool {
	return u.Set != "" || slices.ContainsFunc(g.Families, func(f *site.Family) bool {
		return f.Band != nil && f.Path == u.Folder+"/index"
	})
}

// known returns the pages of the site without their bytes, by name, so that a
// copy of one is known again.
func (g *guide) known() map[string]*page {
	known := map[string]*page{}
	for _, p := range g.pages {
		known[p.name] = &page{family: p.family, lang: p.lang}
	}
	return known
}

// isCover reports whether a document is no page of the site: the first page of
// a bundle, or what stands for a page that the bundle does not hold.
func isCover(root *html.Node) bool {
	body := find(root, "body")
	return body == nil || attr(body, "class") == "cover"
}

// Two builds of the same sources, in other folders, zones and on another
// number of cores, make the same bundles.
func TestBundlesSame(t *testing.T) {
	t.Parallel() // it keeps one core busy
	g, dir := the(t), t.TempDir()
	command := filepath.Join(dir, "fieldguide")
	if out, err := exec.Command("go", "build", "-o", command, "fieldguide/cmd/fieldguide").CombinedOutput(); err != nil {
		t.Fatalf("building the command: %v\n%s", err, out)
	}
	elsewhere := filepath.Join(dir, "else where")
	for _, folder := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(elsewhere, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(command, "build", "--site", elsewhere, "--out", filepath.Join(dir, "public"))
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "TZ=Pacific/Kiritimati", "LC_ALL=C")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building the site elsewhere: %v\n%s", err, out)
	}
	here, there := sums(t, g.dir), sums(t, filepath.Join(dir, "public"))
	if len(here) < len(g.bundles) || len(g.bundles) == 0 {
		t.Fatalf("%d files in downloads/, %d bundles made", len(here), len(g.bundles))
	}
	for _, file := range slices.Sorted(maps.Keys(here)) {
		if here[file] != there[file] {
			t.Errorf("%s has other bytes, or is missing", file)
		}
		delete(there, file)
	}
	for file := range there {
		t.Errorf("%s is new", file)
	}
}

// sums returns what lies in the folder downloads of a site, by name.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	entries, err := os.ReadDir(filepath.Join(dir, "downloads"))
	for _, e := range entries {
		var data []byte
		if data, err = os.ReadFile(filepath.Join(dir, "downloads", e.Name())); err != nil {
			break
		}
		list[e.Name()] = string(data)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Bundles are small enough for the ways they travel: a memory card of the
// smallest kind, a chat message, a bad line.
func TestBundlesLight(t *testing.T) {
	const floppy = 1_440_000
	g := the(t)
	single, zipped := g.Limits.File, g.Limits.FileZipped
	smallest := 0
	for _, m := range g.bundles {
		u := g.unit(m)
		if u.All && (smallest == 0 || m.Bytes < smallest) {
			smallest = m.Bytes
		}
		if m.Format != "html" || !g.ofASet(u) {
			continue
		}
		data, err := os.ReadFile(g.on(m))
		if err != nil {
			t.Fatal(err)
		}
		small := len(gzipped(data))
		t.Logf("%-40s %7d bytes, %6d zipped", name(m), len(data), small)
		if len(data) > single {
			t.Errorf("%s.html has %d bytes, %d more than %d", name(m), len(data), len(data)-single, single)
		}
		if small > zipped {
			t.Errorf("%s.html has %d bytes zipped, %d more than %d", name(m), small, small-zipped, zipped)
		}
	}
	t.Logf("the whole guide in all languages has %d bytes", smallest)
	if smallest == 0 || smallest > floppy {
		t.Errorf("the whole guide in all languages has %d bytes; %d fit", smallest, floppy)
	}
}

// The page that readers leave to is the very same in every copy: it has no ways
// that a copy would lack, and tells of nothing there either.
func TestExitPageSame(t *testing.T) {
	g := the(t)
	same := func(file, name string, data []byte) bool {
		p := g.page(name)
		if p == nil || p.family == nil || !g.IsExit(p.family) {
			return false
		}
		if !bytes.Equal(data, p.data) {
			t.Errorf("%s: %s is not as in the site:\n%s", file, name, data)
		}
		return true
	}
	for _, k := range zips(t) {
		found := false
		for _, p := range k.guide.pages {
			found = same(k.File, p.name, p.data) || found
		}
		if !found {
			t.Errorf("%s has no page to leave to", k.File)
		}
	}
	for _, m := range g.made(t, "zim") {
		data, err := os.ReadFile(g.on(m))
		if err != nil {
			t.Fatal(err)
		}
		_, entries, err := zim.Read(data)
		if err != nil {
			t.Fatalf("%s: %v", m.File, err)
		}
		found := false
		for _, e := range entries {
			found = same(m.File, e.Path, e.Content) || found
		}
		if !found {
			t.Errorf("%s has no page to leave to", m.File)
		}
	}
}
