package build_test

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/defaults"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/sitetest"

	"golang.org/x/tools/txtar"
)

// The guide of this repository is clean. When this fails, its message is what
// `fieldguide check` says.
func TestTheGuideHasNoFindings(t *testing.T) {
	res, tree := guide(t)
	if len(res.Findings) > 0 {
		t.Errorf("the content of this repository has %d findings:\n\n%s", len(res.Findings), sitetest.Findings(res.Findings))
	}
	if len(tree.Files()) == 0 {
		t.Error("no file was made")
	}
}

// The same sources give the same bytes, however many cores and wherever.
func TestSameSourcesSameBytes(t *testing.T) {
	_, here := guide(t) // on as many cores as there are, in the zone of this computer
	local := time.Local
	defer func() { time.Local = local }()
	for zone, workers := range map[string]int{"Pacific/Kiritimati": 1, "America/Anchorage": 8} {
		t.Setenv("TZ", zone)
		if place, err := time.LoadLocation(zone); err == nil {
			time.Local = place
		}
		_, there, err := buildAll(build.Options{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		for _, difference := range differences(here, there) {
			t.Errorf("with %d workers in %s: %s", workers, zone, difference)
		}
	}
}

// A build on a fresh checkout gives every file the time of its bytes.
func TestSameSourcesSameTimes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	tree, err := output.Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Discard()
	res, err := build.Build(t.Context(), sitetest.Base(), tree, build.Options{})
	if err != nil || res.Failed() {
		t.Fatal(err, res)
	}
	if err := tree.Publish(); err != nil {
		t.Fatal(err)
	}
	day, _ := res.Site.EditionDate()
	for _, f := range tree.Files() {
		info, err := os.Stat(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		if want := pack.Time(day, f.SHA256); !info.ModTime().Equal(want) {
			t.Errorf("%s has the time %v, want %v", f.Name, info.ModTime(), want)
		}
	}
}

// differences names the files that two trees do not share.
func differences(a, b *output.Tree) []string {
	sums := map[string]any{}
	for _, f := range a.Files() {
		sums[f.Name] = f.SHA256
	}
	var list []string
	for _, f := range b.Files() {
		switch sum, ok := sums[f.Name]; {
		case !ok:
			list = append(list, f.Name+" is new")
		case sum != any(f.SHA256):
			list = append(list, f.Name+" has other bytes")
		}
		delete(sums, f.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		list = append(list, name+" is missing")
	}
	return list
}

// guide returns what the guide of this repository becomes. It is built once.
func guide(t *testing.T) (*build.Result, *output.Tree) {
	t.Helper()
	g := built()
	if g.err != nil {
		t.Fatal(g.err)
	}
	return g.res, g.tree
}

var built = sync.OnceValue(func() (g struct {
	res  *build.Result
	tree *output.Tree
	err  error
}) {
	g.res, g.tree, g.err = buildAll(build.Options{})
	return g
})

// buildAll builds the guide of this repository.
func buildAll(o build.Options) (*build.Result, *output.Tree, error) {
	fsys, shut, err := build.Sources("..")
	if err != nil {
		return nil, nil, err
	}
	defer shut()
	tree := output.Memory()
	res, err := build.Build(context.Background(), fsys, tree, o)
	return res, tree, err
}

// A ministry adds Swahili and a set for health workers to the guide with files
// of content/ alone, lying over ours.
func TestALanguageAndASetAreData(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/edition/swahili.txtar")
	if err != nil {
		t.Fatal(err)
	}
	edition := fstest.MapFS{}
	for _, f := range archive.Files {
		edition[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	settings := read(t, "../content/site.yaml")
	settings = strings.Replace(settings, "\nsets:\n", "\n  - {code: sw, name: Kiswahili, dir: ltr, script: latn}\nsets:\n  - id: health-workers\n    help: help/adults\n", 1)
	edition["content/site.yaml"] = &fstest.MapFile{Data: []byte(settings)}
	builtIn, err := fs.ReadFile(defaults.FS, "content/en/ui.yaml")
	if err != nil {
		t.Fatal(err)
	}
	translated := fstest.MapFS{"content/sw/ui.yaml": {Data: builtIn}}
	for _, code := range []string{"ar", "zh", "en", "fr", "ru", "es", "sw"} {
		ui := read(t, "../content/"+strings.Replace(code, "sw", "en", 1)+"/ui.yaml")
		ui = strings.Replace(ui, "\nsets:\n", "\nsets:\n  health-workers: (health workers)\n", 1)
		edition["content/"+code+"/ui.yaml"] = &fstest.MapFile{Data: []byte(ui)}
	}
	for _, name := range []string{"terms.yaml", "resources.yaml"} {
		edition["content/sw/"+name] = &fstest.MapFile{Data: []byte(read(t, "../content/en/"+name))}
	}

	ours, _ := guide(t)
	tree := output.Memory()
	fsys := build.Over(content.Over(edition, content.Over(translated, os.DirFS(".."))))
	res, err := build.Build(t.Context(), fsys, tree, build.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(ours.Findings) == 0 {
		sitetest.Equal(t, "the list of findings", "", sitetest.Findings(res.Findings))
	}
	for name, want := range map[string]string{
		"sw/health-workers/index.html":      "Wahudumu wa afya",
		"en/health-workers/index.html":      "For health workers",
		"fr/health-workers/index.html":      `lang="en"`,
		"sw/children/under-9/our-kite.html": `<html lang="sw" dir="ltr">`,
		"ar/help/index.html":                "Kiswahili",
		"index.html":                        "Kiswahili",
	} {
		page, err := tree.ReadFile(name)
		if err != nil {
			t.Errorf("%s was not made", name)
		} else if !strings.Contains(string(page), want) {
			t.Errorf("%s does not hold %s", name, want)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
