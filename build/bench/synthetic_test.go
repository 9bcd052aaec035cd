package bench

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const repository = "../.."

var languages = []string{"ar", "zh", "en", "fr", "ru", "es"}

// synthetic writes a site of so many pages in six languages: real settings
// and interface words, and pages of 600 to 1,500 words put together from the
// sentences of the real guide, the same structure in every language. The same
// number gives the same site. With search it has a search page too, and so an
// index.
func synthetic(tb testing.TB, pages int, search bool) string {
	tb.Helper()
	dir := tb.TempDir()
	writeFile(tb, filepath.Join(dir, "content/site.yaml"), settings(tb))
	for _, folder := range []string{"layouts", "static"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(repository, folder))); err != nil {
			tb.Fatal(err)
		}
	}
	for _, lang := range languages {
		for _, name := range []string{"ui.yaml", "terms.yaml", "resources.yaml"} {
			copyFile(tb, dir, "content/"+lang+"/"+name)
		}
		w := writer{sentences: sentences(tb, lang), chinese: lang == "zh"}
		for n, page := range named(tb) {
			w.random = rand.New(rand.NewPCG(5, uint64(n)))
			text := w.index(n)
			if page == "times-tables" && lang == "en" { // readers leave to it, so it must not name the guide
				text = strings.Replace(text, "---\n\n", "kind: exit\n---\n\n", 1)
			}
			writeFile(tb, filepath.Join(dir, "content", lang, page+".md"), text+"\n## Here {#picture-threat}\n")
		}
		if search {
			w.random = rand.New(rand.NewPCG(3, 3))
			page := w.index(0)
			if lang == "en" {
				page = strings.Replace(page, "---\n\n", "kind: search\n---\n\n", 1)
			}
			writeFile(tb, filepath.Join(dir, "content", lang, "search.md"), page)
		}
		for n := range pages {
			section := []string{"parents", "educators", "industry", "policy-makers"}[n%4]
			w.random = rand.New(rand.NewPCG(7, uint64(n)))
			name := filepath.Join(dir, "content", lang, section, fmt.Sprintf("part-%02d", n/200), fmt.Sprintf("page-%04d.md", n))
			writeFile(tb, name, w.page(n, lang == "en"))
			if n%200 < 4 {
				writeFile(tb, filepath.Join(filepath.Dir(name), "index.md"), w.index(n))
			}
		}
	}
	return dir
}

// What is measured can be made: settings of the guide and the checks of the day bear
// a synthetic site, and the floor reads it.
func TestSynthetic(t *testing.T) {
	dir := synthetic(t, 4, true)
	if err := runBundles(dir); err != nil {
		t.Error(err)
	}
	if err := runFloor(dir); err != nil {
		t.Error(err)
	}
}

// settings are those of the real guide without what limits the length of its
// texts: these pages are longer than any of them.
func settings(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join(repository, "content/site.yaml"))
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	skip := false
	for line := range strings.Lines(string(text)) {
		if line[0] != ' ' && line[0] != '#' {
			skip = strings.HasPrefix(line, "loads:") || strings.HasPrefix(line, "limits:")
		}
		if !skip {
			b.WriteString(line)
		}
	}
	return b.String() + "limits: {page: 0, style: 0, source: 0, file: 0, file-zipped: 0, summary: 0}\n"
}

// named are the pages that site.yaml speaks of, which must exist, and the
// indexes of its units' folders.
func named(tb testing.TB) []string {
	tb.Helper()
	words := strings.FieldsFunc(settings(tb), func(r rune) bool { return strings.ContainsRune(" ,:[]{}\n", r) })
	pages := []string{"index"}
	root := filepath.Join(repository, "content/en")
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		below, _ := filepath.Rel(root, strings.TrimSuffix(name, ".md"))
		below = filepath.ToSlash(below)
		folder, isIndex := strings.CutSuffix(below, "/index")
		if strings.HasSuffix(name, ".md") && below != "index" && (slices.Contains(words, below) || isIndex && slices.Contains(words, folder)) {
			pages = append(pages, below)
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return pages
}

func copyFile(tb testing.TB, dir, name string) {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join(repository, name))
	if err != nil {
		tb.Fatal(err)
	}
	writeFile(tb, filepath.Join(dir, name), string(text))
}

