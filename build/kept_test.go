package build_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldguide/build"
	"fieldguide/build/cache"
	"fieldguide/build/output"
	"fieldguide/build/release"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
	"fieldguide/build/translate"
)

// keptSite is what the scripts of edits begin with: pages that show each other's
// words, a drawing, terms, a search page.
const keptSite = `
-- content/site.yaml + --
checks: {figures: on}
-- content/en/ui.yaml + --
counts: {results: {one: one, other: "{n}"}}
rights: {"16": privacy}
-- content/fr/ui.yaml + --
counts: {results: {one: un, many: "{n} de", other: "{n}"}}
rights: {"16": vie privée}
-- content/ar/ui.yaml + --
counts: {results: {zero: "0", one: "1", two: "2", few: "{n}", many: "{n}", other: "{n}"}}
rights: {"16": الخصوصية}
-- content/en/search.md --
---
title: Search
summary: Find words.
kind: search
---
-- content/en/children/kite.md --
---
title: Our kite
summary: A kite.
picture: kite
order: 1
---
The [goat](goat.md) sees the [help](../help.md#now) and [grooming](term:grooming).

![A kite](/drawings/kite.svg)
-- content/en/children/goat.md --
---
title: The goat
summary: A goat.
find: [nanny, our kite]
order: 2
rights: [16]
---
## Up

Nine goats[^n], "one" kite.

[^n]: A note.
-- content/fr/children/kite.md --
---
title: Notre cerf-volant
summary: Un cerf-volant.
---
La [chèvre](goat.md) voit l'[aide](../help.md#now) et la [manipulation](term:grooming) !

![Un cerf-volant](/drawings/kite.svg)
-- content/en/industry/index.md --
---
title: Industry
summary: For companies.
---
-- static/drawings/kite.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>
-- layouts/search.html --
{{define "main"}}{{template "name" .}}{{.Body}}{{range .AZ}}<p>{{.Name}}{{range .List}} <a href="{{.Href}}">{{.Name}}</a>{{end}}</p>
{{end}}{{end}}
`

// world is a site's folder with a hand that edits it.
type world struct {
	*rand.Rand
	t    *testing.T
	dir  string
	done []string
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 1)), t: t, dir: t.TempDir()}
	site := sitetest.Over(keptSite)
	for name, f := range site {
		data := string(f.Data)
		if name == "content/site.yaml" {
			data = strings.Replace(data, "  guide: {layout: page}", "  guide: {layout: page}\n  search: {layout: search}", 1)
		}
		w.write(name, data)
	}
	return w
}

func (w *world) path(name string) string { return filepath.Join(w.dir, name) }

