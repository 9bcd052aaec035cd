package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/translate"
)

// life is the guide in a repository of its own, which people edit.
type life struct {
	*testing.T
	dir, cache string
}

// TestLife edits the guide as people do for a year, and asks after each edit
// whether it is still published, what pages say, and whether every translation's
// state is what the history of its source page gives.
func TestLife(t *testing.T) {
	if testing.Short() {
		t.Skip("a life takes half a minute")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	l := newLife(t)
	l.everyPage("in step")

	const page = "parents/talk"
	const help = "help/13-18"
	langs := []string{"ar", "es", "fr", "ru", "zh"}

	l.step("a typo, carried over by its editor", func() {
		l.edit("en", "about", "Who makes it", "Who makes this guide")
		l.fg(0, "sync", "about", "--minor")
		l.everyPage("in step")
	})
	l.step("white space is no change", func() {
		l.edit("en", "about", "\n\n", "\n\n\n")
		l.green()
		l.states("in step", "about", langs...)
	})
	l.step("a paragraph", func() {
		l.append("en", page, "\nOne more paragraph, for everybody.\n")
		l.green()
		l.states("stale", page, langs...)
		l.says("fr", page, "L’original de cette page a changé depuis sa traduction.", `href="../../en/parents/talk.html"`)
		l.says("en", page, "One more paragraph")
		if out := l.fg(0, "diff", page, "--lang", "fr"); !strings.Contains(out, "{+One more paragraph, for everybody.+}") {
			t.Errorf("diff does not show the new paragraph:\n%s", out)
		}
		if out := l.fg(1, "status", "--strict", "--since", "HEAD"); strings.Count(out, "stale 1 of") != 5 {
			t.Errorf("five translations are touched by this change, status says\n%s", out)
		}
	})
	l.step("a translation is mended", func() {
		l.append("fr", page, "\nUn paragraphe de plus, pour tous.\n")
		l.fg(0, "sync", page, "--lang", "fr", "--translated-by", "Amina K.", "--on", "2026-12-01")
		l.green()
		l.states("in step", page, "fr")
		l.states("stale", page, "ar", "es", "ru", "zh")
		l.saysNot("fr", page, "L’original de cette page a changé")
	})
	l.step("a translation that lacks a passage is not in step", func() {
		if out := l.fg(1, "sync", page, "--lang", "zh"); !strings.Contains(out, "content/zh/parents/talk.md:") {
			t.Errorf("sync does not say where the passages part:\n%s", out)
		}
		l.states("stale", page, "zh")
	})
	l.step("a heading and a passage that moves", func() {
		l.append("en", "parents/index", "\n## More\n\nAbout more.\n")
		first := l.read("en", "help/adults")
		parts := strings.SplitN(first, "\n\n", 4)
		l.write("en", "help/adults", strings.Join([]string{parts[0], parts[2], parts[1], parts[3]}, "\n\n"))
		l.green()
		l.states("stale", "parents/index", langs...)
		l.states("stale", "help/adults", langs...)
	})
	l.step("a list item, and words that were dangerous", func() {
		l.edit("en", help, "1. Do not pay.", "1. Do not pay anybody.")
		l.edit("en", help, "If nobody is threatening you,", "<!-- withdraw: it sent them to the wrong place -->\n\nWhen nobody threatens you,")
		l.green()
		l.states("stale", help, langs...)
		l.says("fr", help, "Ce passage a changé dans l’original", "Ce qui figurait ici n’était plus à jour")
		l.saysNot("fr", help, "Si personne ne te menace")
		l.saysNot("en", help, "withdraw", "wrong place")
		l.says("ar", help, "تغيّر هذا الجزء في النص الأصلي")
	})
	l.step("a page more", func() {
		l.write("en", "parents/new-page", "---\ntitle: A new page\nsummary: It is new.\n---\nNew words, which nobody has translated.\n")
		l.green()
		l.states("missing", "parents/new-page", langs...)
		l.says("ru", "parents/new-page", `<main id="text" lang="en"`)
		l.fg(0, "new", "ru", "parents/new-page")
		l.green()
		l.states("draft", "parents/new-page", "ru")
	})
	l.step("copied, not translated", func() {
		l.write("es", "parents/new-page", l.read("en", "parents/new-page"))
		l.green()
		l.states("untranslated", "parents/new-page", "es")
		l.says("es", "parents/new-page", `<main id="text" lang="en"`)
	})
	l.step("a page less", func() {
		l.remove("en", "parents/new-page")
		l.green()
		l.states("orphan", "parents/new-page", "es")
		l.remove("es", "parents/new-page")
		l.remove("ru", "parents/new-page")
		l.green()
	})
	l.step("pages that git moved", func() {
		for _, lang := range append([]string{"en"}, langs...) {
			l.git("mv", "content/"+lang+"/industry/checklist.md", "content/"+lang+"/industry/list.md")
		}
		for _, lang := range append([]string{"en"}, langs...) {
			l.replaceAll(lang, "industry/checklist.md", "industry/list.md")
			l.replaceAll(lang+"/industry", "(checklist.md", "(list.md")
		}
		l.states("moved", "industry/list", langs...)
		l.fg(0, "sync", "industry/list", "--lang", strings.Join(langs, ","))
		l.states("in step", "industry/list", langs...)
	})
	l.step("two people work on neighbouring pages", l.merge)
	l.everywhere()
}

// newLife copies the guide into a repository of its own.
func newLife(t *testing.T) *life {
	l := &life{t, t.TempDir(), t.TempDir()}
	for _, folder := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(l.dir, folder), os.DirFS("../../"+folder)); err != nil {
			t.Fatal(err)
		}
	}
	l.git("init", "-q", "-b", "main")
	l.git("config", "user.name", "Somebody")
	l.git("config", "user.email", "somebody@example.org")
	l.commit("the guide as it is")
	return l
}

