package build_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/output"
	"fieldguide/build/pack"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// A page, a page that goes to another folder, and a folder get other paths in the flagship, with a record of every
// translation: nothing is wrong afterwards, all is in step still, and back again every file is what it was, but
// for moved: in site.yaml.
func TestRename(t *testing.T) {
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
	record(t, dir, fsys)
	before := files(t, dir)
	rename := func(old, new string) {
		t.Helper()
		r, err := build.Rename(fsys, old, new)
		if err == nil {
			err = r.Edits.Write(dir)
		}
		if err != nil {
			t.Fatalf("%s to %s: %v", old, new, err)
		}
	}
	there := [][2]string{{"parents/talk", "educators/conversation"}, {"risks", "what-can-happen"}, {"help/adults", "help/grown-ups"}}
	for _, names := range there {
		rename(names[0], names[1])
	}
	allInStep(t, fsys)
	tree := output.Memory()
	res, err := build.Build(context.Background(), fsys, tree, build.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Findings {
		if f.Check != "find" { // a page of another set is of others who ask
			t.Errorf("after renaming: %s", f)
		}
	}
	for _, lang := range res.Site.Languages {
		name := lang.Code + "/parents/talk.html"
		page, err := tree.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{`<html lang="` + lang.Code + `" dir="` + lang.Dir + `">`, `content="noindex"`,
			`href="../educators/conversation.html"`} {
			if !strings.Contains(string(page), want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
		if strings.Contains(string(page), "<script") || pack.Weight(page) > 2500 {
			t.Errorf("%s has a script, or %d bytes compressed", name, pack.Weight(page))
		}
		sources, _ := fs.Glob(fsys, "content/"+lang.Code+"/risks/*.md")
		if len(sources) > 0 {
			t.Errorf("these did not move: %v", sources)
		}
	}
	for _, names := range there {
		rename(names[1], names[0])
	}
	after := files(t, dir)
	settings, moved, _ := strings.Cut(after["content/site.yaml"], "\nmoved:")
	if moved == "" || strings.Contains(moved, "parents/talk:") || !strings.Contains(moved, "educators/conversation: parents/talk\n") {
		t.Errorf("moved: is\n%s", moved)
	}
	after["content/site.yaml"] = settings
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s is not what it was", name)
		}
		delete(after, name)
	}
	for name := range after {
		t.Errorf("%s is left behind", name)
	}
}

// record writes a record of every translation, made from its source page as it is.
func record(t *testing.T, dir string, fsys fs.FS) {
	t.Helper()
	all := map[*site.Language]translate.Records{}
	texts(t, fsys, func(s *site.Site, f *site.Family, x *content.Texts) {
		source := s.Source.Index
		raw, err := fs.ReadFile(fsys, f.Pages[source].File)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range s.Languages {
			if lang == s.Source || f.Pages[lang.Index] == nil {
				continue
			}
			if all[lang] == nil {
				all[lang] = translate.Records{}
			}
			all[lang][f.Path] = &translate.Record{Blob: translate.Blob(raw), Stage: "machine",
				Passages: translate.PassagesOf(f.Pages[source], x.Docs[source])}
		}
	})
	for lang, records := range all {
		if err := os.WriteFile(filepath.Join(dir, translate.RecordsPath(lang)), records.Format(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func allInStep(t *testing.T, fsys fs.FS) {
	t.Helper()
	n := 0
	texts(t, fsys, func(s *site.Site, f *site.Family, x *content.Texts) {
		for i, st := range x.Standings {
			if st != nil {
				if n++; st.State != translate.InStep || st.Record == nil {
					t.Errorf("%s in %s is %s", f.Path, s.Languages[i].Code, st.State)
				} else if raw, _ := fs.ReadFile(fsys, f.Pages[s.Source.Index].File); st.Record.Blob != translate.Blob(raw) {
					t.Errorf("%s in %s: the record names another file", f.Path, s.Languages[i].Code)
				}
			}
		}
	})
	if n == 0 {
		t.Error("there is no translation")
	}
}

func texts(t *testing.T, fsys fs.FS, do func(*site.Site, *site.Family, *content.Texts)) {
	t.Helper()
	s, _, err := content.Load(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Families {
		x, _, err := content.Read(fsys, s, f)
		if err != nil {
			t.Fatal(err)
		}
		do(s, f, x)
	}
}

// files returns the texts of all files below content/.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, "content", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		list[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
