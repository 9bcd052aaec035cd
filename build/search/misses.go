package search

import (
	"context"
	"slices"

	"fieldguide/build/parallel"
)

// A Miss is what stands under find: in a page or a term and finds another page better.
type Miss struct {
	File   string // of the page; "" for a term
	Term   string // its name
	Item   int    // of the list
	Words  string
	Better string // path of the other page, seen from the search page
}

// find is an item under find: in a page or a term.
type find struct {
	of    *Doc
	doc   int
	item  int
	words string
}

// seen is how many results a reader looks at before the words seem wrong.
const seen = 3

// some are the finds that a worker asks for one after the other.
const some = 64

// misses returns the finds of a language before whose page another one is
// found, which does not say the same and which is not one that who asks so is
// brought to. head and words are the finished index.
func (p *part) misses(head Head, words map[int][]entry) (list []Miss, err error) {
	queries := make([][]word, len(p.finds))
	err = p.eachFind(func() func(i int) error {
		return func(i int) error {
			queries[i] = parse(&p.facts, p.finds[i].words)
			return nil
		}
	})
	if err != nil {
		return nil, err
	}
	says := map[string][]int{} // docs, by what a find comes to
	for i, f := range p.finds {
		said := saying(queries[i])
		says[said] = append(says[said], f.doc)
	}
	misses := make([]*Miss, len(p.finds))
	err = p.eachFind(func() func(i int) error {
		x := newFinder(p.facts, head, words)
		return func(i int) error {
			f := p.finds[i]
			found, err := x.answer(f.words, queries[i], false)
			if at := slices.Index(found, f.doc); at >= 0 {
				found = found[:at]
			}
			if err != nil || len(found) < seen {
				return err
			}
			said := saying(queries[i])
			asks, _ := head.asks.recognised(said)
			better := slices.DeleteFunc(found, func(doc int) bool {
				return slices.Contains(says[said], doc) || slices.ContainsFunc(asks, func(a *ask) bool {
					return a.first.has(doc) || slices.Contains(a.bring, doc)
				})
			})
			if len(better) >= seen {
				misses[i] = &Miss{f.of.file, f.of.term, f.item, f.words, p.paths[better[0]]}
			}
			return nil
		}
	})
	for _, m := range misses {
		if m != nil {
			list = append(list, *m)
		}
	}
	return list, err
}

// eachFind does something with each find; several workers take some at a time.
func (p *part) eachFind(prepare func() func(i int) error) error {
	n := len(p.finds)
	return parallel.Each(context.Background(), 0, (n+some-1)/some, func() func(int) error {
		do := prepare()
		return func(chunk int) error {
			for i := chunk * some; i < min((chunk+1)*some, n); i++ {
				if err := do(i); err != nil {
					return err
				}
			}
			return nil
		}
	})
}
