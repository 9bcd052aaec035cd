package build_test

import (
	"image"
	"image/png"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/release"
	"fieldguide/build/sitetest"
)

// meddled is a site's folder that is edited while it is read.
type meddled struct {
	fs.FS
	only string       // the file that is edited; "" for any
	left atomic.Int64 // calls until then
	edit func()
}

func (m *meddled) call(name string) {
	if (m.only == "" || m.only == name) && m.left.Add(-1) == 0 {
		m.edit()
	}
}

func (m *meddled) Open(name string) (fs.File, error) {
	m.call(name)
	return m.FS.Open(name)
}

func (m *meddled) ReadDir(name string) ([]fs.DirEntry, error) {
	m.call(name)
	return fs.ReadDir(m.FS, name)
}

func (m *meddled) ReadFile(name string) ([]byte, error) {
	m.call(name)
	return fs.ReadFile(m.FS, name)
}

// all are the bytes of the site's files by name.
func (w *world) all() map[string]string {
	files := map[string]string{}
	for _, root := range []string{"content", "layouts", "static"} {
		filepath.WalkDir(w.path(root), func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				below, _ := filepath.Rel(w.dir, name)
				files[below] = w.read(below)
			}
			return nil
		})
	}
	return files
}

// undo makes the site's files what they were.
func (w *world) undo(were map[string]string) {
	for name, text := range w.all() {
		if _, was := were[name]; !was {
			os.Remove(w.path(name))
		} else if text == were[name] {
			delete(were, name)
		}
	}
	for name, text := range were {
		w.write(name, text)
	}
}

// What is edited while a build reads it may be in that build or not, but the next one is
// as if there had been none: nothing is kept under the name of what was read otherwise.
// It would be found there when the edit is undone.
func TestEditedWhileItIsRead(t *testing.T) {
	scripts := 60
	if testing.Short() {
		scripts = 20
	}
	names := slices.Sorted(maps.Keys(edits))
	var edited atomic.Int64
	t.Cleanup(func() {
		if n := int(edited.Load()); n < 2*scripts {
			t.Errorf("only %d of %d builds were edited under their hands", n, 4*scripts)
		}
	})
	for seed := range scripts {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, uint64(seed))
			site := func() fs.FS { return build.Over(os.DirFS(w.dir)) }
			memory := &build.Memory{Store: cache.Memory()}
			disk := func() *build.Memory {
				store, err := cache.Open(filepath.Join(w.dir, ".cache"), 1<<20)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { store.Close() })
				return &build.Memory{Store: store}
			}
			do := func(fsys fs.FS, m *build.Memory) (*build.Result, *output.Tree, error) {
				tree := output.Memory()
				res, err := build.Build(t.Context(), fsys, tree, build.Options{Memory: m, Workers: 2})
				if m != nil && err == nil && seed%2 == 1 {
					build.Errand{Site: w.dir}.Do(t.Context(), fsys, build.Options{Memory: m, Workers: 2})
				}
				return res, tree, err
			}
			for range 4 {
				time.Sleep(2 * cache.Tick) // so that files are known by their states
				if seed%2 == 1 {
					memory = disk()
				}
				name := w.pick(names)
				w.done = append(w.done, name)
				m := &meddled{FS: os.DirFS(w.dir), edit: func() { edited.Add(1); edits[name](w) }}
				m.left.Store(1 + int64(w.IntN(150)))
				were := w.all()
				do(build.Over(m), memory) // what that comes to is open
				if w.IntN(4) > 0 {
					w.undo(were)
				}
				memory.Store.Close()
				if seed%2 == 1 {
					memory = disk()
				}
				clean, want, err := do(site(), nil)
				if err != nil {
					t.Fatal(err)
				}
				kept, got, err := do(site(), memory)
				if err != nil {
					t.Fatal(err)
				}
				if a, b := sitetest.Findings(clean.Findings), sitetest.Findings(kept.Findings); a != b {
					t.Fatalf("seed %d, after %v: a clean build finds\n%s\nthis one\n%s", seed, w.done, a, b)
				}
				if list := differences(want, got); len(list) > 0 && !clean.Failed() {
					t.Fatalf("seed %d, after %v: a clean build's files are others:\n%s", seed, w.done, strings.Join(list, "\n"))
				}
			}
		})
	}
}

// A bundle, too, that was made of a page which was edited meanwhile is not that of the
// page as it was.
func TestBundleOfAPageEditedWhileItIsRead(t *testing.T) {
	r := newReleases(t)
	const page = "content/en/children/index.md"
	public, mirror := filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "mirror")
	memory := func() *build.Memory { return &build.Memory{Store: r.store} }
	were, err := os.ReadFile(filepath.Join(r.dir, page))
	if err != nil {
		t.Fatal(err)
	}
	edit := func() { r.write(page, string(were)+"\nEdited.\n") }
	edit()
	former := r.build(mirror, build.Errand{}, memory())
	r.write(page, string(were))
	m := &meddled{FS: os.DirFS(r.dir), only: page, edit: edit}
	m.left.Store(2) // the first one looks what its title is
	todo := build.Errand{Site: r.dir, Target: public, Bundles: bundle.Steady()}
	if res, err := todo.Do(t.Context(), m, build.Options{Memory: memory()}); err != nil || res.Failed() {
		t.Fatal(err, res)
	}
	if m.left.Load() > 0 {
		t.Fatal("the page was not read twice")
	}
	r.write(page, string(were))
	again := r.build(mirror, build.Errand{}, memory())
	clean := r.build(filepath.Join(t.TempDir(), "clean"), build.Errand{Follow: true, Former: former}, nil)
	if !release.Same(again.Files, clean.Files) {
		t.Error("the files are not those of a clean build")
	}
}

