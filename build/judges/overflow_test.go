package judges

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Text as readers may set it: spaced by WCAG 2.2, 1.4.12, and twice as large, by
// 1.4.4. A sheet made by a script is not under the page's policy.
const (
	spacedText = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }"
	largeText  = "html { font-size: 200% !important }"
)

// reader sets the text as a reader does.
func reader(sheet string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const sheet = new CSSStyleSheet()
		sheet.replaceSync(%q)
		document.adoptedStyleSheets = [sheet]
	})()`, sheet))
}

// overflowing lists the elements that stand out of the screen, and those that
// cut off their own text. What lies in a box that scrolls may be wider, if the
// keyboard comes to it: axe asks that too, of one page for all of its markup,
// but whether a box scrolls depends on words.
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
	for (const el of document.body.querySelectorAll("*:not(svg, svg *)")) {
		const wider = el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 1
		if (wider && scrolls(el) && !scrolls(el.parentElement) && el.tabIndex < 0 &&
			!el.querySelector("a[href], button, input, select, textarea, summary, [tabindex='0']"))
			found.push("scrolls, but not by keyboard\t" + path(el))
	}
	return found
})()`

// No page scrolls sideways or cuts off words on a narrow screen, also with the
// text spaced or large as readers with low vision or dyslexia set it. This
// depends on words, so every page is looked at.
func TestOverflow(t *testing.T) {
	g, c := the(t), collect(t)
	eachTab(t, g.all(), func(ctx context.Context) (visit, error) {
		visit := func(ctx context.Context, p *page) error { return c.overflows(ctx, p.name, g.at(p)) }
		return visit, look{width: 320}.wear(ctx)
	})
}

// overflows opens an address in a tab that is 320 px wide, and leaves it so.
func (c *complaints) overflows(ctx context.Context, page, address string) error {
	if err := chromedp.Do(ctx, chromedp.Navigate(address), openAll); err != nil {
		return err
	}
	for i, look := range []struct {
		width      int64
		how, sheet string
	}{{320, "", ""}, {240, "", ""}, {240, ", spaced text", spacedText}, {320, ", spaced text", ""}, {320, ", large text", largeText}} {
		var err error
		if look.sheet != "" {
			err = chromedp.Do(ctx, reader(look.sheet))
		} else if i > 0 {
			err = widen(ctx, look.width)
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
			c.add(fmt.Sprintf("%s (%d px%s)", page, look.width, look.how), rule, place)
		}
	}
	return nil
}

// The judge sees what is too wide for its words.
func TestOverflowSees(t *testing.T) {
	ctx := tab(t)
	if err := (look{width: 320}).wear(ctx); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ style, page, want string }{
		{"", "<p>words</p>", ""},
		{"", "<p>" + strings.Repeat("long", 30) + "</p>", "too wide"},
		{"p{width:300px;margin:0}", "<p>wider than 240</p>", "too wide"},
		{"p{width:11rem}", "<p>half of the screen, until text is large</p>", "too wide"},
		{"p{max-width:11rem}", "<p>large text fits</p>", ""},
		{"p{width:11rem;max-width:100%}", "<p>large text fits</p>", ""},
		{"details>p{width:900px}", "<details><summary>a</summary><p>folded away</p></details>", "too wide"},
		{"p{overflow:hidden;width:9px;white-space:nowrap}", "<p>too much for it</p>", "cuts off its text"},
		{"p{overflow:auto;white-space:nowrap}", "<p>no key comes to this box, which is too narrow for it</p>",
			"scrolls, but not by keyboard"},
		{"p{overflow:auto;white-space:nowrap}", "<p tabindex=0>a key comes to this box, which is too narrow for it</p>", ""},
		{"p{overflow:auto;white-space:nowrap}", "<p>this fits</p>", ""},
	} {
		c := &complaints{byRule: map[string]map[string][]string{}}
		page := "<!DOCTYPE html><title>a</title><style>" + test.style + "</style>" + test.page
		if err := c.overflows(ctx, "page", "data:text/html,"+url.PathEscape(page)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(slices.Sorted(maps.Keys(c.byRule)), ", "); got != test.want {
			t.Errorf("of %s it says %q, want %q", page, got, test.want)
		}
	}
}

// openAll opens what a reader can open.
var openAll = chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`)
