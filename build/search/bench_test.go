package search_test

import (
	"slices"
	"strings"
	"testing"

	"fieldguide/build/pack"
	"fieldguide/build/search"
	"fieldguide/build/site"
)

// BenchmarkAsked reports, for each language, how many of what people ask bring
// their page among the first three, of the odd lines and of the even ones, and
// what a query costs of which nothing is there: shards of words, on average and at
// most, and what these and index.js weigh compressed.
func BenchmarkAsked(b *testing.B) {
	each(b, func(b *testing.B, g *guide, lang *site.Language) {
		var requests, bytes float64
		x, err := search.Open(lang, func(name string) ([]byte, error) {
			data, err := g.tree.ReadFile(lang.Code + "/search/" + name)
			requests++
			bytes += float64(pack.Weight(data))
			return data, err
		})
		if err != nil {
			b.Fatal(err)
		}
		first := bytes
		docs := openIndex(b, g.tree, lang).docs
		for b.Loop() {
			var met, all [2]float64
			most := 0.0
			requests, bytes = 0, 0
			for _, q := range readAsked(b) {
				if q.lang != lang.Code {
					continue
				}
				x.Forget()
				before := requests
				found, err := x.Find(q.query, false)
				if err != nil {
					b.Fatal(err)
				}
				most = max(most, requests-before)
				all[q.line%2]++
				if q.met(docs, found) {
					met[q.line%2]++
				}
			}
			queries := all[0] + all[1]
			b.ReportMetric(100*met[1]/all[1], "%odd")
			b.ReportMetric(100*met[0]/all[0], "%even")
			b.ReportMetric(requests/queries, "requests")
			b.ReportMetric(most, "most-requests")
			b.ReportMetric(first+bytes/queries, "bytes")
		}
	})
}

// BenchmarkSlow2G reports, for each language, the seconds on slow 2G until there
// is a box, and from the last letter of the worse of two queries to an answer,
// and to one with its summaries. It needs Chromium and says so where there is
// none.
func BenchmarkSlow2G(b *testing.B) {
	each(b, func(b *testing.B, g *guide, lang *site.Language) {
		visits := slowly(b, g, lang)
		for b.Loop() {
			var worst seen
			for _, s := range visits(typed(b, g, lang)) {
				worst.Usable = max(worst.Usable, s.Usable)
				worst.Answered = max(worst.Answered, s.Answered)
				worst.Whole = max(worst.Whole, s.Whole)
			}
			b.ReportMetric(worst.Usable/1000, "box-s")
			b.ReportMetric(worst.Answered/1000, "answer-s")
			b.ReportMetric(worst.Whole/1000, "whole-s")
		}
	})
}

func each(b *testing.B, f func(b *testing.B, g *guide, lang *site.Language)) {
	g := the(b)
	for _, lang := range g.Languages {
		b.Run(lang.Code, func(b *testing.B) { f(b, g, lang) })
	}
}

// met reports whether a right page is among the first three of what was found.
func (q asked) met(docs []docRow, found []int) bool {
	return slices.ContainsFunc(found[:min(len(found), 3)], func(doc int) bool {
		page, _, _ := strings.Cut(goldenPath(docs[doc][0]), "#")
		return slices.Contains(q.pages, page)
	})
}
