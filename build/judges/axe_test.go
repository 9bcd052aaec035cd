package judges

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"strings"
	"testing"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const axeFile = "node_modules/axe-core/axe.min.js"

//go:embed contrast.js
var contrast string

// axeAll asks for every rule of WCAG 2.2 A and AA and of good practice. axeColours
// asks for the rules that look at colours alone, axePlaces also for those that
// ask where things stand: while the same elements are visible, nothing else can
// change between light and dark, or narrow and wide.
const (
	axeAll     = `runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "wcag2aaa"]`
	colours    = `"color-contrast", "link-in-text-block"`
	axeColours = `runOnly: {type: "rule", values: [` + colours + `]}`
	axePlaces  = `runOnly: {type: "rule", values: [` + colours + `, "target-size", "scrollable-region-focusable"]}`
)

// visible tells of each element whether it is.
const visible = `[...document.querySelectorAll("*")]
	.map(el => +el.checkVisibility({visibilityProperty: true})).join("")`

// axeRun is the question to axe. The rule for contrast, which is most of axe's
// work, wants what AAA does: that of AAA (color-contrast-enhanced, off unless
// asked for) says nothing of contrast below AA, so both would have to run. Contrast
// that axe could not decide is decided by contrast.js, which wants what AA does.
const axeRun = `axe.run(document, {
	%s,
	checks: {"color-contrast": {options: {
		ignoreUnicode: true, ignoreLength: false, ignorePseudo: false, boldValue: 700, boldTextPt: 14, largeTextPt: 18,
		contrastRatio: {normal: {expected: 7}, large: {expected: 4.5}},
		pseudoSizeThreshold: .25, shadowOutlineEmMax: .1, textStrokeEmMin: .03
	}}},
	resultTypes: ["violations", "incomplete"],
	preload: false
}).then(r => [
	...r.violations.flatMap(rule => rule.nodes.map(n => ({rule: rule.id, help: rule.help, place: n.target.join(" "), why: n.failureSummary}))),
	...r.incomplete.filter(rule => rule.id.startsWith("color-contrast")).flatMap(rule => rule.nodes.flatMap(n => {
		const lowest = contrast(document.querySelector(n.target[0]))
		const wanted = {7: 4.5, 4.5: 3}[parseFloat(n.any[0].data.expectedContrastRatio)]
		return lowest >= wanted ? [] : [{rule: rule.id, help: rule.help, place: n.target.join(" "), why: n.failureSummary + " Lowest by contrast.js: " + lowest}]
	})),
])`

// wrong is one thing that axe found.
type wrong struct{ Rule, Help, Place, Why string }

// axe-core finds nothing on any page, in light and dark, narrow and wide. What
// it could not decide about contrast counts as found.
func TestAxe(t *testing.T) {
	axe, g, c := axeCore(t), the(t), collect(t)
	eachTab(t, covering(t, g.all()), func(ctx context.Context) (visit, error) {
		visit := func(ctx context.Context, p *page) error { return c.axe(ctx, p.name, g.at(p)) }
		return visit, hold(ctx, axe)
	})
}

// axeCore is the text of axe.
func axeCore(t *testing.T) string {
	t.Helper()
	axe, err := os.ReadFile(need(t, axeFile))
	if err != nil {
		t.Fatal(err)
	}
	return string(axe)
}

// hold gives a tab axe and contrast.js for each document that it opens from then
// on: to send them for each takes longer.
func hold(ctx context.Context, axe string) error {
	scripts := devtools.AddScriptToEvaluateOnNewDocumentParams{Source: axe + ";\n" + contrast}
	_, err := chromedp.Call(ctx, devtools.AddScriptToEvaluateOnNewDocument, scripts)
	return err
}

// axe has axe, which the tab has, look at the page at an address.
func (c *complaints) axe(ctx context.Context, name, address string) error {
	looks := []look{{320, false}, {320, true}, {1280, true}, {1280, false}}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return err
	}
	former := ""
	for _, l := range looks {
		if err := l.wear(ctx); err != nil {
			return err
		}
		now, err := ask[string](ctx, visible)
		if err != nil {
			return err
		}
		rules := axePlaces
		switch {
		case now != former:
			rules = axeAll
		case l.dark:
			rules = axeColours
		}
		former = now
		found, err := ask[[]wrong](ctx, "scrollTo(0, 0); "+fmt.Sprintf(axeRun, rules)) // nothing lies under what sticks to the top
		if err != nil {
			return fmt.Errorf("axe (%s): %w", l, err)
		}
		for _, w := range found {
			c.add(fmt.Sprintf("%s (%s)", name, l), w.Rule+": "+w.Help, w.Place+": "+why(w.Why))
		}
	}
	return nil
}

// axe and contrast.js are awake: they find what is wrong with a faulty page.
func TestAxeSees(t *testing.T) {
	axe, ctx := axeCore(t), tab(t)
	const faulty = `data:text/html,<!DOCTYPE html><html lang=en><title>a</title><main><h1>a</h1><img src="data:,">` +
		`<p id=flat style="color:%23777;background:%23888">grey on grey</p>` +
		`<p id=weak style="color:%23666">grey on white</p><p id=large style="color:%23666;font-size:3em">AAA when large</p>` +
		`<p id=shaded style="color:%23fff;background:linear-gradient(%23000,%23fff)">white on white, in places</p>` +
		`<p id=fine style="color:%23000;background:linear-gradient(%23ddd,%23fff)">black on grey and white</p></main>`
	if err := hold(ctx, axe); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(faulty)); err != nil {
		t.Fatal(err)
	}
	found, err := ask[[]wrong](ctx, fmt.Sprintf(axeRun, axeAll))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(found)
	for _, want := range []string{"{image-alt ", "{color-contrast ", "#flat", "#weak", "#shaded"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s was not found in a page that has it; found were\n%v", want, found)
		}
	}
	for _, fine := range []string{"#fine", "#large"} {
		if strings.Contains(got, fine) {
			t.Errorf("%s is fine, but was found:\n%v", fine, found)
		}
	}
}

// why joins the lines of axe's explanation.
func why(summary string) string {
	_, reasons, _ := strings.Cut(summary, "\n")
	return strings.Join(strings.Fields(reasons), " ")
}
