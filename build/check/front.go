package check

import (
	"strconv"
	"strings"
	"time"

	"fieldguide/build/site"
)

// checkFront wants a summary that fits a list, a date, and rights that have
// names.
func checkFront(p *Pass) {
	if most := p.Site.Limits.Summary; most > 0 {
		if n := len(strings.Fields(p.Page.Summary)); n > most {
			p.ReportAt(site.Warning, p.front("summary"), "shorten it", "the summary has %d words; at most %d fit", n, most)
		}
	}
	checkPlain(p)
	if _, err := time.Parse(time.DateOnly, p.Page.Updated); err != nil && p.Page.Updated != "" {
		p.ReportAt(site.Error, p.front("updated"), "updated: 2026-11-22",
			"updated wants a date, not %q", p.Page.Updated)
	}
	if p.Source != nil {
		return
	}
	for i, article := range p.Rights {
		if _, ok := p.Language.Rights[strconv.Itoa(article)]; !ok {
			p.ReportAt(site.Error, p.front("rights", i), "name it under rights: in ui.yaml of each language",
				"article %d has no name", article)
		}
	}
}
