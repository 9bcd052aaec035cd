package judges

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// textSpacing is what WCAG 2.2, 1.4.12 lets readers set. A sheet made by a
// script is not under the page's policy.
const textSpacing = `(() => {
	const sheet = new CSSStyleSheet()
	sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }")
	document.adoptedStyleSheets = [sheet]
})()`

// overflowing lists the elements that stand out of the screen, and those that
// cut off their own text. What lies in a box that scrolls may be wider.
const overflowing = `(() => {
	const name = el => el.tagName.toLowerCase() + (el.id ? "#" + el.id : "") + [...el.classList].map(c => "." + c).join("")
	const path = el => (el.parentElement && el.parentElement !== document.body ? name(el.parentElement) + " > " : "") + name(el)
	const scrolls = el => el && el !== document.body && el !== document.documentElement && (/auto|scroll/.test(getComputedStyle(el).overflowX) || scrolls(el.parentElement))
	const found = []
	const wide = document.scrollingElement.scrollWidth - innerWidth
	if (wide > 0) {
		found.push("too wide\tthe page")
		for (const el of document.body.querySelectorAll("*")) {
			const r = el.getBoundingClientRect()
			if (r.width > 1 && (r.right > innerWidth + 1 || r.left < -1) && !scrolls(el) && !el.closest("svg svg, svg *")) found.push("too wide\t" + path(el))
		}
	}
	for (const el of document.body.querySelectorAll("*:not(svg, svg *)")) {
		if (!/hidden|clip/.test(getComputedStyle(el).overflow) || el.clientWidth <= 1) continue
		if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1) found.push("cuts off its text\t" + path(el))
	}
	return found
})()`

// No page scrolls sideways or cuts off words on a narrow screen, also with the
// text spaced as readers with low vision or dyslexia set it.
func TestOverflow(t *testing.T) {
	g, c := the(t), collect(t)
	eachPage(t, g.all(), func(ctx context.Context, p *page) error {
		if err := chromedp.Do(ctx, chromedp.Navigate(g.at(p)), openAll); err != nil {
			return err
		}
		for _, spacing := range []string{"", textSpacing} {
			how := ""
			if spacing != "" {
				how = ", spaced text"
				if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](spacing)); err != nil {
					return err
				}
			}
			for _, width := range []int64{320, 240} {
				if err := (look{width: width}).wear(ctx); err != nil {
					return err
				}
				found, err := ask[[]string](ctx, overflowing)
				if err != nil {
					return err
				}
				for _, f := range found {
					rule, place := cut(f)
					c.add(fmt.Sprintf("%s (%d px%s)", p.name, width, how), rule, place)
				}
			}
		}
		return nil
	})
}

// openAll opens what a reader can open.
var openAll = chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`)
