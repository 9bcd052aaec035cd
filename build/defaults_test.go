package build_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fieldguide/build/content"
	"fieldguide/build/defaults"
	"fieldguide/build/sitetest"
)

// Sites over the built-in defaults and nothing else.
func TestSitesOverTheDefaults(t *testing.T) { sitetest.RunAlone(t, "testdata/defaults/*.txtar") }

// Each colour that a style file names is in the palette.
func TestThePaletteIsWhole(t *testing.T) {
	_, tree := sitetest.Build(t, sitetest.Alone(read(t, "testdata/defaults/any.txtar")))
	for _, f := range tree.Files() {
		if data, _ := tree.ReadFile(f.Name); bytes.Contains(data, []byte("var(--")) {
			t.Errorf("%s has a colour that palette.css lacks", f.Name)
		}
	}
}

// A site says one word, one part, one colour, one key; the rest is built in.
func TestASiteSaysOnlyWhatIsItsOwn(t *testing.T) {
	_, tree := sitetest.Build(t, sitetest.Alone(read(t, "testdata/defaults/own.txtar")))
	home, err := tree.ReadFile("en/index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Call somebody", "Skip to the text", "By the club. Since 1890.", `<a class="help"`,
		"background:#fff;color:#102030", "h1{color:#102030;fill:var(--unknown)}",
	} {
		if !bytes.Contains(home, []byte(want)) {
			t.Errorf("the home page lacks %s", want)
		}
	}
	if bytes.Contains(home, []byte("<footer")) {
		t.Error("a part that is empty on purpose shows the built-in one")
	}
}

// Nothing of the guide in this repository is in the engine: no word, no drawing,
// no colour.
func TestTheEngineHasNothingOfTheGuide(t *testing.T) {
	guide, _, err := content.Load(os.DirFS(".."), nil)
	if err != nil || guide == nil {
		t.Fatal(err)
	}
	strange := []string{
		"Nuri", "نوري", "نُورِي", "Нури", "努里", "МСЭ", "国际电联", "الاتحاد الدولي للاتصالات",
		"United Nations", "Nations Unies", "Naciones Unidas", "Объединённых Наций", "联合国", "الأمم المتحدة",
		"Convention on", "Convention relative", "Convención", "Конвенци", "公约", "اتفاقية",
	}
	for _, lang := range guide.Languages {
		strange = append(strange, lang.Title, lang.Tagline, lang.Text["standing"])
	}
	for _, name := range guide.Drawings {
		_, err := fs.Stat(defaults.FS, "static/drawings/"+name+".svg")
		if strings.Contains(name, "-") {
			strange = append(strange, name)
		} else if err == nil && name != "sign" {
			t.Errorf("the drawing %s is built in", name)
		}
		strange = append(strange, `Drawing "`+name+`"`)
	}
	strange = slices.DeleteFunc(strange, func(s string) bool { return s == `Drawing "sign"` })
	colours := regexp.MustCompile(`#[0-9a-fA-F]{6}\b|\b\d+,\d+,\d+\b`)
	for _, pattern := range []string{"../static/style/palette.css", "../static/drawings/*.svg"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			for _, c := range colours.FindAllString(read(t, file), -1) {
				if strings.HasPrefix(c, "#") || strings.HasSuffix(file, ".css") {
					strange = append(strange, c)
				}
			}
		}
	}
	slices.Sort(strange)
	strange = slices.Compact(strange)
	initials := regexp.MustCompile(`\b(ITU|UIT)\b`)
	engine(t, func(name, text string) {
		for _, s := range strange {
			if s != "" && strings.Contains(text, s) {
				t.Errorf("%s has %q, which is the guide's", name, s)
			}
		}
		if found := initials.FindString(text); found != "" {
			t.Errorf("%s has %q, which is the guide's", name, found)
		}
	})
}

// engine shows all files that the engine is made of, tests apart.
func engine(t *testing.T, show func(name, text string)) {
	for _, root := range []string{".", "../cmd"} {
		err := filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
			isAside := slices.Contains(aside, path.Join("build", filepath.ToSlash(name)))
			switch {
			case err != nil:
				return err
			case e.IsDir() && (e.Name() == "testdata" || isAside):
				return fs.SkipDir
			case !e.IsDir() && !strings.HasSuffix(name, "_test.go"):
				show(name, read(t, name))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// layouts/ and static/ of the guide say nothing that is built in, and are no
// packages.
func TestTheGuideRepeatsNoDefault(t *testing.T) {
	for _, root := range []string{"layouts", "static"} {
		err := fs.WalkDir(os.DirFS(".."), root, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			builtIn, missing := fs.ReadFile(defaults.FS, name)
			if text := read(t, "../"+name); missing == nil && text == string(builtIn) || path.Ext(name) == ".go" {
				t.Errorf("%s need not be there", name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
