package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldguide/build/release"
	"fieldguide/build/sitetest"
)

// Whenever the build is killed, public/ is the former site or the new one,
// whole, and the next build goes on as if nothing had been.
func TestKilledBuildLeavesAWholeSite(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, sitetest.Base()); err != nil {
		t.Fatal(err)
	}
	command := self(t)
	build := func(ctx context.Context) error {
		cmd := exec.CommandContext(ctx, command, "build") // killed with SIGKILL
		cmd.Dir = dir
		return cmd.Run()
	}
	page := filepath.Join(dir, "content/en/help.md")
	former := "---\ntitle: Get help\nsummary: Help.\n---\nTell someone.\n"
	latter := strings.Replace(former, "someone", "an adult", 1)
	write := func(text string) string { // builds the site with this page and returns its fingerprint
		if err := os.WriteFile(page, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := build(context.Background()); err != nil {
			t.Fatal(err)
		}
		return fingerprint(t, filepath.Join(dir, "public"))
	}
	for _, name := range []string{"fr", "ar"} {
		os.Remove(filepath.Join(dir, "content", name, "help.md"))
	}
	after := write(latter)
	start := time.Now()
	before := write(former)
	whole := time.Since(start)

	kills, rounds := 0, 60
	if testing.Short() {
		rounds = 10
	}
	for range rounds {
		if err := os.WriteFile(page, []byte(latter), 0o666); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(rand.Int64N(int64(whole)*5/4)))
		if build(ctx) != nil {
			kills++
		}
		cancel()
		if got := fingerprint(t, filepath.Join(dir, "public")); got != before && got != after {
			t.Fatal("after a kill public/ is neither the former site nor the new one")
		}
		if got := write(former); got != before {
			t.Fatal("the build after a kill made another site")
		}
		if litter, _ := filepath.Glob(filepath.Join(dir, ".public*")); litter != nil {
			t.Fatalf("left behind: %v", litter)
		}
	}
	if kills == 0 {
		t.Error("no build was killed: the test has shown nothing")
	}
	t.Logf("%d of %d builds were killed", kills, rounds)
}

// self returns the path of a program that is this test binary as fieldguide.
func self(t *testing.T) string {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := filepath.Join(t.TempDir(), "fieldguide")
	if err := os.Symlink(binary, command); err != nil {
		t.Skipf("this system has no symbolic links: %v", err)
	}
	return command
}

// fingerprint is a hash of all names and bytes below a folder, but for its manifest,
// which goes on from release to release: that one must be right.
func fingerprint(t *testing.T, dir string) string {
	t.Helper()
	hash := sha256.New()
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if filepath.Base(name) == release.ManifestName {
			return isRight(dir, data)
		}
		hash.Write([]byte(name + "\x00"))
		hash.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// isRight returns an error when a manifest is not that of the files in its folder.
func isRight(dir string, data []byte) error {
	m, err := release.Parse(data)
	if err != nil {
		return err
	}
	for _, f := range m.Files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil {
			return err
		}
		if sha256.Sum256(data) != f.SHA256 {
			return fmt.Errorf("the manifest is not that of %s", f.Name)
		}
	}
	return nil
}
