//go:build linux

package build_test

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/sitetest"
)

// A disk that fills while bundles are made leaves the former site whole and
// nothing beside it; the error names the bundle.
func TestDiskThatFillsWhileBundling(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("mounting a small tmpfs needs root")
	}
	parent := t.TempDir()
	if err := syscall.Mount("tmpfs", parent, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("a small tmpfs cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(parent, syscall.MNT_DETACH) })
	dir := filepath.Join(parent, "public")

	fsys := sitetest.Over(`
-- content/site.yaml + --
bundles: {name: small, units: [{id: guide, formats: [zip]}]}
-- content/en/page.md --
---
title: A page
summary: With a file.
---
[A file](/noise.bin)
`)
	noise := make([]byte, 600<<10) // in every ZIP, and it cannot be compressed
	rand.NewChaCha8([32]byte{}).Read(noise)
	fsys["static/noise.bin"] = &fstest.MapFile{Data: noise}
	if err := buildInto(t, fsys, dir, nil); err != nil {
		t.Fatal(err)
	}
	before := contents(t, dir)
	err := buildInto(t, fsys, dir, bundle.Steady())
	if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), "making downloads/small-") {
		t.Errorf("got %v; want no space for a bundle", err)
	}
	if !maps.Equal(before, contents(t, dir)) {
		t.Error("the former site is not as it was")
	}
	if left, _ := os.ReadDir(parent); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func buildInto(t *testing.T, fsys fstest.MapFS, dir string, formats []*bundle.Format) error {
	t.Helper()
	tree, err := output.Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Discard()
	res, err := build.Build(t.Context(), fsys, tree, build.Options{Bundles: formats})
	if err != nil {
		return err
	}
	if len(res.Findings) > 0 {
		t.Fatal(sitetest.Findings(res.Findings))
	}
	return tree.Publish()
}

// contents are the names and bytes of all files below a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
