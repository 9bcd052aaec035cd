package check

import (
	"strings"
	"unicode/utf8"

	"fieldguide/build/letters"
	"fieldguide/build/site"
)

// find judges how many words a page is found by, never which: they are what
// people type, however that is spelt.
var find = &Check{Name: "find", Own: true,
	Doc: "The words under find: can be looked for, each once, and are not too many.",
	Page: func(p *Pass) {
		list, limits := p.Page.Find, p.Site.Limits
		if len(list) == 0 {
			return
		}
		if n := len(list); limits.Find > 0 && n > limits.Find {
			p.ReportAt(site.Error, p.front("find"), "keep what most people type; each other form of a word is found anyway",
				"find has %d words or phrases; at most %d count", n, limits.Find)
		}
		total, first := 0, map[string]string{}
		for i, words := range list {
			total += utf8.RuneCountInString(words)
			folded := strings.Join(strings.Fields(letters.Fold(words)), " ")
			switch was, twice := first[folded]; {
			case folded == "":
				p.ReportAt(site.Error, p.front("find", i), "leave it away", "%q holds nothing that can be looked for", words)
			case twice:
				p.ReportAt(site.Error, p.front("find", i), "leave one of them away",
					"for the search %q and %q are the same", words, was)
			}
			first[folded] = words
		}
		if limits.FindLetters > 0 && total > limits.FindLetters {
			p.ReportAt(site.Error, p.front("find"), "keep what most people type", "find has %d letters; at most %d count",
				total, limits.FindLetters)
		}
	}}
