package markdown_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/sitetest"

	"golang.org/x/tools/txtar"
)

// Each testdata/kinds*.tsv lists kinds of fault × constructs × languages that
// were looked at, one a line:
//
//	kind → construct → language → source → wanted → wanted …
//
// The source is the text of a page, with ⏎ for the end of a line; one that
// begins with --- or +++ is the whole file. Wanted is either HTML that the page
// holds, also with ⏎, or a finding: its line:column in the source, its check
// and words of its message and hint:
//
//	1:4 leftover: "**" is left … write **word**
//
// where … stands for anything. A page has the findings that its line wants and
// no others.
func TestKinds(t *testing.T) {
	files, err := filepath.Glob("testdata/kinds*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no table: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows := map[string][]row{} // by language
		for i, line := range strings.Split(string(data), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			cells := strings.Split(line, "\t")
			if len(cells) < 5 {
				t.Errorf("%s:%d: want kind, construct, language, source and what is wanted, with tabs between", file, i+1)
				continue
			}
			r := row{place: fmt.Sprintf("%s:%d", file, i+1), name: cells[0] + "/" + cells[1],
				source: lines(cells[3]), want: cells[4:]}
			rows[cells[2]] = append(rows[cells[2]], r)
		}
		for code, list := range rows {
			t.Run(code, func(t *testing.T) {
				t.Parallel()
				checkRows(t, code, list)
			})
		}
	}
}

type row struct {
	place, name, source string
	want                []string
	head                int // lines of front matter that the source does not show
}

func lines(s string) string { return strings.ReplaceAll(s, "⏎", "\n") }

// checkRows makes one site of the rows of a language, a page each.
func checkRows(t *testing.T, code string, rows []row) {
	const front = "---\ntitle: Title\nsummary: Summary.\n---\n"
	lang := languages[code]
	if lang == nil {
		t.Fatalf("%s: no language %q", rows[0].place, code)
	}
	a := &txtar.Archive{}
	add := func(name, text string) { a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)}) }
	add("content/site.yaml", fmt.Sprintf("source: %s\nchecks: {figures: on, terminology: on}\nlimits: {page: 0, source: 0}\nlanguages:\n"+
		"  - {code: %s, name: Name, dir: %s, script: %s, characters: %t, quotes: %q, space-before: %q, space-after: %q}\n",
		code, code, lang.Dir, scripts[code], lang.Characters,
		strings.Join(lang.Quotes[:], ""), lang.SpaceBefore, lang.SpaceAfter))
	add("content/"+code+"/ui.yaml", "title: Guide\n")
	add("content/"+code+"/index.md", "---\ntitle: Home\nsummary: Summary.\nkind: home\n---\n")
	add("content/"+code+"/help.md", front+"## Now\n")
	add("static/files/photo.svg", `<svg viewBox="0 0 9 9"><path d="M0 0h9"/></svg>`)
	for i, r := range rows {
		if !strings.HasPrefix(r.source, "---") && !strings.HasPrefix(r.source, "+++") {
			rows[i].head = strings.Count(front, "\n")
			r.source = front + r.source
		}
		add(fmt.Sprintf("content/%s/row-%d.md", code, i), r.source+"\n")
	}
	fsys := sitetest.Alone(string(txtar.Format(a)))
	for _, r := range sitetest.Mended(t, fsys).Refused {
		t.Errorf("%s is not mended: %s", r.Finding, r.Why)
	}
	res, tree := sitetest.Build(t, fsys)
	for i, r := range rows {
		file := fmt.Sprintf("content/%s/row-%d.md", code, i)
		var found []string
		for _, f := range res.Findings {
			if f.File == file {
				found = append(found, fmt.Sprintf("%d:%d %s: %s … %s", f.Line-r.head, f.Col, f.Check, f.Message, f.Hint))
			}
		}
		html, _ := tree.ReadFile(fmt.Sprintf("%s/row-%d.html", code, i))
		for _, want := range r.want {
			if strings.HasPrefix(want, "<") || !isFinding(want) {
				// Where addresses may break is in testdata/address-breaks.
				if !strings.Contains(strings.ReplaceAll(string(html), "<wbr>", ""), lines(want)) {
					t.Errorf("%s: %s: want HTML %s\n%s", r.place, r.name, want, mainOf(string(html)))
				}
				continue
			}
			at := slices.IndexFunc(found, func(f string) bool { return matches(f, want) })
			if at < 0 {
				t.Errorf("%s: %s: want finding %s\ngot %s", r.place, r.name, want, strings.Join(found, "\n    "))
				continue
			}
			found = slices.Delete(found, at, at+1)
		}
		if len(found) > 0 {
			t.Errorf("%s: %s: findings that nobody wants:\n    %s\nhtml %s", r.place, r.name,
				strings.Join(found, "\n    "), mainOf(string(html)))
		}
	}
	for _, f := range res.Findings {
		if !strings.Contains(f.File, "/row-") {
			t.Errorf("the site of %s: %v", code, f)
		}
	}
}

var scripts = map[string]string{"en": "latn", "fr": "latn", "es": "latn", "ru": "cyrl", "zh": "hans", "ar": "arab"}

// isFinding reports whether what is wanted begins with line:column.
func isFinding(want string) bool {
	var line, col int
	n, _ := fmt.Sscanf(want, "%d:%d ", &line, &col)
	return n == 2
}

// matches reports whether the parts of want stand in found, in order, from its start.
func matches(found, want string) bool {
	for i, part := range strings.Split(want, "…") {
		part = strings.TrimSpace(part)
		at := strings.Index(found, part)
		if at < 0 || i == 0 && at > 0 {
			return false
		}
		found = found[at+len(part):]
	}
	return true
}

// mainOf returns the text of a page without what stands around it.
func mainOf(html string) string {
	_, html, _ = strings.Cut(html, "<main")
	html, _, _ = strings.Cut(html, "</main>")
	return html
}
