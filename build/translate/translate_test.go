package translate_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"

	"golang.org/x/tools/txtar"
)

// TestStandings reads testdata/*.txtar: the source page as it was translated,
// the translation, the source page of today, and how the translation stands.
// A file without "was" has no record.
func TestStandings(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts := map[string]string{}
			for _, f := range archive.Files {
				texts[f.Name] = string(f.Data)
			}
			text := func(name string) translate.Text {
				raw := []byte(texts[name])
				return translate.Text{Page: &site.Page{Title: "Title"}, Doc: markdown.Parse(name, raw, 0), Raw: raw}
			}
			line := ""
			var record *translate.Record
			if was, recorded := texts["was"]; recorded {
				old := text("was")
				record = &translate.Record{Blob: translate.Blob([]byte(was)), Stage: "machine", Passages: translate.PassagesOf(old.Page, old.Doc)}
				line = record.Line()
			}
			st := translate.Of(line, text("now"), text("own"))
			var b strings.Builder
			fmt.Fprintf(&b, "%s, %d of %d\n", st.State, st.Changed, st.Of)
			if st.State == translate.Differs {
				fmt.Fprintf(&b, "passage %d is not %s\n", st.At+1, markdown.KindName(st.Want))
				for _, g := range translate.Gaps(record, text("now").Doc, text("own").Doc) {
					fmt.Fprintf(&b, "%d: %s\n", g.Own+1, g.Tell(text("now").Doc))
				}
			}
			for i, j := range st.Source {
				fmt.Fprintf(&b, "%d says %s", i+1, number(j))
				for _, word := range []struct {
					is   bool
					word string
				}{{st.Old[i], "old"}, {st.Gone[i], "gone"}, {st.Added[i] > 0, "added before"}} {
					if word.is {
						b.WriteString(", " + word.word)
					}
				}
				b.WriteString("\n")
			}
			if n := st.Added[len(st.Source)]; n > 0 {
				fmt.Fprintf(&b, "added at the end: %d\n", n)
			}
			if record != nil && st.State != translate.Differs {
				now := text("now")
				for _, s := range translate.Steps(record, translate.PassagesOf(now.Page, now.Doc)) {
					fmt.Fprintf(&b, "%s %s -> %s\n", s.What, number(s.Old), number(s.New))
				}
			}
			for _, r := range translate.Rows(st, text("now").Doc, text("own").Doc) {
				fmt.Fprintf(&b, "beside: source %s, own %s", numbers(r.Source), numbers(r.Own))
				if len(r.Recorded) > 0 {
					fmt.Fprintf(&b, ", made from %s", numbers(r.Recorded))
				}
				if r.What != "" {
					b.WriteString(": " + r.What)
				}
				if r.Gone {
					b.WriteString(", gone")
				}
				b.WriteString("\n")
			}
			if got := b.String(); got != texts["stands"] {
				t.Errorf("got:\n%swant:\n%s", got, texts["stands"])
				if os.Getenv("UPDATE") != "" {
					archive.Files[len(archive.Files)-1].Data = []byte(got)
					os.WriteFile(file, txtar.Format(archive), 0o644)
				}
			}
		})
	}
}

func numbers(list []int) string {
	var words []string
	for _, i := range list {
		words = append(words, number(i))
	}
	return "[" + strings.Join(words, " ") + "]"
}

func number(i int) string {
	if i == translate.NoPassage {
		return "none"
	}
	return fmt.Sprint(i + 1)
}

func TestBlobIsGits(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	for _, text := range []string{"", "words\n", "é\n\n# ä\n", "a\r\nb\r\n"} {
		cmd := exec.Command(git, "hash-object", "--stdin")
		cmd.Stdin = strings.NewReader(strings.ReplaceAll(text, "\r\n", "\n"))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := translate.Blob([]byte(text)); got != strings.TrimSpace(string(out)) {
			t.Errorf("%q: %s, git says %s", text, got, out)
		}
	}
}

// What Format writes, Parse reads.
func TestRecordsComeBack(t *testing.T) {
	rs := translate.Records{
		"index": {Blob: strings.Repeat("a", 40), Stage: "machine"},
		"a/b": {Blob: strings.Repeat("1", 40), Stage: "reviewed", By: "Amina K.", On: "2026-11-28", Updated: "2026-01-02", Free: true,
			Passages: []translate.Said{{Kind: "title", Hash: "01234567"}, {Kind: ":q(h3,ul2)", Hash: "89abcdef", Withdrawn: true}}},
	}
	text := rs.Format()
	back, findings := translate.Parse("records.txt", text)
	if len(findings) > 0 || string(back.Format()) != string(text) || back["a/b"].By != "Amina K." || len(back) != 2 {
		t.Errorf("got %v %v from\n%s", back, findings, text)
	}
}

// FuzzRecords reads anything, and what it could read it writes in a form that
// gives the same again.
func FuzzRecords(f *testing.F) {
	f.Add("# c\na/b\n\t" + strings.Repeat("1", 40) + " machine by=A on=2026-11-28 p=01234567!\n")
	f.Add("<<<<<<< one\na\n\t" + strings.Repeat("1", 40) + " machine\n=======\n>>>>>>> two\nb\n")
	f.Add("a\nb\n\t\n\tx y=\n=======\n")
	f.Fuzz(func(t *testing.T, text string) {
		rs, _ := translate.Parse("records.txt", []byte(text))
		again, findings := translate.Parse("records.txt", rs.Format())
		if len(findings) > 0 || string(again.Format()) != string(rs.Format()) {
			t.Errorf("%q gave %q, and that %v %q", text, rs.Format(), findings, again.Format())
		}
	})
}