// step makes an edit, and commits it.
func (l *life) step(name string, edit func()) {
	l.Helper()
	edit()
	if l.Failed() {
		l.Fatalf("after %q", name)
	}
	l.commit(name)
	l.historyAgrees(name)
}

// merge has two branches record translations of two pages that stand one after
// the other, which git merges, and then of one page, which it cannot.
func (l *life) merge() {
	first, second := "policy-makers/index", "policy-makers/law-and-regulation"
	for _, page := range []string{first, second} {
		l.append("en", page, "\nA sentence more for everybody.\n")
	}
	l.commit("two pages changed")
	work := func(branch, page, by string) {
		l.git("checkout", "-q", "-b", branch, "main")
		l.append("fr", page, "\nUne phrase de plus pour tous.\n")
		l.fg(0, "sync", page, "--lang", "fr", "--translated-by", by, "--on", "2026-12-02")
		l.commit(by)
	}
	work("one", first, "Amina K.")
	work("two", second, "Bruno L.")
	l.git("checkout", "-q", "main")
	l.git("merge", "-q", "one")
	l.git("merge", "-q", "-m", "both", "two")
	l.green()
	l.states("in step", first, "fr")
	l.states("in step", second, "fr")

	l.git("checkout", "-q", "-b", "three", "main")
	l.fg(0, "sync", first, "--lang", "fr", "--reviewed-by", "Chen", "--on", "2026-12-03")
	l.commit("three")
	l.git("checkout", "-q", "main")
	l.fg(0, "sync", first, "--lang", "fr", "--reviewed-by", "Dora", "--on", "2026-12-04")
	l.commit("four")
	if out, err := l.tryGit("merge", "-q", "three"); err == nil {
		l.Errorf("git merged two records of one page:\n%s", out)
	}
	if out := l.green(); !strings.Contains(out, "records were not merged") {
		l.Errorf("nobody says that records were not merged:\n%s", out)
	}
	l.states("unknown", first, "fr")
	l.git("add", "-A")
	l.git("commit", "-q", "-m", "as git left it")
	l.fg(0, "sync", "--from-git", "--lang", "fr")
	l.states("in step", first, "fr")
	if out := l.green(); strings.Contains(out, "(records)") {
		l.Errorf("records were made again, and still:\n%s", out)
	}
}

