package bundle_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/sitetest"

	"golang.org/x/net/html"
)

// The sites of testdata show what is in bundles. To add a case, add a site: all
// tests below read its bundles too.
func TestSites(t *testing.T) { sitetest.Run(t, "testdata/*.txtar") }

// bundles returns what is made of each site of testdata, by name.
func bundles(t *testing.T, each func(t *testing.T, name string, data []byte)) {
	t.Helper()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no sites: %v", err)
	}
	for _, archive := range archives {
		text, err := os.ReadFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		_, tree := sitetest.Build(t, sitetest.Over(string(text)))
		for _, f := range tree.Files() {
			if !strings.HasPrefix(f.Name, "downloads/") {
				continue
			}
			data, err := tree.ReadFile(f.Name)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(filepath.Base(archive)+"/"+path.Base(f.Name), func(t *testing.T) { each(t, f.Name, data) })
		}
	}
}

// A bundle depends on nothing but itself: whatever it links to or shows lies in
// it, and ids are there once.
func TestBundlesAreWhole(t *testing.T) {
	bundles(t, func(t *testing.T, name string, data []byte) {
		files, ext := map[string][]byte{path.Base(name): data}, path.Ext(name)
		if ext != ".html" {
			files = sitetest.Inside(ext, data)
		}
		if ext != ".html" && ext != ".epub" && files["index.html"] == nil {
			t.Error("there is no index.html to begin with")
		}
		pages := map[string]*links{}
		for _, file := range slices.Sorted(maps.Keys(files)) {
			if e := path.Ext(file); e == ".html" || e == ".xhtml" {
				pages[file] = read(t, file, files[file])
			}
		}
		for from, page := range pages {
			for _, address := range page.to {
				u, err := url.Parse(address)
				if err != nil || u.Scheme != "" {
					continue
				}
				target := from
				if u.Path != "" {
					target = path.Join(path.Dir(from), u.Path)
				}
				if files[target] == nil {
					t.Errorf("%s leads to %s, which is not in the bundle", from, address)
				} else if to := pages[target]; u.Fragment != "" && to != nil && len(to.ids) > 0 && !to.ids[u.Fragment] && (ext == ".html" || ext == ".epub") {
					t.Errorf("%s leads to %s, which has no such place", from, address)
				}
			}
		}
	})
}

// links are the addresses and ids of a page.
type links struct {
	to  []string
	ids map[string]bool
}

func read(t *testing.T, name string, text []byte) *links {
	page := &links{ids: map[string]bool{}}
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "href", "src":
				page.to = append(page.to, a.Val)
			case "id":
				if page.ids[a.Val] {
					t.Errorf("%s has the id %q twice", name, a.Val)
				}
				page.ids[a.Val] = true
			}
		}
	}
	return page
}

// What e-readers get is XML.
func TestBooksAreWellFormed(t *testing.T) {
	bundles(t, func(t *testing.T, name string, data []byte) {
		if path.Ext(name) != ".epub" {
			return
		}
		for file, text := range sitetest.Inside(".epub", data) {
			if e := path.Ext(file); e != ".xhtml" && e != ".opf" && e != ".xml" {
				continue
			}
			for d := xml.NewDecoder(bytes.NewReader(text)); ; {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Errorf("%s: %v\n%s", file, err, text)
					break
				}
			}
		}
	})
}

// The same sources give the same bundles, wherever they lie, however many cores
// there are and whatever the hour and the zone.
func TestSameSourcesSameBundles(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	defer func(local *time.Location) { time.Local = local }(time.Local)
	text, err := os.ReadFile("testdata/names.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var first []output.File
	for i, cores := range []int{1, 4, 2} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, sitetest.Over(string(text))); err != nil {
			t.Fatal(err)
		}
		runtime.GOMAXPROCS(cores)
		time.Local = time.FixedZone("", (i-1)*12*3600)
		tree := output.Memory()
		if _, err := build.Build(t.Context(), os.DirFS(dir), tree, build.Options{Bundles: bundle.Steady()}); err != nil {
			t.Fatal(err)
		}
		files := slices.DeleteFunc(tree.Files(), func(f output.File) bool { return !strings.HasPrefix(f.Name, "downloads/") })
		if len(files) != 3*2*4 {
			t.Fatalf("%d bundles were made, want two units in four formats and three languages", len(files))
		}
		if first == nil {
			first = files
		}
		for n, f := range files {
			if f != first[n] {
				t.Errorf("with %d cores %s has other bytes than with one", cores, f.Name)
			}
		}
	}
}
