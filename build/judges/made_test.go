package judges

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build"
	"fieldguide/build/bundle"
	"fieldguide/build/output"

	"github.com/chromedp/chromedp"
)

// made is a small site of what writers may write and this guide does not: more
// columns and longer words than a screen or a sheet has room for, answers on pages
// of any kind, quotations. The default layouts and style are what it is shown with.
var made = map[string]string{
	"site.yaml": `source: en
limits: {page: 30000}
languages:
  - {code: en, name: English, dir: ltr}
  - {code: ru, name: Русский, dir: ltr}
  - {code: es, name: Español, dir: ltr}
  - {code: ar, name: العربية, dir: rtl}
kinds: {home: {layout: home}, index: {layout: index}, guide: {}}
blocks: {answer: {element: details, title: true}}
bundles: {name: made, units: [{id: guide, formats: [html]}]}
`,
	"en/ui.yaml": "title: Guide\nbundles: {guide: Guide}\n", "ru/ui.yaml": "title: Guide\nbundles: {guide: Guide}\n",
	"es/ui.yaml": "title: Guide\nbundles: {guide: Guide}\n", "ar/ui.yaml": "title: Guide\nbundles: {guide: Guide}\n",
	"en/index.md": front("Home", "kind: home\n"), "ru/index.md": front("Дом", ""), "es/index.md": front("Casa", ""),
	"ar/index.md": front("البداية", ""),

	"en/table.md": front("Table", "kind: guide\norder: 1\n") + table("Owner", "Frequency", "Documentation", "Confidentiality", "Communication", "Improvement"),
	"ru/table.md": front("Таблица", "") + table("Ответственный", "Периодичность", "Документация", "Конфиденциальность", "Взаимодействие", "Совершенствование"),
	"es/table.md": front("Tabla", "") + table("Mecanismo", "Responsable", "Periodicidad", "Documentación", "Confidencialidad", "Comunicación"),
	"ar/table.md": front("جدول", "") + table("المسؤولية", "التكرار", "التوثيق", "السرية", "التواصل", "التحسين"),

	"en/nine.md": front("Nine", "kind: guide\norder: 2\n") +
		table("Responsibility", "Frequency", "Documentation", "Confidentiality", "Communication", "Improvement", "Participation", "Accountability", "Supervision"),

	"en/code.md": front("Code", "kind: guide\norder: 3\n") +
		"```\nfieldguide build --site content --out public --bundles zip,html,epub,zim,pdf " + strings.Repeat("word ", 60) + "ENDCODE\n```\n",

	"en/answer.md": front("Answer", "kind: guide\norder: 4\n") + ":::answer Is it safe?\n\nHidden answer words.\n\n:::\n",

	"en/long.md": front("Jugendmedienschutzstaatsvertragsdurchführungsverordnung", "kind: guide\norder: 5\n") +
		"See [Jugendmedienschutzstaatsvertragsdurchführungsverordnung](answer.md).\n",
	"ru/long.md": front("Высокопревосходительствующий", "") + "Смотри [высокопревосходительствующий](answer.md).\n",

	"en/quote.md": front("Quote", "kind: guide\norder: 6\n") + "We say this.\n\n> Somebody else said that.\n\nWe say this too.\n",
}

func front(title, more string) string {
	return "---\ntitle: " + title + "\nsummary: A line.\n" + more + "---\n"
}

// table returns one of two rows, whose cells hold the words of its head.
func table(head ...string) string {
	row := "| " + strings.Join(head, " | ") + " |\n"
	return row + strings.Repeat("|---", len(head)) + "|\n" + row
}

// onPaper is what must stand on paper of some pages, in every language that has
// them.
var onPaper = map[string][]string{
	"ru/table.html":  {"Взаимодействие", "Совершенствование"},
	"es/table.html":  {"Confidencialidad", "Comunicación"},
	"ar/table.html":  {"التواصل", "التحسين"},
	"en/nine.html":   {"Participation", "Accountability", "Supervision"},
	"en/code.html":   {"zip,html,epub,zim,pdf", "ENDCODE"},
	"en/answer.html": {"Hidden answer words."},
}

