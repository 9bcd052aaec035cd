package build_test

import (
	"errors"
	"io/fs"
	"math/rand"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/fix"
	"fieldguide/build/site"

	"github.com/rogpeppe/go-internal/diff"
)

// faults do to a line what a machine can mend, each of one kind. Each reports whether it did.
var faults = []func(line string, r *rand.Rand) (string, bool){
	func(line string, r *rand.Rand) (string, bool) { // a soft hyphen in a word
		letters := regexp.MustCompile(`\p{Latin}{4,}`).FindAllStringIndex(line, -1)
		if len(letters) == 0 || strings.ContainsAny(line, "{<`:#") {
			return line, false
		}
		at := letters[r.Intn(len(letters))][0] + 1
		for line[at]&0xC0 == 0x80 {
			at++
		}
		return line[:at] + "\u00AD" + line[at:], true
	},
	func(line string, _ *rand.Rand) (string, bool) { // spaces inside bold
		bold := regexp.MustCompile(`^((?:[-*] |\d+\. )?)\*\*([^*]+)\*\*`)
		return bold.ReplaceAllString(line, "$1** $2 **"), strings.Count(line, "**") == 2 && bold.MatchString(line)
	},
	func(line string, _ *rand.Rand) (string, bool) { // a space in a link
		link := regexp.MustCompile(`^([^\[\]]*)(\[[^\[\]*]+\])\(([a-z./0-9-]+\.md)\)`)
		return link.ReplaceAllString(line, "$1$2 ($3)"), link.MatchString(line)
	},
	func(line string, _ *rand.Rand) (string, bool) { // full-width brackets
		link := regexp.MustCompile(`^([^\[\]]*)\[([^\[\]*]+)\]\(([a-z./0-9-]+\.md)\)`)
		return link.ReplaceAllString(line, "$1［$2］（$3）"), link.MatchString(line)
	},
}

// Whatever is put into pages of the guide, and a machine can mend, is taken out again, byte for byte.
func TestFixTheGuide(t *testing.T) {
	if testing.Short() {
		t.Skip("the guide is checked some times")
	}
	own, r := os.DirFS(".."), rand.New(rand.NewSource(1))
	harmed, before, done := map[string][]byte{}, map[string][]byte{}, make([]int, len(faults))
	err := fs.WalkDir(own, "content", func(name string, e fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".md" {
			return err
		}
		text, err := fs.ReadFile(own, name)
		if err != nil {
			return err
		}
		lines := strings.Split(string(text), "\n")
		for i := range lines {
			kind := r.Intn(len(faults))
			if line, did := faults[kind](lines[i], r); did {
				lines[i], before[name] = line, text
				done[kind]++
			}
		}
		if before[name] != nil {
			harmed[name] = []byte(strings.Join(lines, "\n"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	fixed, err := build.Fix(t.Context(), build.Over(fix.Over(own, harmed)), nil, func(site.Finding) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	for kind, n := range done {
		if n < 10 {
			t.Errorf("only %d faults of kind %d", n, kind)
		}
	}
	for _, r := range fixed.Refused {
		t.Errorf("%s is not mended: %s", r.Finding, r.Why)
	}
	for name, was := range before {
		if is := fixed.Edits[name]; string(is) != string(was) {
			t.Errorf("%s becomes other than it was:\n%s", name, diff.Diff("was", was, "is", is))
		}
	}
	for _, f := range fixed.Left {
		t.Errorf("left is %s", f)
	}
	t.Log(done, "faults in", len(before), "pages")
}

// What somebody writes while a site is mended is not lost.
func TestFixedWrite(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, "content/en"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "content/en/page.md"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	read := func() string {
		text, _ := os.ReadFile(filepath.Join(dir, "content/en/page.md"))
		return string(text)
	}
	fixed := &build.Fixed{Edits: build.Edits{"content/en/page.md": []byte("mended")},
		Before: map[string][]byte{"content/en/page.md": []byte("faulty")}}
	write("other words")
	var refusal build.Refusal
	if err := fixed.Write(dir); !errors.As(err, &refusal) || read() != "other words" {
		t.Errorf("got %v and %q, want a refusal and the other words", err, read())
	}
	write("faulty")
	if err := fixed.Write(dir); err != nil || read() != "mended" {
		t.Errorf("got %v and %q, want the mended words", err, read())
	}
}
