package check

import (
	"strconv"
	"strings"
	"time"

	"fieldguide/build/site"
)

// checkSummary wants a summary that fits a list, and rights that have names.
func checkSummary(p *Pass) {
	at := func(key string) int {
		i := strings.Index("\n"+string(p.Doc.Src[:p.Doc.Body]), "\n"+key+":")
		return max(i, 0) - p.Doc.Body
	}
	if most := p.Site.Limits.Summary; most > 0 {
		if n := len(strings.Fields(p.Page.Summary)); n > most {
			p.Report(site.Warning, at("summary"), "", "the summary has %d words; at most %d fit", n, most)
		}
	}
	checkPlain(p)
	if _, err := time.Parse(time.DateOnly, p.Page.Updated); err != nil && p.Page.Updated != "" {
		p.Report(site.Error, at("updated"), "updated: 2026-11-22", "updated wants a date, not %q", p.Page.Updated)
	}
	if p.Doc != p.Source {
		return
	}
	for _, article := range p.Rights {
		if _, ok := p.Language.Rights[strconv.Itoa(article)]; !ok {
			p.Report(site.Error, at("rights"), "name it under rights: in ui.yaml of each language", "article %d has no name", article)
		}
	}
}
