package judges

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shown is the text that a reader sees or can open.
const shown = `document.body.innerText + " " + [...document.querySelectorAll("details:not([open])")].map(d => d.textContent + d.nextElementSibling.textContent).join(" ")`

const withoutStyles = `[...document.styleSheets].forEach(s => s.disabled = true)`

// Every page holds every word that its writers wrote.
func TestWords(t *testing.T) {
	g, c := the(t), collect(t)
	judged(t, len(g.pages), "page")
	for _, p := range g.pages {
		for _, missing := range lacking(g.written(t, p), words(p.root)) {
			c.add(p.name, "text that is missing", missing)
		}
	}
}

// Without scripts, and without styles too, a page shows every word that its
// writers wrote. Whether what it holds is shown depends on its markup.
func TestWithoutScripts(t *testing.T) {
	g, c := the(t), collect(t)
	eachTab(t, distinct(t, g.all()), func(ctx context.Context) (visit, error) {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return func(ctx context.Context, p *page) error {
			texts := g.written(t, p)
			if err := chromedp.Do(ctx, chromedp.Navigate(g.at(p))); err != nil {
				return err
			}
			for _, how := range []string{"", withoutStyles} {
				rule := "text that is not shown without scripts"
				if how != "" {
					rule += " and styles"
					if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](how)); err != nil {
						return err
					}
				}
				text, err := ask[string](ctx, shown)
				if err != nil {
					return err
				}
				for _, missing := range lacking(texts, text) {
					c.add(p.name, rule, missing)
				}
			}
			return nil
		}, err
	})
}

// stops lists what the keyboard reaches, in the order of the page, and keeps
// how each looks at rest.
const stops = `(() => {
	window.judge = [...document.querySelectorAll("a[href], summary, button, input, select, textarea, [tabindex='0']")].filter(el => el.checkVisibility({visibilityProperty: true}))
	window.judgeLook = el => { const s = getComputedStyle(el); return [s.outlineStyle == "none" ? 0 : s.outlineWidth, s.outlineStyle == "none" ? "" : s.outlineColor, s.boxShadow].join() }
	window.judgeRest = judge.map(judgeLook)
	return judge.map(el => el.tagName.toLowerCase() + (el.className ? "." + el.className : "") + " " + (el.getAttribute("href") ?? el.textContent.trim().slice(0, 40)))
})()`

// focused tells which stop has the focus, and whether one sees that.
const focused = `(() => {
	const el = document.activeElement
	const at = judge.indexOf(el)
	if (at < 0) return {at, wrong: []}
	const wrong = []
	if (judgeLook(el) === judgeRest[at]) wrong.push("no outline or shadow shows the focus")
	const lines = [...el.getClientRects()].map(r => ({left: Math.max(r.left, 0), right: Math.min(r.right, innerWidth),
		top: Math.max(r.top, 0), bottom: Math.min(r.bottom, innerHeight)})).filter(r => r.right - r.left > 2 && r.bottom - r.top > 2)
	const lies = r => el.contains(document.elementFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2))
	if (lines.length === 0) wrong.push("it has the focus and cannot be seen")
	else if (!lines.some(lies)) wrong.push("it has the focus and something lies over it")
	return {at, wrong}
})()`

type focus struct {
	At    int
	Wrong []string
}

// The tabulator key reaches everything, in the order of the page, and one sees
// where it is.
func TestKeyboard(t *testing.T) {
	g, c := the(t), collect(t)
	sample := g.sample()
	if testing.Short() {
		sample = g.sample("ar", "en")
	}
	eachTab(t, distinct(t, sample), func(ctx context.Context) (visit, error) {
		err := look{width: 320}.wear(ctx)
		if err == nil {
			_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		}
		return func(ctx context.Context, p *page) error {
			if err := chromedp.Do(ctx, chromedp.Navigate(g.at(p))); err != nil {
				return err
			}
			names, err := ask[[]string](ctx, stops)
			if err != nil {
				return err
			}
			for i, name := range names {
				if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
					return err
				}
				f, err := ask[focus](ctx, focused)
				if err != nil {
					return err
				}
				if f.At != i {
					c.add(p.name, "the keyboard does not follow the order of the page", fmt.Sprintf("stop %d is not %s", i+1, name))
					return nil
				}
				for _, wrong := range f.Wrong {
					c.add(p.name, wrong, name)
				}
			}
			g.wantStops(c, p, names)
			return nil
		}, err
	})
}

// wantStops wants the skip link among the first two stops of a page, after the
// link to leave it at most, and the help link before the text.
func (g *guide) wantStops(c *complaints, p *page, names []string) {
	if p.family == nil || p.family.Kind.Hidden { // the page that one leaves to says nothing of the guide
		return
	}
	skip := slices.IndexFunc(names, func(s string) bool { return strings.HasSuffix(s, " #text") })
	if skip < 0 || skip > 1 {
		c.add(p.name, "no skip link among the first two stops", strings.Join(names[:min(2, len(names))], ", "))
	}
	help := g.Family(g.HelpFor(p.family)).File(p.lang)
	if !slices.ContainsFunc(names, func(s string) bool { return g.leads(p, s[strings.LastIndexByte(s, ' ')+1:], help) }) {
		c.add(p.name, "no link to the help page that fits these readers", help)
	}
}

// The skip link brings the keyboard to the text.
func TestSkip(t *testing.T) {
	g, c := the(t), collect(t)
	eachPage(t, g.sample(g.Source.Code, "ar"), func(ctx context.Context, p *page) error {
		if p.family == nil || p.family.Kind.Hidden {
			return nil
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(g.at(p)), chromedp.Focus(chromedp.CSS(`a[href="#text"]`)), chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab)); err != nil {
			return err
		}
		before, err := ask[bool](ctx, `!!(document.querySelector("#text").compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_PRECEDING)`)
		if before {
			c.add(p.name, "the skip link does not lead the keyboard to the text", "a[href='#text']")
		}
		return err
	})
}