func (w *world) write(name, data string) {
	if err := os.MkdirAll(filepath.Dir(w.path(name)), 0o777); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(w.path(name), []byte(data), 0o666); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(name string) string {
	data, err := os.ReadFile(w.path(name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

// pages lists all pages in path order.
func (w *world) pages() (list []string) {
	filepath.WalkDir(w.path("content"), func(name string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".md" {
			below, _ := filepath.Rel(w.dir, name)
			list = append(list, filepath.ToSlash(below))
		}
		return nil
	})
	return list
}

func (w *world) pick(list []string) string { return list[w.IntN(len(list))] }

// swap replaces the first of some texts in a file.
func (w *world) swap(name, was, is string) {
	w.write(name, strings.Replace(w.read(name), was, is, 1))
}

// edits are what happens to a guide.
var edits = map[string]func(w *world){
	"body": func(w *world) {
		name := w.pick(w.pages())
		w.write(name, w.read(name)+fmt.Sprintf("\nNew words %d.\n", w.IntN(1000)))
	},
	"heading": func(w *world) {
		name := w.pick(w.pages())
		w.write(name, w.read(name)+fmt.Sprintf("\n## Part %d\n", w.IntN(9)))
	},
	"title":   func(w *world) { w.swap(w.pick(w.pages()), "title: ", fmt.Sprintf("title: N%d ", w.IntN(10))) },
	"summary": func(w *world) { w.swap(w.pick(w.pages()), "summary: ", fmt.Sprintf("summary: N%d ", w.IntN(10))) },
	"order":   func(w *world) { w.swap(w.pick(w.pages()), "order: ", "order: 1") },
	"delete": func(w *world) {
		if name := w.pick(w.pages()); name != "content/en/index.md" {
			os.Remove(w.path(name))
		}
	},
	"add": func(w *world) {
		n := w.IntN(5)
		lang := w.pick([]string{"en", "en", "fr", "ar"})
		w.write(fmt.Sprintf("content/%s/children/page-%d.md", lang, n), fmt.Sprintf("---\ntitle: Page %d\nsummary: S %d.\n---\nSee [kite](kite.md), [other](page-%d.md#part-1).\n", n, n, w.IntN(5)))
	},
	"translate": func(w *world) {
		name := w.pick(w.pages())
		to := strings.Replace(name, "/en/", "/"+w.pick([]string{"fr", "ar"})+"/", 1)
		text := w.read(name)
		for _, key := range []string{"kind: search\n", "picture: kite\n", "order: 1\n", "order: 2\n", "rights: [16]\n"} {
			text = strings.Replace(text, key, "", 1)
		}
		w.write(to, text)
	},
	"rename": func(w *world) {
		if name := w.pick(w.pages()); name != "content/en/index.md" {
			os.Rename(w.path(name), w.path(strings.TrimSuffix(name, ".md")+"-x.md"))
		}
	},
	"exchange": func(w *world) {
		a, b := w.pick(w.pages()), w.pick(w.pages())
		if a != b && a != "content/en/index.md" && b != "content/en/index.md" {
			os.Rename(w.path(a), w.path("kept"))
			os.Rename(w.path(b), w.path(a))
			os.Rename(w.path("kept"), w.path(b))
		}
	},
	"touch": func(w *world) { now := time.Now(); os.Chtimes(w.path(w.pick(w.pages())), now, now) },
	"same size and time": func(w *world) {
		name := w.pick(w.pages())
		info, err := os.Stat(w.path(name))
		if err != nil {
			w.t.Fatal(err)
		}
		w.write(name, strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return '0' + (r-'0'+1)%10
			}
			return r
		}, w.read(name)))
		os.Chtimes(w.path(name), info.ModTime(), info.ModTime())
	},
	"edition": func(w *world) {
		w.swap("content/site.yaml", `edition: "2026-1`, fmt.Sprintf(`edition: "202%d-1`, 6+w.IntN(3)))
	},
	"help": func(w *world) { w.swap("content/site.yaml", "help: help\n", "help: glossary\n") },
	"set": func(w *world) {
		w.swap("content/site.yaml", "  - id: industry\n", "  - id: companies\n    sections: [industry]\n")
	},
	"language": func(w *world) { w.swap("content/site.yaml", "  - {code: ar", "#  - {code: ar") },
	"back":     func(w *world) { w.swap("content/site.yaml", "#  - {code: ar", "  - {code: ar") },
	"word": func(w *world) {
		w.swap("content/fr/ui.yaml", "fallback: \"", fmt.Sprintf("fallback: \"%d ", w.IntN(10)))
	},
	"term": func(w *world) { w.swap("content/en/terms.yaml", "Winning", fmt.Sprintf("Winning%d", w.IntN(10))) },
	"layout": func(w *world) {
		w.swap("layouts/page.html", "{{.Body}}", fmt.Sprintf("<hr title=\"%d\">{{.Body}}", w.IntN(10)))
	},
	"style":   func(w *world) { w.swap("static/style/base.css", "1em", fmt.Sprintf("%dem", 1+w.IntN(9))) },
	"drawing": func(w *world) { w.swap("static/drawings/kite.svg", "h9", fmt.Sprintf("h%d", 1+w.IntN(9))) },
	"broken":  func(w *world) { w.swap(w.pick(w.pages()), "title: ", "titel: ") },
	"mended":  func(w *world) { w.swap(w.pick(w.pages()), "titel: ", "title: ") },
	"checks": func(w *world) {
		was := regexp.MustCompile(`checks: .*`).FindString(w.read("content/site.yaml"))
		w.swap("content/site.yaml", was, "checks: "+w.pick([]string{
			"{figures: on}", "{links: warning, paths: error}", "{links: off, words: warning}",
			"{figures: {level: error, in: [{language: fr, level: off}, {under: children, level: warning}]}}",
			"{links: {in: [{page: children/kite, level: off}, {kind: guide, level: warning}]}}", "{lost: off}", "{linkz: off}"}))
	},
	"allow": func(w *world) {
		name := w.pick(w.pages())
		w.write(name, w.read(name)+fmt.Sprintf("\n<!-- allow: %s -->\n\nOf 90%d [there](#there).\n",
			w.pick([]string{"figures", "links", "links, figures", "lost", "figurs"}), w.IntN(10)))
	},
	"draft": func(w *world) { w.swap(w.pick(w.pages()), "title: ", "draft: true\ntitle: ") },
	"ready": func(w *world) {
		for _, name := range w.pages() {
			w.swap(name, "draft: true\n", "")
		}
	},
	"own key": func(w *world) {
		w.swap(w.pick(w.pages()), "summary: ", fmt.Sprintf("x: {n: %d}\nsummary: ", w.IntN(10)))
	},
	"own layout": func(w *world) { w.swap("layouts/page.html", "{{.Body}}", "{{.X.n}}{{.Site.X.m}}{{.Body}}") },
	"own": func(w *world) {
		w.swap("content/site.yaml", "checks: ", fmt.Sprintf("x: {m: %d}\nchecks: ", w.IntN(10)))
	},
	"in step": func(w *world) {
		t, err := build.OpenTranslators(w.dir, os.DirFS(w.dir))
		if err != nil {
			return // the site cannot be read
		}
		families, lang := t.Site().Families, t.Language(w.pick([]string{"fr", "ar"}))
		f := families[w.IntN(len(families))]
		if lang == nil || f.Pages[lang.Index] == nil {
			return
		}
		texts, err := t.Read(f)
		if err == nil {
			err = t.InStep(texts, lang, w.pick(translate.Stages), "", "", true)
		}
		if err == nil {
			err = t.Save()
		}
		if err != nil {
			w.t.Fatal(err)
		}
	},
	"record torn": func(w *world) {
		for _, lang := range []string{"fr", "ar"} {
			if _, err := os.Stat(w.path("content/" + lang + "/records.txt")); err != nil {
				continue
			}
			w.swap("content/"+lang+"/records.txt", w.pick([]string{"machine", "title=", "\t", "index\n"}), "=======\n")
		}
	},
	"stale": func(w *world) {
		was := regexp.MustCompile(`stale: .*\n`).FindString(w.read("content/site.yaml"))
		w.swap("content/site.yaml", was+"checks: ", "stale: ["+w.pick([]string{
			"{show: mark}", "{show: source}", "{show: notice}", "{under: children, show: mark}, {kind: guide, show: source}"})+"]\nchecks: ")
	},
	"nosy layout": func(w *world) {
		w.swap("layouts/page.html", "{{.Body}}", "{{with .Family.Parent}}{{(index .Pages 0).Title}}{{end}}{{.Body}}")
	},
}

// script plays a script of edits and compares the site after each burst with
// that of a clean build. The site is a preview's, or is published in a folder by
// processes that may be killed.
func script(t *testing.T, seed uint64, preview bool) {
	w := newWorld(t, seed)
	memory := &build.Memory{Store: cache.Memory()}
	drafts := preview && seed%4 == 0
	names := slices.Sorted(maps.Keys(edits))
	for range 3 {
		for range 1 + w.IntN(3) {
			name := w.pick(names)
			w.done = append(w.done, name)
			edits[name](w)
		}
		want := output.Memory()
		clean, err := build.Build(t.Context(), os.DirFS(w.dir), want, build.Options{Workers: 1, Drafts: drafts})
		if err != nil {
			t.Fatal(err)
		}
		var found []site.Finding
		var list []string
		if preview {
			got := output.Memory()
			kept, err := build.Build(t.Context(), os.DirFS(w.dir), got, build.Options{Memory: memory, Workers: 2, Drafts: drafts})
			if err != nil {
				t.Fatal(err)
			}
			memory.Store.Sweep()
			found, list = kept.Findings, differences(want, got)
		} else {
			if w.IntN(3) == 0 {
				w.kill()
			}
			want.Follow(w.former("public"))
			if found, err = errand(w.dir, "public"); err != nil {
				t.Fatalf("seed %d, after %v: %v", seed, w.done, err)
			}
			if err := want.Publish(); err != nil {
				t.Fatal(err)
			}
			list = w.published(want, "public")
			if w.IntN(4) == 0 {
				damage(w, w.path(".cache"))
			}
		}
		if a, b := sitetest.Findings(clean.Findings), sitetest.Findings(found); a != b {
			t.Fatalf("seed %d, after %v: a clean build finds\n%s\nthis one\n%s", seed, w.done, a, b)
		}
		if len(list) > 0 && !clean.Failed() {
			t.Fatalf("seed %d, after %v: a clean build's files are others:\n%s", seed, w.done, strings.Join(list, "\n"))
		}
	}
}

// errand builds the site in a folder as the command does, into one beside its
// content.
func errand(dir, target string) ([]site.Finding, error) {
	store, err := cache.Open(filepath.Join(dir, ".cache"), 1<<20)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	todo := build.Errand{Site: dir, Target: filepath.Join(dir, target)}
	o := build.Options{Memory: &build.Memory{Store: store}, Workers: 2}
	res, err := todo.Do(context.Background(), os.DirFS(dir), o)
	if err != nil {
		return nil, err
	}
	return res.Findings, nil
}

// The test binary is also the command that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("FIELDGUIDE_ERRAND"); dir != "" {
		if _, err := errand(dir, os.Getenv("FIELDGUIDE_TARGET")); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	flag.Parse()
	flag.Set("test.parallel", "8") // builds wait for the clock, and for processes
	os.Exit(m.Run())
}

