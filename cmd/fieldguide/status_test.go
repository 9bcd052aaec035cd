package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"fieldguide/build/sitetest"
)

// Scripts decide by the exit status; each stands for one kind of outcome.
func TestExitStatuses(t *testing.T) {
	dir := t.TempDir()
	good, bad, clash := filepath.Join(dir, "good"), filepath.Join(dir, "bad"), filepath.Join(dir, "clash")
	empty, taken := filepath.Join(dir, "empty"), filepath.Join(dir, "taken")
	for _, site := range []string{good, bad, clash} {
		if err := os.CopyFS(site, sitetest.Base()); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		filepath.Join(bad, "content/en/help.md"):  "",
		filepath.Join(clash, "static/index.html"): "",
		filepath.Join(empty, "note.txt"):          "nothing here",
		filepath.Join(taken, "index.html"):        "somebody else's",
	} {
		os.MkdirAll(filepath.Dir(name), 0o777)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	public := filepath.Join(dir, "public")
	for _, test := range []struct {
		want int
		args []string
	}{
		{0, []string{"build", "--site", good, "--out", public}},
		{0, []string{"check", "--site", good}},
		{1, []string{"build", "--site", bad, "--out", public}},
		{1, []string{"check", "--site", bad}},
		{1, []string{"build", "--site", clash, "--out", public}},
		{1, []string{"check", "--site", clash}},
		{2, nil},
		{2, []string{"buidl"}},
		{2, []string{"build", "--site", filepath.Join(dir, "nowhere")}},
		{2, []string{"build", "--site", empty, "--out", public}},
		{2, []string{"build", "--site", good, "--out", filepath.Join(empty, "note.txt")}},
		{2, []string{"build", "--site", good, "--out", "."}},
		{2, []string{"build", "--site", good, "--out", taken}},
		{2, []string{"build", "--site", good, "--out", public, "--bundles", "doc"}},
		{2, []string{"serve", "--site", good, "--addr", "0.0.0.0:0"}},
		{3, []string{"build", "--site", good, "--out", public, "--cpuprofile", filepath.Join(dir, "no", "such", "folder")}},
	} {
		var stdout, stderr bytes.Buffer
		if got := run(context.Background(), test.args, &stdout, &stderr); got != test.want {
			t.Errorf("fieldguide %v: exit status %d, not %d\n%s", test.args, got, test.want, &stderr)
		}
	}
	interrupted, interrupt := context.WithCancel(context.Background())
	interrupt()
	if got := run(interrupted, []string{"build", "--site", good, "--out", public}, new(bytes.Buffer), new(bytes.Buffer)); got != 130 {
		t.Errorf("an interrupted build: exit status %d, not 130", got)
	}
}