// A picture that was edited meanwhile is kept under its own name, and a text that shows
// its size is not kept.
func TestPictureEditedWhileItIsRead(t *testing.T) {
	picture := func(width int) string {
		var b strings.Builder
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 3))); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const file = "content/en/children/kite.png"
	edited := 0
	for at := range 9 {
		w := newWorld(t, 1)
		w.write(file, picture(5))
		w.write("content/en/help.md", w.read("content/en/help.md")+"\n![A kite](children/kite.png)\n")
		memory := &build.Memory{Store: cache.Memory()}
		site := func(fsys fs.FS, m *build.Memory) *output.Tree {
			tree := output.Memory()
			o := build.Options{Memory: m}
			if _, err := build.Build(t.Context(), build.Over(fsys), tree, o); err != nil {
				t.Fatal(err)
			}
			return tree
		}
		m := &meddled{FS: os.DirFS(w.dir), only: file, edit: func() { edited++; w.write(file, picture(7)) }}
		m.left.Store(int64(at))
		site(m, memory)
		w.write(file, picture(5))
		if list := differences(site(os.DirFS(w.dir), nil), site(os.DirFS(w.dir), memory)); len(list) > 0 {
			t.Errorf("at read %d: a clean build's files are others:\n%s", at, strings.Join(list, "\n"))
		}
	}
	if edited < 3 {
		t.Errorf("the picture was edited %d times, at each read of it", edited)
	}
}

// What is edited and undone while a build reads it is in the folder that the build makes, and the next one sees that.
func TestUndoneWhileItIsRead(t *testing.T) {
	for file, published := range map[string]string{
		"content/en/children/index.md": "en/children/index.html", "static/notes.txt": "notes.txt"} {
		r := newReleases(t)
		const later = "content/en/help.md"
		public := filepath.Join(t.TempDir(), "public")
		if file == "static/notes.txt" {
			os.Mkdir(filepath.Join(r.dir, "static"), 0o777)
			r.write(file, "Notes.\n")
		}
		were, err := os.ReadFile(filepath.Join(r.dir, file))
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * cache.Tick) // so that files are known by their states
		undo := &meddled{FS: os.DirFS(r.dir), only: later, edit: func() { r.write(file, string(were)) }}
		m := &meddled{FS: undo, only: file, edit: func() { r.write(file, string(were)+"\nEdited.\n"); undo.left.Store(1) }}
		m.left.Store(2) // the first one looks at it
		todo := build.Errand{Site: r.dir, Target: public, Bundles: bundle.Steady()}
		o := build.Options{Memory: &build.Memory{Store: r.store}, Workers: 1}
		if res, err := todo.Do(t.Context(), m, o); err != nil || res.Failed() {
			t.Fatal(err, res)
		}
		if m.left.Load() > 0 || undo.left.Load() > 0 {
			t.Fatalf("%s was not read twice, or not before the other one", file)
		}
		r.build(public, build.Errand{}, &build.Memory{Store: r.store})
		text, err := os.ReadFile(filepath.Join(public, published))
		if err != nil || strings.Contains(string(text), "Edited.") {
			t.Errorf("%s is still as it was edited, or gone: %v", published, err)
		}
	}
}

// What stood in the place of a file while a build read the site, and is gone, is no finding of the next build.
func TestMisplacedWhileItIsRead(t *testing.T) {
	for _, name := range []string{"content/data/credits.yaml", "content/fr/countries.yaml", "content/xx"} {
		w := newWorld(t, 1)
		os.MkdirAll(filepath.Dir(w.path(name)), 0o777)
		time.Sleep(2 * cache.Tick) // so that files are known by their states
		memory := &build.Memory{Store: cache.Memory()}
		findings := func(fsys fs.FS) string {
			res, err := build.Build(t.Context(), build.Over(fsys), output.Memory(), build.Options{Memory: memory})
			if err != nil {
				t.Fatal(err)
			}
			return sitetest.Findings(res.Findings)
		}
		m := &meddled{FS: os.DirFS(w.dir), only: "content/site.yaml", edit: func() { os.Mkdir(w.path(name), 0o777) }}
		m.left.Store(2) // the first one looks at it
		if found := findings(m); !strings.Contains(found, name) {
			t.Fatalf("%s is not named:\n%s", name, found)
		}
		os.Remove(w.path(name))
		if found := findings(os.DirFS(w.dir)); strings.Contains(found, name) {
			t.Errorf("%s is gone, and named:\n%s", name, found)
		}
	}
}