// begin builds the site in a process of its own.
func (w *world) begin(target string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "FIELDGUIDE_ERRAND="+w.dir, "FIELDGUIDE_TARGET="+target)
	cmd.Stdout = &strings.Builder{}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	return cmd
}

// kill builds the site and kills that before long.
func (w *world) kill() {
	cmd := w.begin("public")
	time.Sleep(time.Duration(w.IntN(300)) * time.Millisecond)
	cmd.Process.Kill()
	cmd.Wait()
}

// Two processes build one site into two folders, with one cache, at one time.
func TestTwoProcessesWithOneCache(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 10
	}
	var w *world
	names := slices.Sorted(maps.Keys(edits))
	for round := range rounds {
		if round%5 == 0 {
			w = newWorld(t, uint64(round))
		}
		name := w.pick(names)
		w.done = append(w.done, name)
		edits[name](w)
		former := w.former("public") // and that of mirror: both have had the same builds
		one, other := w.begin("public"), w.begin("mirror")
		want := output.Memory()
		clean, err := build.Build(t.Context(), os.DirFS(w.dir), want, build.Options{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, cmd := range []*exec.Cmd{one, other} {
			if err := cmd.Wait(); err != nil {
				t.Fatalf("after %v: %v: %s", w.done, err, cmd.Stdout)
			}
		}
		if clean.Failed() {
			continue
		}
		want.Follow(former)
		if err := want.Publish(); err != nil {
			t.Fatal(err)
		}
		for _, target := range []string{"public", "mirror"} {
			if list := w.published(want, target); len(list) > 0 {
				t.Fatalf("after %v: in %s a clean build's files are others:\n%s", w.done, target, strings.Join(list, "\n"))
			}
		}
	}
}

// former returns which release a folder holds, nil for none.
func (w *world) former(target string) *release.Manifest {
	m, err := release.Read(w.path(target))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.t.Fatal(err)
	}
	return m
}

