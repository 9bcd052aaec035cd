package judges

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/content"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// exported is the guide in one language as translators' programs get it.
type exported struct {
	*testing.T
	tr        *build.Translators
	code      string
	po, xliff string // files
}

func export(t *testing.T, code string) *exported {
	t.Helper()
	tr := translators(t)
	c, findings, err := tr.Export(tr.Site().Families, tr.Language(code))
	if err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	dir := t.TempDir()
	x := &exported{t, tr, code, filepath.Join(dir, code+".po"), filepath.Join(dir, code+".xliff")}
	x.write(x.po, string(c.PO()))
	x.write(x.xliff, string(c.XLIFF()))
	return x
}

func translators(t *testing.T) *build.Translators {
	t.Helper()
	fsys, shut, err := build.Sources("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut() })
	tr, err := build.OpenTranslators("../..", fsys)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func (x *exported) write(file, text string) {
	x.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		x.Fatal(err)
	}
}

func (x *exported) read(file string) string {
	x.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		x.Fatal(err)
	}
	return string(text)
}

// run runs a program, which must not fail.
func (x *exported) run(name string, args ...string) string {
	x.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		x.Fatalf("%s %v: %v\n%.2000s", name, args, err, out)
	}
	return string(out)
}

// edits returns the files that taking a catalog over would change.
func (x *exported) edits(file string) build.Edits {
	x.Helper()
	came, findings := build.ReadCatalog(file, []byte(x.read(file)))
	if len(findings) > 0 || len(came.Units) < 1000 {
		x.Fatalf("%s: %d units, %v", file, len(came.Units), findings)
	}
	tr := translators(x.T)
	im, findings, err := tr.Import(build.Import{File: file, Came: came, Language: tr.Language(x.code)})
	if err != nil || len(findings) > 0 {
		x.Fatalf("%s: %v %v", file, findings, err)
	}
	return im.Edits
}

// unchanged wants that a catalog changes nothing.
func (x *exported) unchanged(file string) {
	x.Helper()
	if edits := x.edits(file); len(edits) > 0 {
		x.Errorf("%s changes %v", filepath.Base(file), edits.Names())
	}
}

// TestGettext has msgfmt check every language's PO, what is fuzzy too, and takes
// in again what gettext's own programs wrote of it.
func TestGettext(t *testing.T) {
	for _, tool := range []string{"msgfmt", "msgcat", "msgmerge"} {
		need(t, tool)
	}
	for _, code := range []string{"ar", "zh", "fr", "ru", "es"} {
		x := export(t, code)
		x.run("msgfmt", "--check", "--use-fuzzy", "--output-file=/dev/null", x.po)
		if code != "ar" && code != "zh" { // two scripts stand for all
			continue
		}
		again := x.po + ".again"
		x.run("msgcat", x.po, "--output-file="+again)
		x.unchanged(again)
		x.run("msgmerge", "--quiet", again, x.po, "--output-file="+again+"2")
		x.unchanged(again + "2")

		x.write(again, strings.Replace(x.read(x.po), "]({1})", "](help.md)", 1)) // a msgid comes first
		if exec.Command("msgfmt", "--check", "--use-fuzzy", "--output-file=/dev/null", again).Run() == nil {
			t.Error("msgfmt lets a lost placeholder pass")
		}
	}
}

// toolkit reads a file with translate-toolkit, translates the unit that says argv[3]
// when it is given, and writes the file again as that does.
const toolkit = `
import sys
from translate.storage import factory
store = factory.getobject(sys.argv[1])
for unit in store.units:
    if len(sys.argv) > 3 and str(unit.source) == sys.argv[3]:
        unit.target = sys.argv[4]
        unit.markfuzzy(False)
store.savefile(sys.argv[2])
print(sum(unit.istranslatable() for unit in store.units))
`

// TestTranslateToolkit has translate-toolkit, which Virtaal, Pootle and Weblate stand
// on, read and write both formats.
func TestTranslateToolkit(t *testing.T) {
	need(t, "po2xliff")
	python := need(t, "/usr/bin/python3") // Debian's, which has the package
	x := export(t, "fr")
	const said, now = "It is not the child's fault", "L'enfant n'y est pour rien"
	for _, file := range []string{x.po, x.xliff} {
		again := filepath.Join(x.TempDir(), "again"+filepath.Ext(file))
		n := strings.TrimSpace(x.run(python, "-c", toolkit, file, again))
		units, _ := build.ReadCatalog(file, []byte(x.read(file)))
		if want := len(units.Units); n != strconv.Itoa(want) {
			t.Errorf("%s: translate-toolkit sees %s units of %d", filepath.Base(file), n, want)
		}
		x.unchanged(again)
		x.run(python, "-c", toolkit, file, again, said, now)
		edits := x.edits(again)
		page := "content/fr/help/adults.md"
		if len(edits) != 1 || !strings.Contains(string(edits[page]), "\n## "+now+"\n") {
			t.Errorf("%s: one heading was translated, and %v change", filepath.Base(file), edits.Names())
		}
	}
	half := filepath.Join(x.TempDir(), "half.xliff")
	x.write(half, x.read(x.xliff)[:5000])
	if exec.Command(python, "-c", toolkit, half, half).Run() == nil {
		t.Error("translate-toolkit reads half a file")
	}
}

