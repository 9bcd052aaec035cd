package judges

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fieldguide/build"
	"fieldguide/build/cache"
	"fieldguide/build/release"
	"fieldguide/build/sitetest"
)

// By the recipe that operators get, object storage shows a release with its types and
// nothing compressed unasked; the next one costs what has changed, its papers come
// last, and what is gone goes after them. Other recipes are found out.
func TestObjectStorage(t *testing.T) {
	need(t, "rclone")
	readme, err := os.ReadFile("../mirror/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(readme), "\n- **Object storage**")
	part, _, _ = strings.Cut(part, "\n- **")
	recipe := strings.Join(regexp.MustCompile(`(?m)^ {6}.+$`).FindAllString(part, -1), "\n")
	if n := strings.Count(recipe, "rclone "); n != 2 {
		t.Fatalf("the recipe runs rclone %d times, want 2:\n%s", n, recipe)
	}
	u := newUploads(t)

	s := newStore(t)
	var first map[string]object
	for n := range u.releases {
		first = maps.Clone(s.objects)
		u.upload(s, n, recipe)
		for _, complaint := range u.complaints(s, n) {
			t.Errorf("release %d: %s", n+1, complaint)
		}
		c, err := release.OpenCopy(s.address + "/" + bucket + "/")
		if err != nil {
			t.Fatal(err)
		}
		report, err := (&release.Verifier{Key: &u.key, Now: time.Now()}).Verify(t.Context(), c)
		if err != nil || !report.Good() || report.Serial != int64(n+1) {
			t.Errorf("release %d, as anybody sees it: %v, %+v", n+1, err, report)
		}
	}

	exclude := regexp.MustCompile(` --exclude \S+`).FindString(recipe)
	for _, bad := range []struct{ name, old, new, complaint string }{
		{"the papers first", exclude, " --include" + strings.TrimPrefix(exclude, " --exclude"), "comes before"},
		{"what is gone goes first", "rclone sync", "rclone sync --delete-before", "is deleted before"},
		{"what is gone stays", "rclone sync", "rclone copy", "is still there"},
		{"all of it again", "--checksum", "--ignore-times", "is sent again"},
		{"one type for all", "--checksum", "--checksum --header-upload 'Content-Type: text/plain'", "is called"},
		{"called compressed", "--checksum", "--checksum --header-upload 'Content-Encoding: gzip'", "is sent as gzip"},
		{"kept by browsers", "no-cache", "max-age=99", "Cache-Control is"},
	} {
		t.Run("broken sample, "+bad.name, func(t *testing.T) {
			s := newStore(t)
			s.objects = maps.Clone(first)
			u.upload(s, 1, strings.ReplaceAll(recipe, bad.old, bad.new))
			list := u.complaints(s, 1)
			if !slices.ContainsFunc(list, func(c string) bool { return strings.Contains(c, bad.complaint) }) {
				t.Errorf("nothing %s in\n%s", bad.complaint, strings.Join(list, "\n"))
			}
		})
	}
}

// uploads are two releases that an operator uploads, one after the other.
type uploads struct {
	t        *testing.T
	dir      string // which holds them, as 0 and 1
	releases [2]*release.Manifest
	key      release.Key
}

func newUploads(t *testing.T) *uploads {
	u := &uploads{t: t, dir: t.TempDir()}
	signer, err := release.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	u.key = signer.Key()
	sources := sitetest.Over("-- content/site.yaml + --\n" +
		"bundles: {name: small, units: [{id: guide, formats: [zip, html, epub, zim]}]}\n")
	sources["content/en/more.md"] = &fstest.MapFile{Data: []byte("---\ntitle: More\nsummary: More of it.\n---\nMore.\n")}
	site := wireSite{t, u.dir, &build.Memory{Store: cache.Memory()}}
	for n := range u.releases {
		if err := os.RemoveAll(filepath.Join(u.dir, "site")); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(u.dir, "site"), sources); err != nil {
			t.Fatal(err)
		}
		m := site.publish(fmt.Sprint(n), u.releases[max(n-1, 0)])
		signature, err := signer.Sign(m.Bytes())
		if err == nil {
			err = release.PutSignature(site.out(fmt.Sprint(n)), signature, m.Released)
		}
		if err != nil {
			t.Fatal(err)
		}
		u.releases[n] = m
		delete(sources, "content/en/more.md")
		help := sources["content/en/help.md"]
		help.Data = append(slices.Clone(help.Data), "\nTell someone you trust.\n"...)
	}
	return u
}