// published returns how the site in a folder differs from a tree that is published.
func (w *world) published(want *output.Tree, target string) (list []string) {
	there := map[string]bool{}
	filepath.WalkDir(w.path(target), func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			below, _ := filepath.Rel(w.path(target), name)
			there[filepath.ToSlash(below)] = true
		}
		return nil
	})
	files := []string{"SHA256SUMS", release.ManifestName}
	for _, f := range want.Files() {
		files = append(files, f.Name)
	}
	for _, name := range files {
		a, _ := want.ReadFile(name)
		b, err := os.ReadFile(w.path(target + "/" + name))
		if err != nil || !bytes.Equal(a, b) {
			list = append(list, fmt.Sprintf("%s: %v", name, err))
		}
		delete(there, name)
	}
	for name := range there {
		list = append(list, name+" is not of this site")
	}
	return list
}

// damage breaks a few entries of a cache.
func damage(w *world, folder string) {
	filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || w.IntN(4) > 0 {
			return nil
		}
		data, _ := os.ReadFile(name)
		switch w.IntN(3) {
		case 0:
			data = data[:w.IntN(len(data)+1)]
		case 1:
			if len(data) > 0 {
				data[w.IntN(len(data))] ^= 1
			}
		case 2:
			data = []byte("somebody else's")
		}
		return os.WriteFile(name, data, 0o600)
	})
}

// Whatever is done to a guide, in whatever order: what was kept of former builds
// makes no difference.
func TestKeptIsAsClean(t *testing.T) {
	list := seeds(t)
	scripts := 2000
	switch {
	case os.Getenv("FIELDGUIDE_SCRIPTS") == "all":
		scripts = len(list)
	case testing.Short():
		scripts = 100
	}
	const workers = 8
	for worker := range workers {
		t.Run(fmt.Sprint(worker), func(t *testing.T) {
			t.Parallel()
			for n := worker; n < scripts; n += workers {
				seed := list[n*len(list)/scripts]
				script(t, seed, seed%2 == 0)
				if t.Failed() {
					return
				}
			}
		})
	}
}

// seeds reads which scripts there are.
func seeds(t *testing.T) (list []uint64) {
	for line := range strings.Lines(read(t, "testdata/kept/seeds.tsv")) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var from, to uint64
		if _, err := fmt.Sscan(line, &from, &to); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		for seed := from; seed < to; seed++ {
			list = append(list, seed)
		}
	}
	return list
}
