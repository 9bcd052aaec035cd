package search_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"fieldguide/build"
	"fieldguide/build/output"
	"fieldguide/build/site"
)

const root = "../.."

// guide is the repository's site.
type guide struct {
	*site.Site
	fsys fs.FS
	tree *output.Tree
}

var built = sync.OnceValues(func() (*guide, error) {
	fsys := build.Over(os.DirFS(root))
	tree := output.Memory()
	res, err := build.Build(context.Background(), fsys, tree, build.Options{})
	if err != nil {
		return nil, err
	}
	if res.Failed() && len(tree.Files()) == 0 {
		return nil, fmt.Errorf("no page was made: %v", res.Findings)
	}
	return &guide{res.Site, fsys, tree}, nil
})

func the(t testing.TB) *guide {
	t.Helper()
	g, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// dump writes a tree to a folder.
func dump(tree *output.Tree, dir string) error {
	for _, f := range tree.Files() {
		data, err := tree.ReadFile(f.Name)
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err == nil {
			err = os.MkdirAll(filepath.Dir(name), 0o777)
		}
		if err == nil {
			err = os.WriteFile(name, data, 0o666)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// onDisk returns a folder with the guide, for browsers. It is written once.
func onDisk(t testing.TB) string {
	t.Helper()
	the(t)
	dir, err := dumped()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var dumped = sync.OnceValues(func() (string, error) {
	g, err := built()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "search-site")
	if err != nil {
		return "", err
	}
	atEnd(func() { os.RemoveAll(dir) })
	return dir, dump(g.tree, dir)
})

// endings are what must be put away when all tests are done.
var endings struct {
	sync.Mutex
	list []func()
}

func atEnd(f func()) {
	endings.Lock()
	defer endings.Unlock()
	endings.list = append(endings.list, f)
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, end := range slices.Backward(endings.list) {
		end()
	}
	os.Exit(code)
}

// buildWith lists what so many workers make of the guide.
func buildWith(t testing.TB, workers int) []output.File {
	t.Helper()
	tree := output.Memory()
	if _, err := build.Build(t.Context(), build.Over(os.DirFS(root)), tree, build.Options{Workers: workers}); err != nil {
		t.Fatal(err)
	}
	return tree.Files()
}
