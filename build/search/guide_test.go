package search_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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

// dump writes a tree to a folder, for browsers.
func dump(t testing.TB, tree *output.Tree, dir string) {
	t.Helper()
	for _, f := range tree.Files() {
		data, err := tree.ReadFile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
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
