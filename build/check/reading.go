package check

import "fieldguide/build/site"

var reading = &Check{Name: "reading", Own: true, Doc: "Sentences are no longer than the readers of the page can " +
	"follow, and the source page no longer than its budget in site.yaml.", Page: func(p *Pass) {
	load := p.Site.LoadOf(p.Family)
	longest, words, level := load.Longest(p.Language), 0, site.Warning
	if load.Strict {
		level = site.Error
	}
	for _, piece := range p.pieces() {
		for _, sentence := range piece.sentences {
			n := sentence.length
			words += n
			if longest > 0 && n > longest {
				p.Report(level, piece.Pos(sentence.from), "make two sentences of it, or leave words out",
					"this sentence has %d %s; readers of this page can follow %d", n, unit(p.Language), longest)
			}
		}
	}
	if most := load.Words * 6 / 5; most > 0 && p.Source == nil && words > most {
		p.Report(site.Error, -p.Doc.Body, "cut it, or make two pages of it",
			"the page has %d %s; its budget is %d and a fifth more", words, unit(p.Language), load.Words)
	}
}}

func unit(lang *site.Language) string {
	if lang.Characters {
		return "characters"
	}
	return "words"
}