// po4aConfig is the recipe of the README.
var po4aConfig = regexp.MustCompile(`(?m)^    (\[(?:po4a_langs|po4a_paths|options|po4a_alias:page)\].*\n)`)

// TestPo4a follows the recipe of the README for those who stay with po4a: pages that it
// writes have the passages of their source. Its reader, which knows no contexts,
// reads our words, and ours says of its file that contexts are missing.
func TestPo4a(t *testing.T) {
	need(t, "po4a")
	need(t, "msgen")
	perl := need(t, "perl")
	x := export(t, "fr")
	dir := x.TempDir()
	var config strings.Builder
	for _, line := range po4aConfig.FindAllStringSubmatch(x.read("../../README.md"), -1) {
		config.WriteString(line[1])
	}
	if strings.Count(config.String(), "\n") != 4 {
		t.Fatalf("the README's recipe is\n%s", config.String())
	}
	if err := os.CopyFS(filepath.Join(dir, "content/en"), os.DirFS("../../content/en")); err != nil {
		t.Fatal(err)
	}
	for _, f := range x.tr.Site().Families {
		config.WriteString("[type: page] content/en/" + f.Path + ".md $lang:content/$lang/" + f.Path + ".md\n")
	}
	x.write(filepath.Join(dir, "po4a.cfg"), config.String())
	if err := os.Mkdir(filepath.Join(dir, "po"), 0o755); err != nil {
		t.Fatal(err)
	}
	po4a := func() {
		cmd := exec.Command("po4a", "po4a.cfg")
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%.2000s", err, out)
		}
	}
	po4a()
	po := filepath.Join(dir, "po/fr.po")
	x.run("msgen", "--lang=fr", filepath.Join(dir, "po/guide.pot"), "--output-file="+po) // every text translated by itself
	x.write(po, regexp.MustCompile(`(?m)^#, fuzzy(?:, |$\n)`).ReplaceAllStringFunc(x.read(po), func(flag string) string {
		if strings.HasSuffix(flag, ", ") {
			return "#, "
		}
		return ""
	}))
	po4a()
	for _, f := range x.tr.Site().Families {
		source, made := x.read("../../content/en/"+f.Path+".md"), x.read(filepath.Join(dir, "content/fr", f.Path+".md"))
		_, theirs := content.ParsePage(f.Path, []byte(source), site.Limits{})
		_, ours := content.ParsePage(f.Path, []byte(made), site.Limits{})
		if at, want, is := translate.Parts(theirs, ours); at != translate.NoPassage {
			t.Errorf("%s as po4a writes it: passage %d is %s, not %s", f.Path, at+1, is, want)
		}
	}
	_, findings := build.ReadCatalog(po, []byte(x.read(po)))
	if len(findings) != 1 || !strings.Contains(findings[0].Message, "no msgctxt") {
		t.Errorf("of a file of po4a is said: %v", findings)
	}

	// Its reader, of our file without contexts: the words that have one translation come back.
	x.write(po, regexp.MustCompile(`(?m)^msgctxt .*\n`).ReplaceAllString(x.read(x.po), ""))
	const script = `binmode STDOUT, ":utf8"; my $po = Locale::Po4a::Po->new(); $po->read($ARGV[0]); ` +
		`print $po->gettext($ARGV[1])`
	said := "Do not pay. If money was paid, stop now and tell the bank or payment app."
	x.write(po, strings.ReplaceAll(x.read(po), "#, fuzzy\n", "")) // its reader gives nothing fuzzy out
	x.run("msguniq", "--use-first", po, "--output-file="+po)
	cmd := exec.Command(perl, "-MLocale::Po4a::Po", "-e", script, po, said)
	if out, err := cmd.Output(); err != nil || !strings.HasPrefix(string(out), "Ne payez pas.") {
		t.Errorf("po4a reads %q of our file: %v", out, err)
	}
}
