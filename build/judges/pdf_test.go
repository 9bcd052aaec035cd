package judges

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/content"
	"fieldguide/build/output"
)

// PDFs, which are made only when they are asked for, are whole, tagged, on A4,
// with an outline and their language, and say what the pages say.
func TestPDF(t *testing.T) {
	need(t, "chromium")
	need(t, "pdfinfo")
	need(t, "pdftotext")
	need(t, "qpdf")
	sources := build.Over(os.DirFS(root))
	settings, err := fs.ReadFile(sources, "content/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	// One unit is as good as all for the browser that prints.
	units := regexp.MustCompile(`(?m)^    - \{id: .*\n`)
	one := units.ReplaceAll(settings, nil)
	one = bytes.Replace(one, []byte("  units:\n"), []byte("  units:\n    - {id: stories, folder: children/under-9, formats: [pdf]}\n"), 1)
	tree := output.Memory()
	res, err := build.Build(context.Background(), content.Over(fstest.MapFS{"content/site.yaml": {Data: one}}, sources), tree, build.Options{Bundles: []*bundle.Format{bundle.Named("pdf")}})
	if err != nil || res.Failed() || len(res.Bundles) != len(res.Site.Languages) {
		t.Fatalf("%d PDFs: %v %v", len(res.Bundles), err, res.Findings)
	}
	for _, m := range res.Bundles {
		t.Run(m.Language.Code, func(t *testing.T) {
			data, err := tree.ReadFile(m.File)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "stories.pdf")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := sound(file); err != nil {
				t.Error(err)
			}
			info := spoken(t, "pdfinfo", file)
			for _, want := range []string{`Tagged: +yes`, `Page size: +59[45](\.\d+)? x 84[12](\.\d+)? pts \(A4\)`} {
				if !regexp.MustCompile(want).MatchString(info) {
					t.Errorf("pdfinfo says no %q:\n%s", want, info)
				}
			}
			if outline := spoken(t, "qpdf", "--json", "--json-key=outlines", file); strings.Count(outline, `"title"`) < 7 {
				t.Errorf("the outline is too short:\n%s", outline)
			}
			if !strings.Contains(spoken(t, "qpdf", "--json", "--json-key=qpdf", file), fmt.Sprintf(`"/Lang": "u:%s"`, m.Language.Code)) {
				t.Errorf("the language %s is not set", m.Language.Code)
			}
			text := spoken(t, "pdftotext", "-raw", "-enc", "UTF-8", file, "-")
			if m.Language.Code == res.Site.Source.Code && !strings.Contains(text, "Two builders, one kite") {
				t.Error("the words of the first story are not in it")
			}
		})
	}
}

// qpdf is awake: it refuses a PDF that lacks its end.
func TestPDFJudgeSees(t *testing.T) {
	need(t, "qpdf")
	file := filepath.Join(t.TempDir(), "broken.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if sound(file) == nil {
		t.Error("qpdf found nothing wrong with a broken file")
	}
}

// sound reports what qpdf finds wrong with a PDF.
func sound(file string) error {
	if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
		return fmt.Errorf("qpdf: %w\n%s", err, out)
	}
	return nil
}

// spoken runs a program and returns what it says.
func spoken(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}
