package build_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/output"
	"fieldguide/build/site"
)

// Swahili, begun in the flagship, with three pages: all builds, and all but three pages are another language's.
func TestLanguageJustBegun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the whole guide")
	}
	dir := t.TempDir()
	for _, folder := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join("..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	fsys, shut, err := build.Sources(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer shut()
	b, err := build.NewLanguage(fsys, "sw")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Edits.Write(dir); err != nil {
		t.Fatal(err)
	}
	ui := string(b.Edits["content/sw/ui.yaml"])
	for _, want := range []string{"# counts:\n", "#     # 1\n#     one: ", "#     # 0, 2, 3, …\n#     other: ", "# rights:\n", `#   "16": `} {
		if !strings.Contains(ui, want) {
			t.Errorf("ui.yaml lacks %q:\n%s", want, ui)
		}
	}
	var own []string // every word taken as it stands is a ui.yaml that nothing is said of
	for _, line := range strings.Split(ui, "\n")[3:] {
		own = append(own, strings.TrimPrefix(line, "# "))
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	pages := map[string]string{
		"index":        "---\ntitle: Mwongozo\nsummary: Mwanzo.\n---\n",
		"times-tables": "---\ntitle: Hesabu\nsummary: Majedwali.\n---\n",
		"glossary":     "---\ntitle: Faharasa\nsummary: Maneno.\n---\n",
	}
	for path, text := range pages {
		write("content/sw/"+path+".md", text)
	}
	built := func() *build.Result {
		t.Helper()
		res, err := build.Build(context.Background(), fsys, output.Memory(), build.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	res := built()
	about := map[string]int{}
	for _, f := range res.Findings {
		if f.Level == site.Error {
			t.Errorf("an error: %s", f)
		}
		about[f.File]++
	}
	for _, file := range []string{"ui", "terms", "resources"} {
		if n := about["content/sw/"+file+".yaml"]; n != 1 {
			t.Errorf("%d findings about %s.yaml, want 1", n, file)
		}
	}
	if sw := res.Pages[len(res.Pages)-1]; sw.Language != "sw" || sw.Count-sw.Fallen != len(pages) {
		t.Errorf("%+v: want all but %d to fall back", sw, len(pages))
	}
	write("content/sw/ui.yaml", strings.Join(own, "\n"))
	res = built()
	for _, f := range res.Findings {
		if f.File == "content/sw/ui.yaml" {
			t.Errorf("with every word: %s", f)
		}
	}
}
