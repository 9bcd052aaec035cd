package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDaysWork does what the README says of the days of an editor, a translator
// and a maintainer, line by line, one after the other, in a copy of the guide.
func TestDaysWork(t *testing.T) {
	if testing.Short() {
		t.Skip("three days take half a minute")
	}
	for _, tool := range []string{"git", "sh", "sed", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(readme), "\n## A day's work\n")
	part, _, _ = strings.Cut(part, "\n## ")
	days := regexp.MustCompile(`(?m)(?:^    .*\n)+`).FindAllString(part, -1)
	if len(days) != 3 {
		t.Fatalf("%d days, want three", len(days))
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "fieldguide"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	l := newLife(t)
	for _, day := range days {
		lines := strings.Split(strings.TrimSpace(day), "\n")
		if len(lines) < 12 {
			t.Errorf("a day has %d lines, want 12 at least", len(lines))
		}
		for _, line := range lines {
			cmd := exec.Command("sh", "-e", "-c", strings.TrimSpace(line))
			cmd.Dir = l.dir
			cmd.Env = append(cmd.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "XDG_CACHE_HOME="+l.cache,
				"GIT_CONFIG_GLOBAL=/dev/null")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s\n%v\n%s", line, err, out)
			}
		}
	}
}
