package render

import (
	"bytes"
	"context"
	"os"
	"path"
	"strings"
	"testing"

	"fieldguide/build/content"
	"fieldguide/build/defaults"
	"fieldguide/build/parallel"
)

// Every page of the guide is the same, drawn quickly or by html/template, and
// every one can be drawn quickly whose layout has more than one page.
func TestQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every page twice")
	}
	fsys := content.Over(os.DirFS("../.."), defaults.FS)
	s, _, err := content.Load(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, findings, err := New(s, fsys)
	if err != nil || r == nil {
		t.Fatal(findings, err)
	}
	pages := map[string]int{}
	for _, f := range s.Families {
		pages[f.Kind.Layout]++
	}
	err = parallel.Each(context.Background(), 0, len(s.Families), func() func(int) error {
		var w Worker
		return func(i int) error {
			f := s.Families[i]
			texts, _, err := content.Read(fsys, s, f)
			if err != nil {
				return err
			}
			for _, lang := range s.Languages {
				_, words := f.In(s, lang)
				body := r.Body(&w, texts, words)
				draw := func() *View {
					v, err := r.view(f, lang, body, Setting{})
					if err != nil {
						t.Error(err)
					}
					return v
				}
				v := draw()
				var slow bytes.Buffer
				if err := r.write(&slow, f.Kind.Layout, "base", v); err != nil {
					return err
				}
				v = draw()
				v.layout = r.layouts[f.Kind.Layout]
				known, _ := r.quick.LoadOrStore(f.Kind.Layout, &quick{layout: v.layout})
				var out []byte
				switch drawn := known.(*quick).draw(&out, "base", v); {
				case !drawn && pages[f.Kind.Layout] > 1:
					t.Errorf("%s in %s is left to html/template", f.Path, lang.Code)
				case drawn && !bytes.Equal(out, slow.Bytes()):
					t.Errorf("%s in %s is drawn otherwise than by html/template:\n%s\n\n%s", f.Path, lang.Code, out, slow.Bytes())
				}
			}
			return nil
		}
	})
	if err != nil {
		t.Error(err)
	}
	sections := 0
	r.once.Range(func(key, kept any) bool {
		sections++
		k := key.(sectionKey)
		s := &Section{Frame{Language: k.language, Setting: Setting{Copy: k.copied}, r: r,
			from: path.Join(k.folder, "page"), refs: &Refs{}}, k}
		var slow bytes.Buffer
		if err := k.layout.ExecuteTemplate(&slow, k.part, s); err != nil {
			t.Error(err)
		}
		var out []byte
		q := quick{layout: k.layout}
		if !q.draw(&out, k.part, s) {
			t.Errorf("%s is left to html/template", k.part)
		}
		if html := strings.Join(kept.(section).html, fileName); string(out) != html || slow.String() != html {
			t.Errorf("%s in %s is drawn otherwise than by html/template:\n%s\n\n%s\n\n%s",
				k.part, k.folder, out, html, slow.String())
		}
		return true
	})
	if sections == 0 {
		t.Error("nothing is drawn once for a folder")
	}
}