// everywhere asks for the states in a shallow clone, with CRLF, and without git.
func (l *life) everywhere() {
	want := l.status(l.dir)
	shallow, crlf, plain := l.TempDir(), l.TempDir(), l.TempDir()
	l.git("clone", "-q", "--depth", "1", "file://"+l.dir, shallow)
	l.git("clone", "-q", "--config", "core.autocrlf=true", l.dir, crlf)
	if raw, err := os.ReadFile(filepath.Join(crlf, "content/en/about.md")); err != nil || !bytes.Contains(raw, []byte("\r\n")) {
		l.Fatalf("the clone has no CRLF (%v)", err)
	}
	for _, folder := range []string{"content", "layouts", "static"} {
		if err := os.CopyFS(filepath.Join(plain, folder), os.DirFS(filepath.Join(l.dir, folder))); err != nil {
			l.Fatal(err)
		}
	}
	for name, dir := range map[string]string{"shallow": shallow, "CRLF": crlf, "without git": plain} {
		if got := l.status(dir); !slices.Equal(got, want) {
			l.Errorf("%s: the states are others", name)
		}
	}
	if out := l.fgIn(plain, 0, "diff", "parents/talk", "--lang", "zh"); !strings.Contains(out, "{+One more paragraph, for everybody.+}") {
		l.Errorf("without git diff does not show what was added:\n%s", out)
	}
	if out := l.fgIn(plain, 0, "diff", "help/13-18", "--lang", "zh"); !strings.Contains(out, "git does not have the former words") {
		l.Errorf("without git diff does not say that former words are absent:\n%s", out)
	}
}

// historyAgrees computes every state again, from the records and from what git's
// plumbing says of the source page: stale is a page that a commit has changed after
// the state that was recorded.
func (l *life) historyAgrees(step string) {
	l.Helper()
	for _, t := range l.translations(l.dir) {
		if t.State != translate.InStep && t.State != translate.Stale {
			continue
		}
		text, err := os.ReadFile(filepath.Join(l.dir, "content", t.Language, translate.RecordsFile))
		if err != nil {
			l.Fatal(err)
		}
		_, after, _ := strings.Cut(string(text), "\n"+t.Path+"\n\t")
		blob, _, _ := strings.Cut(after, " ")
		if l.isBlank(t.Path, blob) != (t.State == translate.InStep) {
			l.Errorf("after %q: %s in %s is %q, and history says otherwise (recorded %s)", step, t.Path, t.Language, t.State, blob)
		}
	}
}

// isBlank reports whether the source page has only other white space and comments,
// or a find: line, than in a blob.
func (l *life) isBlank(page, blob string) bool {
	now := strings.TrimSpace(l.git("rev-parse", "HEAD:content/en/"+page+".md"))
	if now == blob {
		return true
	}
	out, _ := l.tryGit("diff", "--ignore-all-space", "--ignore-blank-lines", "--exit-code", "--quiet", blob, now)
	_, err := l.tryGit("diff", "--ignore-all-space", "--ignore-blank-lines", "--exit-code", "--quiet", blob, now)
	return err == nil && out == ""
}

// everyPage asserts the state of all translations.
func (l *life) everyPage(state translate.State) {
	l.Helper()
	l.green()
	for _, t := range l.translations(l.dir) {
		if t.State != state {
			l.Errorf("%s in %s is %q, want %q", t.Path, t.Language, t.State, state)
		}
	}
}

func (l *life) states(state translate.State, page string, langs ...string) {
	l.Helper()
	found := 0
	for _, t := range l.translations(l.dir) {
		if t.Path == page && slices.Contains(langs, t.Language) {
			if found++; t.State != state {
				l.Errorf("%s in %s is %q, want %q", page, t.Language, t.State, state)
			}
		}
	}
	if found != len(langs) {
		l.Errorf("%s: %d states, want %d", page, found, len(langs))
	}
}

