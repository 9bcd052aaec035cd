package build_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/cache"
	"fieldguide/build/pack"
	"fieldguide/build/release"
	"fieldguide/build/sitetest"
)

// releases are builds of a small site with bundles.
type releases struct {
	*testing.T
	dir   string // of the sources
	store *cache.Store
}

func newReleases(t *testing.T) *releases {
	dir := t.TempDir()
	if err := os.CopyFS(dir, sitetest.Over("-- content/site.yaml + --\n"+
		"bundles: {name: small, units: [{id: guide, formats: [zip, epub, zim]}, {id: all, all: true, formats: [zip]}]}\nrelease: {days: 400}\n")); err != nil {
		t.Fatal(err)
	}
	return &releases{t, dir, cache.Memory()}
}

func (r *releases) edit(name, more string) {
	data, err := os.ReadFile(filepath.Join(r.dir, name))
	if err != nil {
		r.Fatal(err)
	}
	r.write(name, string(data)+more)
}

func (r *releases) write(name, data string) {
	if err := os.WriteFile(filepath.Join(r.dir, name), []byte(data), 0o666); err != nil {
		r.Fatal(err)
	}
}

func (r *releases) build(target string, e build.Errand, memory *build.Memory) *release.Manifest {
	r.Helper()
	e.Site, e.Target, e.Bundles = r.dir, target, bundle.Steady()
	res, err := e.Do(r.Context(), os.DirFS(r.dir), build.Options{Memory: memory})
	if err != nil || res.Failed() {
		r.Fatal(err, res)
	}
	m, err := release.Read(target)
	if err != nil {
		r.Fatal(err)
	}
	return m
}

// Whatever was kept, a release is the same as one made anew after the same former
// one, in every byte and time; and in its archives, too, the time of a file moves
// when its bytes do, forward, and only then.
func TestReleasesFollow(t *testing.T) {
	r := newReleases(t)
	public := filepath.Join(t.TempDir(), "public")
	var former *release.Manifest
	var was map[string]*zip.File
	edits := []string{"content/en/help.md", "content/en/children/index.md", "", "content/fr/help.md", "content/en/help.md"}
	for n, edited := range edits {
		switch edited {
		case "":
		case "content/fr/help.md":
			r.write(edited, "---\ntitle: Aide\nsummary: Qui peut aider.\n---\n\n## Tout de suite\n\nParle.\n")
		default:
			r.edit(edited, fmt.Sprintf("\nCall %d.\n", n))
		}
		now := r.build(public, build.Errand{}, &build.Memory{Store: r.store})
		clean := filepath.Join(t.TempDir(), "clean")
		again := r.build(clean, build.Errand{Follow: true, Former: former}, nil)
		if now.Sum() != again.Sum() {
			t.Errorf("edit %d: a clean build has another manifest:\n%s\n%s", n, now.Bytes(), again.Bytes())
		}
		for _, f := range now.Files {
			info, err := os.Stat(filepath.Join(public, f.Name))
			if err != nil || !info.ModTime().Equal(f.Time) {
				t.Errorf("%s: %v; the manifest says %v, and %v", f.Name, err, f.Time, info.ModTime())
			}
		}
		if edited == "" && now.Sum() != former.Sum() {
			t.Errorf("nothing has changed, and there is a new release")
		}
		is := entries(t, public)
		for name, f := range is {
			old := was[name]
			switch {
			case old == nil:
			case old.CRC32 == f.CRC32 && !old.Modified.Equal(f.Modified):
				t.Errorf("edit %d: the time of %s moved and its bytes did not", n, name)
			case old.CRC32 != f.CRC32 && !f.Modified.After(old.Modified):
				t.Errorf("edit %d: %s changed and is of %v, before it was of %v", n, name, f.Modified, old.Modified)
			}
		}
		former, was = now, is
	}
	if former.Serial != int64(len(edits)-1) {
		t.Errorf("the last of %d releases has the serial %d", len(edits)-1, former.Serial)
	}
}

// Who releases says when: then everything that has changed is of that instant.
func TestInstantOfARelease(t *testing.T) {
	r := newReleases(t)
	public := filepath.Join(t.TempDir(), "public")
	first := r.build(public, build.Errand{}, nil)
	r.edit("content/en/help.md", "\nMore.\n")
	instant := first.Released.Add(1000*time.Hour + time.Second)
	second := r.build(public, build.Errand{Instant: instant}, nil)
	at := instant.Add(-time.Second)
	if f := second.File("en/help.html"); !f.Time.Equal(at) || !second.Released.Equal(at) {
		t.Errorf("released at %v, a page of it at %v; want %v", second.Released, f.Time, at)
	}
	if want := second.Released.AddDate(0, 0, 400); !second.Expires.Equal(want) {
		t.Errorf("it expires at %v, want %v", second.Expires, want)
	}
	// A clock that is slow does not turn time back.
	r.edit("content/en/help.md", "\nStill more.\n")
	if third := r.build(public, build.Errand{Instant: first.Released}, nil); !third.File("en/help.html").Time.After(at) {
		t.Errorf("with a slow clock the page is of %v", third.File("en/help.html").Time)
	}
}

// entries are the files in the ZIPs of a site.
func entries(t *testing.T, public string) map[string]*zip.File {
	all := map[string]*zip.File{}
	err := fs.WalkDir(os.DirFS(public), "downloads", func(name string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".zip" {
			return err
		}
		data, err := os.ReadFile(filepath.Join(public, name))
		if err != nil {
			return err
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		for _, f := range z.File {
			all[name+": "+f.Name] = f
		}
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatal(err, len(all))
	}
	return all
}

// Beside every page that gains by it lies what it is compressed, in pieces where helplines
// change it, the same whether it was kept or not; the ZIP of the whole holds the very stream of the .gz.
func TestPrecompressed(t *testing.T) {
	r := newReleases(t)
	for n := range 20 {
		r.edit("content/en/help.md", fmt.Sprintf("\nTell someone you trust, and tell them again, %d times.\n", n))
	}
	memory := &build.Memory{Store: r.store}
	var sums []release.Sum
	for _, m := range []*build.Memory{memory, memory, nil} {
		public := filepath.Join(t.TempDir(), "public")
		made := r.build(public, build.Errand{Forms: pack.Forms}, m)
		sums = append(sums, made.Sum())
		page, err := os.ReadFile(filepath.Join(public, "en/help.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range pack.Forms {
			data, err := os.ReadFile(filepath.Join(public, "en/help.html"+form.Ext))
			if err != nil || !bytes.Equal(data, form.CompressPieces(page)) {
				t.Errorf("%s: %v, %d bytes", form.Ext, err, len(data))
			}
		}
		if made.File("downloads/small-en-guide.zip.gz") != nil || made.File("SHA256SUMS.gz") != nil {
			t.Error("what is compressed already, or names everything, is compressed")
		}
	}
	if sums[0] != sums[1] || sums[0] != sums[2] {
		t.Errorf("three builds make the releases %x", sums)
	}
}