// upload runs a recipe where the release is the current one. What the storage was
// asked before is forgotten.
func (u *uploads) upload(s *store, n int, recipe string) {
	u.t.Helper()
	current := filepath.Join(u.dir, "current")
	os.Remove(current)
	if err := os.Symlink(fmt.Sprint(n), current); err != nil {
		u.t.Fatal(err)
	}
	s.calls = nil
	cmd := exec.CommandContext(u.t.Context(), "sh", "-e", "-c", recipe)
	cmd.Dir = u.dir
	cmd.Env = append(os.Environ(), "RCLONE_CONFIG="+os.DevNull, "AWS_CA_BUNDLE=", "RCLONE_CONFIG_S3_TYPE=s3",
		"RCLONE_CONFIG_S3_PROVIDER=Other", "RCLONE_CONFIG_S3_ENDPOINT="+s.address, "RCLONE_CONFIG_S3_LIST_VERSION=2",
		"RCLONE_CONFIG_S3_ACCESS_KEY_ID=any", "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY=any",
		"RCLONE_CONFIG_S3_FORCE_PATH_STYLE=true")
	if said, err := cmd.CombinedOutput(); err != nil {
		u.t.Fatalf("%s\n%v\n%s", recipe, err, said)
	}
}

// papers say what a release is.
var papers = []string{release.ManifestName, release.SignatureName, "SHA256SUMS"}

// complaints returns what is wrong with the storage after the upload of a release, and
// with how it came there.
func (u *uploads) complaints(s *store, n int) (list []string) {
	complain := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	sent := func(name string) (calls []call) {
		for _, c := range s.calls {
			if c.name == name && c.method == "PUT" {
				calls = append(calls, c)
			}
		}
		return calls
	}
	var former *release.Manifest
	if n > 0 {
		former = u.releases[n-1]
	}
	changes := release.Compare(former, u.releases[n])
	changed := slices.Concat(changes.Changed, changes.New, papers)

	dir := os.DirFS(filepath.Join(u.dir, fmt.Sprint(n)))
	fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			u.t.Fatal(err)
		}
		o, found := s.objects[name]
		switch {
		case !found || !bytes.Equal(o.data, data):
			complain("%s is not what was published", name)
			return nil
		case !slices.Contains(changed, name) && sent(name) != nil:
			complain("%s has not changed and is sent again", name)
		}
		kind := o.header.Get("Content-Type")
		want, known := map[string]string{".html": "text/html", ".css": "text/css", ".js": "text/javascript",
			".json": "application/json", ".zip": "application/zip", ".epub": "application/epub+zip",
			".svg": "image/svg+xml", ".gz": "application/gzip"}[path.Ext(name)]
		if !strings.HasPrefix(kind, want) || !known && name != papers[2] && strings.HasPrefix(kind, "text/") {
			complain("%s is called %q; want %q", name, kind, want)
		}
		if encoding := o.header.Get("Content-Encoding"); encoding != "" {
			complain("%s is sent as %s", name, encoding)
		}
		if got := o.header.Get("Cache-Control"); got != "no-cache" {
			complain("%s: Cache-Control is %q", name, got)
		}
		return nil
	})
	for name := range s.objects {
		if _, err := fs.Stat(dir, name); err != nil {
			complain("%s is gone and is still there", name)
		}
	}

	var papersIn int
	for _, name := range papers {
		for _, paper := range sent(name) {
			papersIn = max(papersIn, paper.till)
			for _, c := range s.calls {
				if c.method == "PUT" && c.till > paper.from && !slices.Contains(papers, c.name) {
					complain("%s comes before %s", name, c.name)
				}
			}
		}
	}
	for _, c := range s.calls {
		if c.method == "DELETE" && c.from < papersIn {
			complain("%s is deleted before the papers are there", c.name)
		}
	}
	return list
}
