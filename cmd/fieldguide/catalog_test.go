package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestCatalogPrograms has two translators follow the guide in programs of their
// trade, one in a PO file, one in XLIFF. The pages say then what they wrote, are in
// step, and the guide is published.
func TestCatalogPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("two builds of the guide take some seconds")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	l := newLife(t)
	const help, talk, new = "help/13-18", "parents/talk", "parents/new-page"
	l.edit("en", help, "2. Send nothing more. Do not argue or explain.\n",
		"2. Send nothing more. Do not argue.\n")
	l.edit("en", help, "5. Then block the person on every app.\n",
		"5. Then block the person on every app.\n6. Breathe slowly.\n")
	l.edit("en", help, "### Tonight\n", "You are not alone.\n\n### Tonight\n")
	l.append("en", talk, "\nAsk again next week.\n")
	l.write("en", new, "---\ntitle: A new page\nsummary: It is new.\nkind: guide\n---\n"+
		"Read [how to talk](talk.md) first.\n\n| When | What |\n|---|---|\n| Today | Listen |\n\n- Ask\n- Wait\n")
	l.commit("the source goes on")
	l.states("stale", help, "fr", "ru")

	dir := l.TempDir()
	po, xliff := filepath.Join(dir, "fr.po"), filepath.Join(dir, "ru.xliff")
	l.fg(0, "export", help, talk, new, "--lang", "fr", "--out", po)
	l.rewrite(po, likePoedit(map[string]string{
		"Send nothing more. Do not argue.": "N'envoie plus rien. Ne discute pas.",
		"Breathe slowly.":                  "Respire lentement.",
		"You are not alone.": "Cela arrive à beaucoup d'ados. " +
			"Des gens peuvent t'aider. Parle à l'un d'eux, même tard.",
		"Ask again next week.":           "Redemandez la semaine prochaine.",
		"A new page":                     "Une nouvelle page",
		"It is new.":                     "Elle est nouvelle.",
		"Read [how to talk]({1}) first.": "Lisez d'abord [comment en parler]({1}).",
		"When":                           "Quand", "What": "Quoi", "Today": "Aujourd'hui", "Listen": "Écouter",
		"Ask": "Demander", "Wait": "Attendre",
	}))
	l.fg(0, "import", po, "--translated-by", "Amina K.", "--on", "2026-12-01")

	l.fg(0, "export", help, talk, new, "--lang", "ru", "--format", "xliff", "--out", xliff)
	l.rewrite(xliff, likeXLIFF(map[string]string{
		"Send nothing more. Do not argue.": "Больше ничего не отправляй. Не спорь.",
		"Breathe slowly.":                  "Дыши медленно.",
		"You are not alone.":               "Такое бывает со многими.",
		"Ask again next week.":             "Спросите ещё раз через неделю.",
		"A new page":                       "Новая страница",
		"It is new.":                       "Она новая.",
		`Read [how to talk](<x id="1" ctype="x-address" equiv-text="talk.md"/>) first.`: `Сначала прочитайте, ` +
			`[как говорить](<x id="1"/>).`,
		"When": "Когда", "What": "Что", "Today": "Сегодня", "Listen": "Выслушать", "Ask": "Спросить", "Wait": "Подождать",
	}))
	l.fg(0, "import", xliff, "--reviewed-by", "Bruno L.", "--on", "2026-12-02")

	for _, page := range []string{help, talk, new} {
		l.states("in step", page, "fr", "ru")
	}
	l.green()
	l.says("fr", help, "Respire lentement.")
	l.says("ru", new, "Выслушать")
	records, err := os.ReadFile(filepath.Join(l.dir, "content/fr/records.txt"))
	if err != nil || strings.Count(string(records), "translated by=Amina_K. on=2026-12-01") != 3 {
		t.Error("the records do not say who translated", err)
	}
	l.fg(0, "check", "--lang", "fr,ru", "--under", "parents")
	diff := l.git("diff", "HEAD", "--stat", "--", "content/fr/"+help+".md")
	if !strings.Contains(diff, "4 insertions(+), 1 deletion(-)") {
		t.Errorf("other lines of the page were touched:\n%s", l.git("diff", "HEAD", "--", "content/fr/"+help+".md"))
	}
}

// rewrite changes a file.
func (l *life) rewrite(file string, change func(string) string) {
	l.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		l.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(change(string(text))), 0o644); err != nil {
		l.Fatal(err)
	}
}

var (
	poEntry = regexp.MustCompile(`(?m)^msgid (.+)\nmsgstr .+$`)
	poFlags = regexp.MustCompile(`(?m)^#, fuzzy(?:, |$\n)`)
	poOld   = regexp.MustCompile(`(?m)^#\|.*\n`)
	xliffTU = regexp.MustCompile(`<source>(.*?)</source>\n<target state="needs-[a-z-]*">(.*?)</target>`)
	altOnes = regexp.MustCompile(`(?s)<alt-trans.*?</alt-trans>\n`)
)

// likePoedit writes translations as Poedit does: header lines of its own, long
// strings in several lines, flags taken away, former words dropped, obsolete entries
// at the end, CRLF line ends.
func likePoedit(words map[string]string) func(string) string {
	return func(text string) string {
		text = poOld.ReplaceAllString(text, "")
		text = poEntry.ReplaceAllStringFunc(text, func(entry string) string {
			id := poEntry.FindStringSubmatch(entry)[1]
			said, has := words[strings.Trim(id, `"`)]
			if !has {
				return entry
			}
			return "msgid " + id + "\nmsgstr " + wrapped(strings.ReplaceAll(said, `"`, `\"`))
		})
		text = strings.NewReplacer("#, fuzzy, ", "#, ").Replace(text)
		text = poFlags.ReplaceAllString(text, "")
		text = strings.Replace(text, `"X-Generator: fieldguide\n"`,
			`"X-Generator: Poedit 3.4.2\n"`+"\n"+`"X-Poedit-Basepath: ..\n"`, 1)
		text += "\n#~ msgctxt \"parents/talk#99 p\"\n#~ msgid \"Gone\"\n#~ msgstr \"Parti\"\n"
		return strings.ReplaceAll(text, "\n", "\r\n")
	}
}

// wrapped breaks a string as gettext does when it is longer than a line.
func wrapped(text string) string {
	if len(text) < 70 {
		return `"` + text + `"`
	}
	out, line := `""`, ""
	for word := range strings.SplitAfterSeq(text, " ") {
		if len(line)+len(word) > 76 {
			out, line = out+"\n\""+line+`"`, ""
		}
		line += word
	}
	return out + "\n\"" + line + `"`
}

// likeXLIFF writes translations as programs for XLIFF do: states set, former words
// dropped, elements of their own.
func likeXLIFF(words map[string]string) func(string) string {
	return func(text string) string {
		text = altOnes.ReplaceAllString(text, "")
		text = xliffTU.ReplaceAllStringFunc(text, func(unit string) string {
			m := xliffTU.FindStringSubmatch(unit)
			said, has := words[m[1]]
			if !has {
				said = m[2]
			}
			return "<source>" + m[1] + "</source>\n<target state=\"final\"><mrk mtype=\"x-own\">" + said + "</mrk></target>"
		})
		return strings.Replace(text, "<tool ", `<tool xmlns:own="urn:own" own:seen="yes" `, 1)
	}
}