// TestMade looks at a site that was made to be hard to show: nothing is wider than
// a narrow screen, nothing is lost on paper, in a page and in one file.
func TestMade(t *testing.T) {
	need(t, "pdftotext")
	sources, dir, c := fstest.MapFS{}, filepath.Join(t.TempDir(), "public"), collect(t)
	for name, text := range made {
		sources["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := output.Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Discard()
	res, err := build.Build(context.Background(), build.Over(sources), tree, build.Options{Bundles: bundle.Steady()})
	if err != nil || res.Failed() {
		t.Fatalf("%v %v", err, res.Findings)
	}
	if err := tree.Publish(); err != nil {
		t.Fatal(err)
	}
	ctx := tab(t)
	wanted := map[string][]string{}
	for name, words := range onPaper {
		wanted[name] = words
		code, _, _ := strings.Cut(name, "/")
		whole := "downloads/made-" + code + "-guide.html"
		wanted[whole] = append(wanted[whole], words...)
	}
	for name := range made {
		if page, isPage := strings.CutSuffix(name, ".md"); isPage && wanted[page+".html"] == nil {
			wanted[page+".html"] = []string{}
		}
	}
	for name, words := range wanted {
		ctx, cancel := context.WithTimeout(ctx, patience)
		address := "file://" + filepath.Join(dir, name)
		err := look{width: 320}.wear(ctx)
		if err == nil {
			err = c.overflows(ctx, name, address)
		}
		if err == nil {
			err = chromedp.Do(ctx, chromedp.Navigate(address))
		}
		if err == nil && len(words) > 0 {
			err = c.lacksOnPaper(ctx, name, words)
		}
		cancel()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.Join(dir, "ar/index.html"))); err != nil {
		t.Fatal(err)
	}
	const apart = `[...document.querySelectorAll(".entries li")].filter(li => {
		const [title, summary] = [...li.querySelectorAll("a, p")].map(el => {
			const r = document.createRange()
			r.selectNodeContents(el)
			return r.getBoundingClientRect().right
		})
		return Math.abs(title - summary) > 1
	}).map(li => li.textContent)`
	if got, err := ask[[]string](ctx, apart); err != nil || len(got) > 0 {
		t.Errorf("in Arabic, title and summary begin at two edges: %q (%v)", got, err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.Join(dir, "en/quote.html"))); err != nil {
		t.Fatal(err)
	}
	const borders = `["blockquote", "p"].map(s => getComputedStyle(document.querySelector("main " + s)).borderInlineStartWidth)`
	if got, err := ask[[]string](ctx, borders); err != nil || got[0] == "0px" || got[0] == got[1] {
		t.Errorf("a quotation and a paragraph have borders of %v (%v)", got, err)
	}
}

// lacksOnPaper prints the page that a tab shows and complains of words that are
// not printed.
func (c *complaints) lacksOnPaper(ctx context.Context, page string, words []string) error {
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		return err
	}
	for _, how := range []string{"-raw", "-layout"} { // one of them keeps a long word of a cell together
		text, err := pipe(pdf, "pdftotext", how, "-enc", "UTF-8", "-nopgbrk", "-", "-")
		if err != nil {
			return err
		}
		shown := strings.Join(strings.Fields(text), "")
		left := words[:0:0]
		for _, word := range words {
			if solid := strings.Join(strings.Fields(word), ""); !strings.Contains(shown, solid) && !jumbled(word, text) {
				left = append(left, word)
			}
		}
		words = left
	}
	for _, word := range words {
		c.add(page, "text that is not printed", word)
	}
	return nil
}

// The judge sees what a sheet cuts off.
func TestMadeSees(t *testing.T) {
	need(t, "pdftotext")
	ctx, cancel := context.WithTimeout(tab(t), patience)
	defer cancel()
	file := filepath.Join(t.TempDir(), "cut.html")
	page := `<!DOCTYPE html><meta charset="utf-8"><title>a</title><pre style="overflow:auto">` + strings.Repeat("word ", 60) + "ENDCODE</pre>"
	if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	c := &complaints{byRule: map[string]map[string][]string{}}
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	if err := c.lacksOnPaper(ctx, "cut", []string{"word", "ENDCODE"}); err != nil {
		t.Fatal(err)
	}
	if len(c.byRule["text that is not printed"]) != 1 {
		t.Errorf("it says %v", c.byRule)
	}
}
