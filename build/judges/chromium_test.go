package judges

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"golang.org/x/net/html"
)

// chromium2018 is Chromium 72, unpacked by install.sh. It stands for browsers that
// know details, and not what styles may say of their contents since 2025: answers
// must come out there on the screen and on paper. Versions 64 to 68 of the same
// makers end with no page on today's kernels.
const chromium2018 = "node_modules/chrome-aws-lambda/bin/chromium"

// TestChromiumOf2018 shows it pages that fold answers away.
func TestChromiumOf2018(t *testing.T) {
	need(t, chromium2018)
	need(t, "pdftotext")
	g := the(t)
	pages := folding(g.sample(g.Source.Code, "fr")) // not zh: of old PDFs pdftotext reads other signs
	if len(pages) == 0 {
		t.Fatal("no page folds an answer away")
	}
	judged(t, len(pages), "page")
	judgeFolding(t, g, collect(t), g.asIs(pages))
}

func TestChromiumOf2018Sees(t *testing.T) {
	need(t, chromium2018)
	need(t, "pdftotext")
	refuses(t, "Chromium 72", func(c *complaints, list []variant) { judgeFolding(t, the(t), c, list) })
}

// folding returns the pages that fold something away.
func folding(pages []*page) (list []*page) {
	for _, p := range pages {
		if p.lang != nil && bytes.Contains(p.data, []byte("<details")) {
			list = append(list, p)
		}
	}
	return list
}

// opened is what a page shows before and after a tap on each of its questions.
type opened struct {
	Name  string
	Wide  float64
	Shut  []float64 // heights of the answers
	Open  []float64
	Error string
}

// harness shows pages in frames of a small phone, taps on their questions and
// writes what it saw in place of itself.
const harness = `<!DOCTYPE html><meta charset="utf-8"><title>a</title><script>
var pages = %s, seen = []
function look(i, frame) {
	var d = frame.contentDocument, all = d.querySelectorAll("details"), s = {name: pages[i], shut: [], open: []}
	s.wide = d.documentElement.scrollWidth
	for (var j = 0; j < all.length; j++) {
		var answer = all[j].querySelector("div") || all[j].nextElementSibling
		s.shut.push(answer.getBoundingClientRect().height)
		all[j].querySelector("summary").click()
		s.open.push(answer.getBoundingClientRect().height)
	}
	seen.push(s)
}
pages.forEach(function (page, i) { document.write('<iframe width="%d" height="%d" src="file://' + page + '" onload="look(' + i + ', this)"></iframe>') })
onload = function () { document.body.textContent = JSON.stringify(seen) }
</script>`

// judgeFolding shows pages on the screen and on paper.
func judgeFolding(t *testing.T, g *guide, c *complaints, list []variant) {
	t.Helper()
	var files []string
	for _, v := range list {
		files = append(files, v.file)
	}
	names, err := json.Marshal(files)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "frames.html")
	if err := os.WriteFile(file, fmt.Appendf(nil, harness, names, screenWidth, screenHeight), 0o666); err != nil {
		t.Fatal(err)
	}
	dump := inChromium2018(t, file, "--dump-dom", "--allow-file-access-from-files")
	body := regexp.MustCompile(`(?s)<body>(.*)</body>`).FindSubmatch(dump)
	var seen []opened
	if body == nil || json.Unmarshal([]byte(html.UnescapeString(string(body[1]))), &seen) != nil || len(seen) != len(list) {
		t.Fatalf("it told of no pages:\n%s", dump)
	}
	for i, v := range list {
		for _, s := range seen {
			if s.Name != v.file {
				continue
			}
			if s.Wide > screenWidth {
				c.add(v.name, "the page scrolls sideways", fmt.Sprintf("%.0f px", s.Wide))
			}
			for j, open := range s.Open {
				if open == 0 {
					c.add(v.name, "an answer that does not open", fmt.Sprint(j+1))
				}
				if s.Shut[j] > 0 {
					c.add(v.name, "an answer that is not folded away", fmt.Sprint(j+1))
				}
			}
		}
		pdf := filepath.Join(dir, fmt.Sprintf("%d.pdf", i))
		inChromium2018(t, v.file, "--print-to-pdf="+pdf)
		data, err := os.ReadFile(pdf)
		if err != nil {
			t.Fatal(err)
		}
		_, missing, err := printed(g.written(t, v.page), v.lang, data)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range missing {
			c.add(v.name, "text that is not printed", m)
		}
	}
}

// inChromium2018 opens a file and returns what it says.
func inChromium2018(t *testing.T, file string, args ...string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	args = append([]string{"--headless", "--disable-gpu", "--no-sandbox", "--no-zygote", "--single-process",
		"--user-data-dir=" + t.TempDir()}, args...)
	out, err := exec.CommandContext(ctx, chromium2018, append(args, "file://"+file)...).Output()
	if err != nil {
		t.Fatalf("Chromium 72: %v", err)
	}
	return out
}
