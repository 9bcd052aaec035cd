package judges

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/site"

	"golang.org/x/net/html"
)

const root = "../.." // the repository

// mount is where the server shows the site: never at its top, because mirrors
// put it anywhere.
const mount = "/any/path/"

// guide is the repository's site as readers get it.
type guide struct {
	*site.Site
	sources  fs.FS
	dir      string // the finished site
	findings []site.Finding
	bundles  []bundle.Made // in downloads/
	pages    []*page
	server   *httptest.Server
	mu       sync.Mutex
	requests map[string]int // by path
	texts    struct {
		sync.Mutex
		of map[*site.Family][][]string // by language
	}
}

// page is one finished page.
type page struct {
	name   string         // "fr/help/index.html"
	family *site.Family   // nil for the chooser and 404
	lang   *site.Language // whose reader it is for; nil for those two
	data   []byte
	root   *html.Node
}

// kind names the page's kind, or the file for a page that has none.
func (p *page) kind() string {
	if p.family == nil {
		return p.name
	}
	return p.family.Kind.ID
}

// searches reports whether this is the search page, the one kind with a script.
func (p *page) searches() bool { return p.family != nil && p.family.Kind.Layout == site.SearchLayout }

// the returns the site, built once for all tests.
func the(t testing.TB) *guide {
	t.Helper()
	g, err := built()
	if err != nil {
		t.Fatal(err)
	}
	bill(t)
	return g
}

var built = sync.OnceValues(func() (*guide, error) {
	tmp, err := os.MkdirTemp("", "judges-site")
	if err != nil {
		return nil, err
	}
	atEnd(func() { os.RemoveAll(tmp) })
	began := time.Now()
	g := &guide{dir: filepath.Join(tmp, "public"), requests: map[string]int{}}
	g.texts.of = map[*site.Family][][]string{}
	if err := g.build(); err != nil {
		return nil, fmt.Errorf("building the site: %w", err)
	}
	spent("building the site, once for all", time.Since(began))
	g.server = httptest.NewServer(http.HandlerFunc(g.serve))
	atEnd(g.server.Close)
	return g, nil
})

// The site that is judged has no finding. The judges judge it all the same: a
// page over budget shows what else is wrong with it.
func TestFindings(t *testing.T) {
	for _, f := range the(t).findings {
		t.Error(f)
	}
}

// build publishes the site as the command does and reads its pages back.
func (g *guide) build() error {
	sources, shut, err := build.Sources(root)
	if err != nil {
		return err
	}
	atEnd(func() { shut() })
	g.sources = sources
	tree, err := output.Stage(g.dir)
	if err != nil {
		return err
	}
	defer tree.Discard()
	made := map[string]*page{}
	res, err := build.Build(context.Background(), sources, tree, build.Options{Bundles: bundle.Steady(), Page: func(f *site.Family, p render.Page) {
		made[p.Name] = &page{family: f, lang: p.Language}
	}})
	if err != nil {
		return err
	}
	if res.Site == nil || len(made) == 0 {
		return fmt.Errorf("no page was made: %v", res.Findings)
	}
	g.Site, g.findings, g.bundles = res.Site, res.Findings, res.Bundles
	if err := tree.Publish(); err != nil {
		return err
	}
	return g.read(made)
}

// read reads the pages of a folder, of which some are known by their names.
// What there is to take away has judges of its own.
func (g *guide) read(known map[string]*page) error {
	return fs.WalkDir(os.DirFS(g.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && name == "downloads" {
			return fs.SkipDir
		}
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		p := known[name]
		if p == nil {
			p = &page{}
		}
		p.name = name
		if p.data, err = os.ReadFile(filepath.Join(g.dir, name)); err != nil {
			return err
		}
		p.root, err = html.Parse(bytes.NewReader(p.data))
		g.pages = append(g.pages, p)
		return err
	})
}

// serve is a plain file server: no redirects, no index for folders.
func (g *guide) serve(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	g.requests[r.URL.Path]++
	g.mu.Unlock()
	name, below := strings.CutPrefix(r.URL.Path, mount)
	data, err := fs.ReadFile(os.DirFS(g.dir), name)
	if !below || err != nil {
		http.NotFound(w, r)
		return
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// asked returns how often the server was asked for each path since the last
// call.
func (g *guide) asked() map[string]int {
	g.mu.Lock()
	defer g.mu.Unlock()
	requests := g.requests
	g.requests = map[string]int{}
	return requests
}

// at returns a page's address on the server.
func (g *guide) at(p *page) string { return g.server.URL + mount + p.name }

// file returns a page's address on the disk.
func (g *guide) file(p *page) string { return "file://" + filepath.Join(g.dir, p.name) }

// page returns the page with a name, or nil.
func (g *guide) page(name string) *page {
	for _, p := range g.pages {
		if p.name == name {
			return p
		}
	}
	return nil
}

// all returns every page, or the sample with -short.
func (g *guide) all() []*page {
	if testing.Short() {
		return g.sample()
	}
	return g.pages
}

// sample returns the heaviest page of each kind in each language that is
// named, or in every language.
func (g *guide) sample(codes ...string) []*page {
	heaviest := map[string]*page{}
	for _, p := range g.pages {
		key := p.kind()
		if p.lang != nil {
			if len(codes) > 0 && !slices.Contains(codes, p.lang.Code) {
				continue
			}
			key += " " + p.lang.Code
		}
		if best := heaviest[key]; best == nil || len(p.data) > len(best.data) {
			heaviest[key] = p
		}
	}
	var list []*page
	for _, p := range g.pages {
		key := p.kind()
		if p.lang != nil {
			key += " " + p.lang.Code
		}
		if heaviest[key] == p {
			list = append(list, p)
		}
	}
	return list
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// endings are what must be put away when all tests are done.
var endings struct {
	mu   sync.Mutex
	list []func()
}

func atEnd(f func()) {
	endings.mu.Lock()
	defer endings.mu.Unlock()
	endings.list = append(endings.list, f)
}