func writeFile(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		tb.Fatal(err)
	}
}

// sentences are the plain lines of the real guide in one language, but those
// with figures and initials: away from their sources, and from where they are
// spelt out, these would be findings, of which a finished guide has none.
func sentences(tb testing.TB, lang string) []string {
	tb.Helper()
	var list []string
	for _, name := range []string{"about.md", "help/adults.md", "rights/index.md", "risks/index.md", "parents/index.md", "rights/teenagers.md", "risks/contact.md", "risks/conduct.md"} {
		text, err := os.ReadFile(filepath.Join(repository, "content", lang, name))
		if err != nil {
			tb.Fatal(err)
		}
		_, body, _ := strings.Cut(string(text[4:]), "\n---\n")
		for line := range strings.Lines(body) {
			line = strings.TrimSpace(line)
			if len(line) > 40 && !strings.ContainsAny(line[:1], "#:|-0123456789[>") && !strings.ContainsAny(line, "[]*`%٪％") && !unfinished.MatchString(line) {
				list = append(list, line)
			}
		}
	}
	return list
}

var unfinished = regexp.MustCompile(`[0-9]{3}|\p{Lu}{2}`)

type writer struct {
	sentences []string
	chinese   bool
	random    *rand.Rand
}

func (w *writer) sentence() string { return w.sentences[w.random.IntN(len(w.sentences))] }

func (w *writer) words(text string) int {
	if w.chinese {
		return len([]rune(text)) * 10 / 16
	}
	return len(strings.Fields(text))
}

func (w *writer) head(b *strings.Builder, n int, source bool) {
	fmt.Fprintf(b, "---\ntitle: %q\nsummary: %q\n", fmt.Sprintf("%.30s %d", strings.ToValidUTF8(w.sentence(), ""), n), "A page of the synthetic site.")
	if source {
		fmt.Fprintf(b, "kind: guide\norder: %d\ntopics: [content]\nrights: [16, 17]\n", n+1)
	}
	b.WriteString("---\n")
}

func (w *writer) index(n int) string {
	var b strings.Builder
	w.head(&b, n, false)
	b.WriteString("\n" + w.sentence() + "\n")
	return b.String()
}

// page has the structure of a real guide page: headings, paragraphs with
// links and emphasis, lists, blocks and now and then a table.
func (w *writer) page(n int, source bool) string {
	var b strings.Builder
	w.head(&b, n, source)
	target := 600 + int(rand.New(rand.NewPCG(11, uint64(n))).IntN(900))
	words := 0
	add := func(format string, args ...any) {
		fmt.Fprintf(&b, format, args...)
	}
	text := func() string {
		s := w.sentence()
		words += w.words(s)
		return s
	}
	for part := 0; part < target/110; part++ { // the same parts in every language
		add("\n## Part %d {#part-%d}\n\n%s %s\n", part, part, text(), text())
		switch part % 4 {
		case 0:
			add("\n%s **%s** [link](../../help/adults.md#picture-threat) %s\n", text(), strings.TrimRight(strings.Fields(text())[0], ".,:;!?،؛。，：！？\""), text())
		case 1:
			add("\n- %s\n- %s\n- [list](../index.md)\n", text(), text())
		case 2:
			add("\n:::tip\n%s\n:::\n", text())
		case 3:
			add("\n| A | B |\n|---|---|\n| %s | 2 |\n| 1 | 9–12 |\n", strings.ReplaceAll(text(), "|", ""))
		}
	}
	for words < target {
		add("\n%s %s\n", text(), text())
	}
	return b.String()
}
