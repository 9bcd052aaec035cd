package markdown_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/sitetest"
)

// Each testdata/NAME.LANGUAGE.md is written as HTML to the .html beside it.
func TestPairs(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pairs: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".md"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(file, ".md")
			lang := languages[strings.TrimPrefix(filepath.Ext(name), ".")]
			if lang == nil {
				t.Fatalf("%s: want a name that ends in a language, such as quotes.fr.md", file)
			}
			got := page(src, lang)
			sitetest.Golden(t, name+".html", got)
			if bad := sitetest.Harm(got, lang.Dir); bad != "" {
				t.Errorf("%s.html is not harmless: %s", name, bad)
			}
		})
	}
}

// page is the HTML of a source that has no front matter.
func page(src []byte, lang *site.Language) string {
	doc := markdown.Parse("page.md", src, 0)
	var w markdown.Writer
	return string(w.Page(doc, markdown.Options{
		Language: lang,
		Blocks:   blocks,
		IDs:      doc.PlaceIDs(blocks),
		Link:     address,
		Drawing: func(dest string) []byte {
			if dest == "/drawings/kite.svg" {
				return []byte(`<svg viewBox="0 0 9 9"><path d="M0 0h9"></path></svg>`)
			}
			return nil
		},
		Picture: func(dest string) *markdown.Picture {
			if href := address(dest); href != "" {
				return &markdown.Picture{Name: dest, Attrs: ` src="` + href + `" width="8" height="6"`, Credit: credits[dest]}
			}
			return nil
		},
		Clip: func(dest string) *markdown.Clip {
			if strings.HasSuffix(dest, ".mp4") {
				return &markdown.Clip{Name: dest, Facts: "2:31 · 2,400 kB · MP4"}
			}
			return &markdown.Clip{Name: dest, Attrs: ` src="` + address(dest) + `"`, Facts: "2:31 · 240 kB"}
		},
		Data: map[string]markdown.Data{"helplines": {HTML: "<p>Lines</p>\n", Said: "Lines"}},
	}).HTML)
}

var credits = map[string]string{"/files/photo.png#credit": "Ana Ruiz, CC BY 4.0"}

// guide is the site that links of pairs lead into.
var guide = func() *site.Site {
	s := &site.Site{Static: []string{"files/photo.png", "files/story.mp3", "files/film.mp4"}, Families: []*site.Family{{Path: "help"}}}
	s.Index()
	return s
}()

func address(dest string) string {
	t := content.Resolve(guide, guide.Families[0], dest)
	href := t.URL + t.Static
	if t.Family != nil {
		href = t.Family.Path + ".html"
	}
	if t.Fragment != "" {
		href += "#" + t.Fragment
	}
	return href
}

var blocks = map[string]*site.Block{
	"tip":       {ID: "tip", Element: "div", Label: true},
	"question":  {ID: "question", Element: "section", Heading: 2, Label: true},
	"audio":     {ID: "audio", Element: "div", Title: true, Sound: true},
	"video":     {ID: "video", Element: "div", Title: true, Video: true},
	"answer":    {ID: "answer", Element: "details", Title: true},
	"judged":    {ID: "judged", Element: "details", Title: true, Label: true},
	"helplines": {ID: "helplines", Element: "div", Data: "helplines"},
}

// languages are those of the guide; words only where a test shows them.
var languages = map[string]*site.Language{
	"en": {Code: "en", Dir: "ltr", Quotes: [4]string{"“", "”", "‘", "’"}, Words: words},
	"fr": {Code: "fr", Dir: "ltr", Quotes: [4]string{"«", "»", "“", "”"}, SpaceBefore: ";:!?»", SpaceAfter: "«", Words: french},
	"ru": {Code: "ru", Dir: "ltr", Quotes: [4]string{"«", "»", "„", "“"}, Words: russian},
	"es": {Code: "es", Dir: "ltr", Quotes: [4]string{"«", "»", "“", "”"}, Words: words},
	"zh": {Code: "zh", Dir: "ltr", Characters: true, Quotes: [4]string{"“", "”", "‘", "’"}, Words: words},
	"ar": {Code: "ar", Dir: "rtl", Quotes: [4]string{"«", "»", "“", "”"}, Words: words},
}

var words = site.Words{
	Text:   map[string]string{"table": `A "table"`, "notes": "Notes", "note-back": "Back", "blank": "to \"fill\" in"},
	Blocks: map[string]string{"tip": "Tip", "question": "The question", "judged": "✓ Good"},
}

var french, russian = with(site.Typography{BeforeNumber: []string{"n°", "art."}, AfterNumber: []string{"km"}}),
	with(site.Typography{BeforeNumber: []string{"ст."}, AfterNumber: []string{"кг"}, StaysUp: "—"})

func with(t site.Typography) site.Words {
	w := words
	w.Typography = t
	return w
}
