package judges

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// unzip says what unzip thinks of an archive, "" when it is whole.
func unzip(file string) string {
	if out, err := exec.Command("unzip", "-tq", file).CombinedOutput(); err != nil {
		return err.Error() + ": " + string(out)
	}
	return ""
}

// unzip finds every archive whole, EPUB too.
func TestUnzip(t *testing.T) {
	need(t, "unzip")
	g := the(t)
	for _, m := range slices.Concat(g.made(t, "zip"), g.made(t, "epub")) {
		if said := unzip(g.on(m)); said != "" {
			t.Errorf("%s: %s", m.File, said)
		}
	}

	data, err := os.ReadFile(g.on(g.made(t, "zip")[0]))
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	broken := filepath.Join(t.TempDir(), "broken.zip")
	if err := os.WriteFile(broken, data, 0o666); err != nil {
		t.Fatal(err)
	}
	if unzip(broken) == "" {
		t.Error("unzip says nothing of a wrong byte")
	}
}

// Names unpack on FAT32, the file system of memory cards, and everywhere else.
func TestUnpackNames(t *testing.T) {
	for _, k := range zips(t) {
		archive, err := zip.OpenReader(the(t).on(k.Made))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]string{}
		for _, f := range archive.File {
			if wrong := misnamed(f.Name); wrong != "" {
				t.Errorf("%s: %q %s", name(k.Made), f.Name, wrong)
			}
			key := strings.ToLower(f.Name)
			if other := seen[key]; other != "" {
				t.Errorf("%s: %q and %q differ in case only", name(k.Made), f.Name, other)
			}
			seen[key] = f.Name
		}
		archive.Close()
	}
	for _, bad := range []string{"a:b.html", "a/con.html", "a./b.html", "a/b ", "/a", "../a", "a//b", "a\\b", strings.Repeat("a/", 120) + "b"} {
		if misnamed(bad) == "" {
			t.Errorf("nothing is said of the name %q", bad)
		}
	}
}

var (
	forbidden = regexp.MustCompile(`[\x00-\x1f"*:<>?\\|\x7f-\x{10ffff}]`)
	devices   = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)
)

// misnamed says what is wrong with a file's name on FAT32 or Windows.
func misnamed(name string) string {
	switch {
	case forbidden.MatchString(name):
		return "has a letter that is forbidden"
	case path.IsAbs(name) || path.Clean(name) != name || strings.HasPrefix(name, ".."):
		return "is no plain relative path"
	case len(utf16.Encode([]rune(name))) > 200: // of 260, less the folder it is unpacked to
		return "is too long"
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.TrimRight(part, ". ") != part {
			return "ends a part in a dot or space"
		}
		if devices.MatchString(part) {
			return "is the name of a device"
		}
	}
	return ""
}

// A ZIP, unpacked, is a small site: every page that it promises is there, every
// link leads somewhere, nothing is a script or comes from elsewhere. It begins
// with index.html at its root, as Kolibri and people expect.
func TestUnpacked(t *testing.T) {
	g := the(t)
	for _, k := range zips(t) {
		t.Run(name(k.Made), func(t *testing.T) {
			c := collect(t)
			k.guide.links(c)
			k.guide.nothingForeign(c)
			k.guide.wantNoScript(c)
			if k.guide.page("index.html") == nil {
				c.add("index.html", "there is no such file", "the root")
			}
			for _, lang := range g.Languages {
				for _, f := range g.Families {
					if k.Language != nil && k.Language != lang || !k.holds(f) {
						continue
					}
					if p := k.guide.page(f.File(lang)); p == nil || isCover(p.root) {
						c.add(f.File(lang), "a page is missing", "the unit")
					}
				}
			}
		})
	}
}

// wantNoScript complains of every script: copies have none at all.
func (g *guide) wantNoScript(c *complaints) {
	for _, p := range g.pages {
		for _, n := range elements(p.root, "script") {
			c.add(p.name, "a script in a copy", place(n))
		}
	}
	files, _ := filepath.Glob(filepath.Join(g.dir, "*.js"))
	for _, file := range files {
		c.add(filepath.Base(file), "a script in a copy", "a file")
	}
}

// Chromium opens unpacked ZIPs from the disk: it asks for nothing but the page
// and has nothing to say. Of each ZIP it opens a page of each kind, if its
// markup is new.
func TestUnpackedOpens(t *testing.T) {
	open(t, few(zips(t)))
}

// open opens pages of each kind in bundles from the disk.
func open(t *testing.T, list []*taken) {
	c := collect(t)
	var pages []*page
	from := map[*page]*taken{}
	for _, k := range list {
		for _, p := range k.guide.sample() {
			pages, from[p] = append(pages, p), k
		}
	}
	eachTab(t, distinct(t, pages), func(ctx context.Context) (visit, error) {
		return quietly(ctx, c, func(p *page) string { return from[p].guide.file(p) })
	})
}

// The judges of copies see what is wrong in one.
func TestUnpackedSees(t *testing.T) {
	k := zips(t)[0]
	g := &guide{Site: k.guide.Site, dir: t.TempDir()}
	if err := os.CopyFS(g.dir, os.DirFS(k.guide.dir)); err != nil {
		t.Fatal(err)
	}
	const wrong = `<p id="text"><a href="nowhere.html">a</a> <a href="#nowhere">b</a> <a href="../outside.html">c</a></p>` +
		`<img src="https://example.org/a.png" alt=""><script>1</script></main>`
	good := k.guide.pages[slices.IndexFunc(k.guide.pages, func(p *page) bool { return !isCover(p.root) })]
	err := os.WriteFile(filepath.Join(g.dir, good.name), bytes.Replace(good.data, []byte("</main>"), []byte(wrong), 1), 0o666)
	if err == nil {
		err = g.read(nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := &complaints{byRule: map[string]map[string][]string{}}
	g.links(c)
	g.nothingForeign(c)
	g.wantNoScript(c)
	ctx := tab(t)
	open, err := quietly(ctx, c, g.file)
	if err == nil {
		err = open(ctx, g.page(good.name))
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []string{
		"a link that leads nowhere", "a link to a place that the page lacks", "an attribute that runs or fetches",
		"a forbidden element", "a script in a copy", "the browser complains",
	} {
		if len(c.byRule[rule]) == 0 {
			t.Errorf("nobody said: %s", rule)
		}
	}
}
