package main

import (
	"context"

	"fmt"
	"io/fs"
	"strings"
	"sync"

	"fieldguide/build"
	"fieldguide/build/desk"
	"fieldguide/build/output"
	"fieldguide/build/serve"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// previewDesk makes the pages of the preview for people who work on the site, when
// somebody asks for one. It stands for one state of the site.
type previewDesk struct {
	dir      string
	fsys     fs.FS
	site     *site.Site
	findings []site.Finding

	once      sync.Once // for the dashboard, which reads every page
	dashboard *desk.Dashboard
	err       error
}

// Where the pages stand in the preview.
const (
	besideFolder = "beside/"
	statusFolder = "status/"
)

// links are those from a page of the site.
func (d *previewDesk) links(name string) []serve.Link {
	list := []serve.Link{{Text: "Translations", Desk: statusFolder}}
	switch f, lang := d.page(name); {
	case f == nil || len(d.site.Languages) < 2:
	case lang == d.site.Source:
		list = append([]serve.Link{{Text: "Beside its translations", Desk: besideFolder + name}}, list...)
	default:
		list = append([]serve.Link{{Text: "Beside its source", Desk: besideFolder + name}}, list...)
	}
	return list
}

// page returns what stands in a file of the site, nil for none that is a page.
func (d *previewDesk) page(name string) (*site.Family, *site.Language) {
	code, path, _ := strings.Cut(strings.TrimSuffix(name, ".html"), "/")
	for _, lang := range d.site.Languages {
		if f := d.site.Family(path); f != nil && lang.Code == code && f.File(lang) == name {
			return f, lang
		}
	}
	return nil, nil
}

func (d *previewDesk) file(name string) ([]byte, error) {
	if page, is := strings.CutPrefix(name, besideFolder); is {
		if f, lang := d.page(page); f != nil {
			return d.beside(f, lang)
		}
	}
	if page, is := strings.CutPrefix(name, statusFolder); is {
		d.once.Do(d.readAll)
		if d.err != nil {
			return nil, d.err
		}
		return d.dashboard.File(page)
	}
	return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
}

func (d *previewDesk) readAll() {
	list, s, _, err := build.Translations(context.Background(), d.dir, d.fsys, nil)
	if err != nil {
		d.err = err
		return
	}
	d.dashboard = desk.NewDashboard(s, list)
	d.dashboard.Page = func(t *build.Translation) string {
		name := t.Language + "/" + t.Path + ".html"
		if f, _ := d.page(name); f == nil {
			return ""
		}
		return "../" + besideFolder + name
	}
}

func (d *previewDesk) beside(f *site.Family, lang *site.Language) ([]byte, error) {
	t := build.NewTranslators(d.dir, d.fsys, d.site)
	texts, err := t.Read(f)
	if err != nil {
		return nil, err
	}
	up := strings.Repeat("../", strings.Count(besideFolder+f.File(lang), "/"))
	a := desk.Around{Page: "/" + f.File(lang), Status: up + statusFolder, Findings: d.findings}
	if lang != d.site.Source {
		a.Status += lang.Code + "/"
	}
	for _, other := range d.site.Languages {
		twin := desk.Twin{Language: other, Here: other == lang, What: "source", Href: up + besideFolder + f.File(other)}
		if other != d.site.Source {
			how := build.HowItStands(d.site, texts, other)
			if twin.What = how.What(); twin.Here && !how.Done() {
				if a.WayOut = how.WayOut(); how.State == translate.Stale || how.State == translate.Differs { // what diff shows stands here
					a.WayOut = "fieldguide sync " + how.Path + " --lang " + how.Language + ` --translated-by "Your Name"`
				}
			}
		}
		a.Twins = append(a.Twins, twin)
	}
	return desk.Beside(d.site, t.Beside(texts, lang), a)
}

// writeDashboard makes a folder of pages that say how translations stand.
func writeDashboard(folder, dir string, fsys fs.FS, s *site.Site, list []build.Translation) error {
	t := build.NewTranslators(dir, fsys, s)
	d := desk.NewDashboard(s, list)
	d.Page = func(t *build.Translation) string {
		if t.State == translate.Stale || t.State == translate.Differs {
			return desk.DiffFile(t)
		}
		return ""
	}
	d.Diff = func(code, path string) ([]byte, error) {
		texts, err := t.Read(s.Family(path))
		if err != nil {
			return nil, err
		}
		return desk.Diff(s, t.Diff(texts, t.Language(code)))
	}
	tree, err := output.Stage(folder, build.Folders(dir)...)
	if err != nil {
		return err
	}
	defer tree.Discard()
	for _, name := range d.Names() {
		page, err := d.File(name)
		if err != nil {
			return err
		}
		if err := tree.Put(name, page); err != nil {
			return err
		}
	}
	return tree.Publish()
}
