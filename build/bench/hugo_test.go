package bench

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkHugo reports what Hugo takes for the same Markdown with layouts of
// like weight, as a multiple of what a build takes in the same run. It wants
// Hugo v0.165.0, by go install github.com/gohugoio/hugo@v0.165.0, on the path
// or named by FIELDGUIDE_HUGO.
func BenchmarkHugo(b *testing.B) {
	hugo := os.Getenv("FIELDGUIDE_HUGO")
	if hugo == "" {
		hugo, _ = exec.LookPath("hugo")
	}
	if hugo == "" {
		b.Skip("no hugo on the path, nor named by FIELDGUIDE_HUGO")
	}
	dir := synthetic(b, 500, false)
	theirs := hugoSite(b, dir)
	for b.Loop() {
		os.RemoveAll(filepath.Join(dir, "public"))
		os.RemoveAll(filepath.Join(theirs, "public"))
		ours := measure(b, "build", dir)
		cmd := exec.Command(hugo, "--source", theirs, "--quiet")
		start := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		peak := float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
		cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		b.ReportMetric(cpu.Seconds(), "hugo-cpu-s")
		b.ReportMetric(cpu.Seconds()/ours.cpu.Seconds(), "hugo-x-ours")
		b.ReportMetric(peak, "hugo-MiB")
		b.ReportMetric(peak/ours.peak, "hugo-x-ours-MiB")
		b.ReportMetric(time.Since(start).Seconds(), "hugo-wall-s")
		b.ReportMetric(ours.cpu.Seconds(), "cpu-s")
		more := 2 + len(languages) // the chooser, and 404 for all and in each
		if ours, theirs := countPages(b, dir), countPages(b, theirs); ours != theirs+more {
			b.Errorf("a build makes %d pages, Hugo %d", ours, theirs)
		}
	}
}

func countPages(tb testing.TB, dir string) (n int) {
	err := filepath.WalkDir(filepath.Join(dir, "public"), func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".html") {
			n++
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// hugoSite gives Hugo the pages of a site: the index of a folder is called as
// Hugo calls it, and our kinds as nothing of Hugo's. Its layouts show what ours
// do: the style, the way back, links to the neighbours and to each language.
func hugoSite(tb testing.TB, dir string) string {
	tb.Helper()
	to := tb.TempDir()
	content := filepath.Join(dir, "content")
	err := filepath.WalkDir(content, func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		below, _ := filepath.Rel(content, name)
		if filepath.Base(below) == "index.md" {
			below = filepath.Join(filepath.Dir(below), "_index.md")
		}
		writeFile(tb, filepath.Join(to, "content", below), strings.Replace(string(text), "\nkind: ", "\nsort: ", 1))
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	config := "title = \"A guide\"\nbaseURL = \"https://example.org/\"\nuglyURLs = true\nrelativeURLs = true\n" +
		"defaultContentLanguage = \"en\"\ndefaultContentLanguageInSubdir = true\ndisableDefaultLanguageRedirect = true\n" +
		"disableKinds = [\"taxonomy\", \"term\", \"RSS\", \"sitemap\", \"404\", \"robotsTXT\"]\n"
	for i, lang := range languages {
		config += "[languages." + lang + "]\nweight = " + string(rune('1'+i)) + "\ncontentDir = \"content/" + lang + "\"\n"
	}
	writeFile(tb, filepath.Join(to, "hugo.toml"), config)
	page := `<!DOCTYPE html>
<html lang="{{.Language.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}} · {{.Site.Title}}</title>
<meta name="description" content="{{.Summary}}">
<style>` + strings.Repeat(".a a{color:#123456;margin:0 1em}", 100) + `</style>
</head>
<body>
<a class="skip" href="#text">Skip</a>
<header><nav><ol>{{range .Ancestors.Reverse}}<li><a href="{{.RelPermalink}}">{{.LinkTitle}}</a></li>{{end}}</ol></nav></header>
<main id="text">
<h1>{{.Title}}</h1>
{{.Content}}
{{if .IsNode}}<ul>{{range .Pages}}<li><a href="{{.RelPermalink}}">{{.LinkTitle}}</a><p>{{.Params.summary}}</p></li>{{end}}</ul>{{end}}
{{with .Params.rights}}<p>{{range .}}{{.}} {{end}}</p>{{end}}
</main>
<nav>{{with .PrevInSection}}<a rel="prev" href="{{.RelPermalink}}">{{.LinkTitle}}</a>{{end}}
{{with .NextInSection}}<a rel="next" href="{{.RelPermalink}}">{{.LinkTitle}}</a>{{end}}</nav>
<nav><ul>{{range .AllTranslations}}<li><a href="{{.RelPermalink}}" lang="{{.Language.Lang}}">{{.Language.Lang}}</a></li>{{end}}</ul></nav>
<footer><p>{{.Site.Title}}</p></footer>
</body>
</html>
`
	for _, name := range []string{"single", "list", "home"} {
		writeFile(tb, filepath.Join(to, "layouts", name+".html"), page)
	}
	writeFile(tb, filepath.Join(to, "layouts/_markup/render-link.html"),
		`{{$to := urls.Parse .Destination}}<a href="{{with .PageInner.GetPage $to.Path}}{{.RelPermalink}}{{else}}{{$.Destination}}{{end}}{{with $to.Fragment}}#{{.}}{{end}}">{{.Text}}</a>`)
	return to
}
