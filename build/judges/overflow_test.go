package judges

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	devtools "github.com/chromedp/cdproto/cdp"
	cdp "github.com/chromedp/cdproto/page"
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
// text spaced as readers with low vision or dyslexia set it. This depends on
// words, so every page is looked at.
func TestOverflow(t *testing.T) {
	g, c := the(t), collect(t)
	eachTab(t, g.all(), func(ctx context.Context) (visit, error) {
		show, err := shower(ctx)
		return func(ctx context.Context, p *page) error {
			if p.searches() { // its script makes part of it
				return errors.Join(chromedp.Do(ctx, chromedp.Navigate(g.at(p))), c.overflows(ctx, p.name), chromedp.Do(ctx, blank))
			}
			return errors.Join(show(ctx, p.data), c.overflows(ctx, p.name))
		}, err
	})
}

// overflows complains of what is too wide in the tab, whose width is 320 pixels
// when it begins and when it ends.
func (c *complaints) overflows(ctx context.Context, page string) error {
	if err := chromedp.Do(ctx, openAll); err != nil {
		return err
	}
	for i, width := range []int64{320, 240, 240, 320} {
		how := ""
		if i > 1 {
			how = ", spaced text"
		}
		var err error
		if i == 2 {
			err = chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](textSpacing))
		} else if i > 0 {
			err = widen(ctx, width)
		}
		if err != nil {
			return err
		}
		found, err := ask[[]string](ctx, overflowing)
		if err != nil {
			return err
		}
		for _, f := range found {
			rule, place := cut(f)
			c.add(fmt.Sprintf("%s (%d px%s)", page, width, how), rule, place)
		}
	}
	return nil
}

var blank = chromedp.Navigate("about:blank")

// shower returns a function that puts pages into a narrow tab, one in the place
// of the other, which takes a third of the work of opening each. Their policies
// are left out: they would add up, and each forbids the style of the next.
func shower(ctx context.Context) (func(ctx context.Context, data []byte) error, error) {
	if err := errors.Join(look{width: 320}.wear(ctx), chromedp.Do(ctx, blank)); err != nil {
		return nil, err
	}
	return func(ctx context.Context, data []byte) error {
		tree, err := chromedp.Call(ctx, cdp.GetFrameTree, devtools.Empty{})
		if err != nil {
			return err
		}
		_, err = chromedp.Call(ctx, cdp.SetDocumentContent, cdp.SetDocumentContentParams{
			FrameID: tree.FrameTree.Frame.ID,
			HTML:    strings.Replace(string(data), `http-equiv="Content-Security-Policy"`, `name="policy"`, 1),
		})
		return err
	}, nil
}

// The judge sees what is too wide, also after a page that was not, and only
// with the style that a page has itself.
func TestOverflowSees(t *testing.T) {
	ctx := tab(t)
	show, err := shower(ctx)
	if err != nil {
		t.Fatal(err)
	}
	const policy = `<!DOCTYPE html><title>a</title><meta http-equiv="Content-Security-Policy" content="default-src 'none'">`
	for _, test := range []struct{ page, want string }{
		{policy + `<style>pre{width:900px}</style><p>no pre</p>`, ""},
		{policy + `<style>p{color:red}</style><pre>narrow</pre>`, ""},
		{policy + `<style>p{width:300px;margin:0}</style><p>wider than 240</p>`, "too wide"},
		{policy + `<style>div{overflow:hidden;width:9px;white-space:nowrap}</style><div>too much for it</div>`, "cuts off its text"},
		{policy + `<style>div{overflow:auto}p{width:900px}</style><div><p>no key comes here</p></div>`, "scrolls, but not by keyboard"},
		{policy + `<style>div{overflow:auto}p{width:900px}</style><div tabindex="0"><p>a key comes here</p></div>`, ""},
		{policy + `<style>details>p{width:900px}</style><details><summary>a</summary><p>folded away</p></details>`, "too wide"},
	} {
		c := &complaints{byRule: map[string]map[string][]string{}}
		if err := errors.Join(show(ctx, []byte(test.page)), c.overflows(ctx, "page")); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(slices.Sorted(maps.Keys(c.byRule)), ", "); got != test.want {
			t.Errorf("of %s it says %q, want %q", test.page, got, test.want)
		}
	}
}

// openAll opens what a reader can open.
var openAll = chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`)
