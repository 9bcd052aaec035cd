package content

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

// misplacedFiles hold what no site is read from.
var misplacedFiles = fstest.MapFS{
	"content/site.yaml":        {Data: []byte("source: en\n")},
	"content/en/terms.yaml/a":  {},
	"content/en/pipe.md":       {Mode: fs.ModeNamedPipe},
	"content/en/socket.md":     {Mode: fs.ModeSocket},
	"content/en/device.md":     {Mode: fs.ModeDevice | fs.ModeCharDevice},
	"layouts":                  {Data: []byte("a file")},
	"static/style":             {Mode: fs.ModeNamedPipe},
	"static/drawings/kite.svg": {Data: []byte("<svg/>")},
	"static/link.txt":          {Mode: fs.ModeSymlink, Data: []byte("drawings/kite.svg")},
	"content/fr":               {Mode: fs.ModeSymlink, Data: []byte("en")},
	"content/en/ui.yaml":       {},
}

func TestPlainIsAFileSystem(t *testing.T) {
	whole := fstest.MapFS{"a.txt": {Data: []byte("a")}, "folder/b.txt": {Data: []byte("b")}, "folder/empty.txt": {}}
	if err := fstest.TestFS(Plain(whole), "a.txt", "folder/b.txt", "folder/empty.txt"); err != nil {
		t.Error(err)
	}
}

// Who reads what is misplaced finds nothing there, and so what a layer below has.
func TestWhatIsMisplacedIsNotThere(t *testing.T) {
	p := Plain(misplacedFiles).(plain)
	readFile := func(name string) error { _, err := p.ReadFile(name); return err }
	readDir := func(name string) error { _, err := p.ReadDir(name); return err }
	open := func(name string) error { _, err := p.Open(name); return err }
	stat := func(name string) error { _, err := p.Stat(name); return err }
	lstat := func(name string) error { _, err := p.Lstat(name); return err }
	for _, test := range []struct {
		what string
		do   func(name string) error
		name string
		is   bool
	}{
		{"reading", readFile, "content/site.yaml", true},
		{"reading", readFile, "content/en/terms.yaml", false},
		{"reading", readFile, "content/en/pipe.md", false},
		{"reading", readFile, "content/en/socket.md", false},
		{"reading", readFile, "content/en/device.md", false},
		{"reading", readFile, "layouts/base.html", false},
		{"reading", readFile, "static/style/base.css", false},
		{"reading", readFile, "static/link.txt", false},
		{"reading", readFile, "content/fr/ui.yaml", false},
		{"listing", readDir, "content/fr", false},
		{"asking for", stat, "content/fr", false},
		{"asking for", stat, "content/fr/ui.yaml", false},
		{"asking for", stat, "content/en/ui.yaml", true},
		{"looking at", lstat, "content/fr", true},
		{"looking at", lstat, "content/fr/ui.yaml", false},
		{"listing", readDir, "content/en", true},
		{"listing", readDir, "content/site.yaml", false},
		{"listing", readDir, "layouts", false},
		{"listing", readDir, "static/style", false},
		{"opening", open, "layouts", true},
		{"opening", open, "static/style", false},
		{"asking for", stat, "content/en", true},
		{"asking for", stat, "content/en/pipe.md", false},
	} {
		if err := test.do(test.name); (err == nil) != test.is || err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s %s: %v; want it to be there: %v", test.what, test.name, err, test.is)
		}
	}
	below := fstest.MapFS{"layouts/base.html": {Data: []byte("built in")}, "content/en/pipe.md": {Data: []byte("below")}}
	over := Over(p, below)
	for name, want := range map[string]string{"layouts/base.html": "built in", "content/en/pipe.md": "below"} {
		if data, err := fs.ReadFile(over, name); string(data) != want || err != nil {
			t.Errorf("%s is %q (%v); want that of the layer below", name, data, err)
		}
	}
}

// deniedFS is a folder that may not be read.
type deniedFS struct{ fstest.MapFS }

func (deniedFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// What stands in its place and cannot be read is the machine's fault.
func TestWhatMayNotBeReadIsThere(t *testing.T) {
	p := Plain(deniedFS{fstest.MapFS{"content/en/index.md": {}}}).(plain)
	if _, err := p.ReadFile("content/en/index.md"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("reading: %v; want that it is not permitted", err)
	}
}