func (l *life) translations(dir string) (list []build.Translation) {
	l.Helper()
	if err := json.Unmarshal([]byte(l.fgIn(dir, 0, "status", "--json", "--cache", l.cache)), &list); err != nil {
		l.Fatal(err)
	}
	return list
}

func (l *life) status(dir string) (list []string) {
	for _, t := range l.translations(dir) {
		list = append(list, fmt.Sprint(t))
	}
	return list
}

// green builds the site, and returns what was said.
func (l *life) green() string {
	l.Helper()
	return l.fg(0, "build", "--bundles", "none", "--cache", l.cache, "--out", filepath.Join(l.dir, "public"))
}

func (l *life) page(lang, page string) string {
	l.Helper()
	html, err := os.ReadFile(filepath.Join(l.dir, "public", lang, page+".html"))
	if err != nil {
		l.Fatal(err)
	}
	return string(html)
}

func (l *life) says(lang, page string, words ...string) {
	l.Helper()
	html := l.page(lang, page)
	for _, w := range words {
		if !strings.Contains(html, w) {
			l.Errorf("%s/%s does not say %q", lang, page, w)
		}
	}
}

func (l *life) saysNot(lang, page string, words ...string) {
	l.Helper()
	html := l.page(lang, page)
	for _, w := range words {
		if strings.Contains(html, w) {
			l.Errorf("%s/%s says %q", lang, page, w)
		}
	}
}

// fg runs the command in the guide's folder.
func (l *life) fg(status int, args ...string) string {
	l.Helper()
	return l.fgIn(l.dir, status, args...)
}

// fgIn runs the command in a folder and returns what it printed.
func (l *life) fgIn(dir string, status int, args ...string) string {
	l.Helper()
	var out bytes.Buffer
	args = append(args[:1:1], append([]string{"--site", dir}, args[1:]...)...)
	if got := run(l.Context(), args, &out, &out); got != status {
		l.Fatalf("fieldguide %s: exit status %d, want %d\n%s", strings.Join(args, " "), got, status, out.String())
	}
	return out.String()
}

func (l *life) git(args ...string) string {
	l.Helper()
	out, err := l.tryGit(args...)
	if err != nil {
		l.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func (l *life) tryGit(args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"-C", l.dir}, args...)...)
	cmd.Env = append(cmd.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (l *life) commit(message string) {
	l.Helper()
	if err := os.WriteFile(filepath.Join(l.dir, ".gitignore"), []byte("public/\n"), 0o644); err != nil {
		l.Fatal(err)
	}
	l.git("add", "-A")
	l.git("commit", "-q", "--allow-empty", "-m", message)
}

func (l *life) file(lang, page string) string {
	return filepath.Join(l.dir, "content", lang, filepath.FromSlash(page)+".md")
}

func (l *life) read(lang, page string) string {
	l.Helper()
	text, err := os.ReadFile(l.file(lang, page))
	if err != nil {
		l.Fatal(err)
	}
	return string(text)
}

func (l *life) write(lang, page, text string) {
	l.Helper()
	if err := os.WriteFile(l.file(lang, page), []byte(text), 0o644); err != nil {
		l.Fatal(err)
	}
}

func (l *life) append(lang, page, text string) { l.write(lang, page, l.read(lang, page)+text) }

func (l *life) edit(lang, page, old, now string) {
	l.Helper()
	text := l.read(lang, page)
	if !strings.Contains(text, old) {
		l.Fatalf("%s/%s does not have %q", lang, page, old)
	}
	l.write(lang, page, strings.Replace(text, old, now, 1))
}

func (l *life) remove(lang, page string) {
	l.Helper()
	if err := os.Remove(l.file(lang, page)); err != nil {
		l.Fatal(err)
	}
}

// replaceAll changes words on all pages below a folder of content.
func (l *life) replaceAll(folder, old, now string) {
	l.Helper()
	err := filepath.WalkDir(filepath.Join(l.dir, "content", folder), func(name string, e os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(text, []byte(old)) {
			return err
		}
		return os.WriteFile(name, bytes.ReplaceAll(text, []byte(old), []byte(now)), 0o644)
	})
	if err != nil {
		l.Fatal(err)
	}
}
