package judges

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const axeFile = "node_modules/axe-core/axe.min.js"

// axeRun asks for every rule of WCAG 2.2 A and AA and of good practice, and for
// the contrast of AAA, which axe leaves out unless told.
const axeRun = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "wcag2aaa"],
	rules: {"color-contrast-enhanced": {enabled: true}},
	resultTypes: ["violations", "incomplete"],
	preload: false
}).then(r => JSON.stringify({violations: r.violations, incomplete: r.incomplete}))`

type axeResult struct{ Violations, Incomplete []axeRule }

type axeRule struct {
	ID    string
	Help  string
	Nodes []struct {
		Target         []any
		FailureSummary string
	}
}

// axe-core finds nothing on any page, in light and dark, narrow and wide. What
// it could not decide about contrast counts as found.
func TestAxe(t *testing.T) {
	source, err := os.ReadFile(need(t, axeFile))
	if err != nil {
		t.Fatal(err)
	}
	g, c := the(t), collect(t)
	looks := []look{{320, false}, {320, true}, {1280, false}, {1280, true}}
	eachPage(t, g.all(), func(ctx context.Context, p *page) error {
		if err := chromedp.Do(ctx, chromedp.Navigate(g.at(p)), chromedp.Evaluate[chromedp.Void](string(source))); err != nil {
			return err
		}
		for _, l := range looks {
			if err := l.wear(ctx); err != nil {
				return err
			}
			text, err := ask[string](ctx, axeRun)
			if err != nil {
				return fmt.Errorf("axe (%s): %w", l, err)
			}
			var r axeResult
			if err := json.Unmarshal([]byte(text), &r); err != nil {
				return err
			}
			judge(c, p, l, r)
		}
		return nil
	})
}

func judge(c *complaints, p *page, l look, r axeResult) {
	for _, rule := range r.Violations {
		for _, n := range rule.Nodes {
			c.add(p.name, fmt.Sprintf("%s (%s): %s", rule.ID, l, rule.Help), fmt.Sprint(n.Target...)+": "+why(n.FailureSummary))
		}
	}
	for _, rule := range r.Incomplete {
		if rule.ID != "color-contrast" && rule.ID != "color-contrast-enhanced" {
			continue
		}
		for _, n := range rule.Nodes {
			c.add(p.name, fmt.Sprintf("%s (%s), not decided: %s", rule.ID, l, rule.Help), fmt.Sprint(n.Target...)+": "+why(n.FailureSummary))
		}
	}
}

// why joins the lines of axe's explanation.
func why(summary string) string {
	_, reasons, _ := strings.Cut(summary, "\n")
	return strings.Join(strings.Fields(reasons), " ")
}
