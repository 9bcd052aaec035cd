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
	now := &remembered{paths: p.paths, core: words[coreShard], answers: make([]answer, len(p.finds))}
	var changed []string
	known := p.before.holds(p.paths, p.finds) && (p.before.core == nil) == (now.core == nil)
	if known {
		now.queries, now.says = p.before.queries, p.before.says
		changed = differing(p.before.core, now.core)
	} else if err := p.understand(now); err != nil {
		return nil, err
	}
	err = p.eachFind(func() func(i int) error {
		x := newFinder(p.facts, head, words)
		return func(i int) (err error) {
			if known && p.before.answers[i].stands(changed) {
				now.answers[i] = p.before.answers[i]
				return nil
			}
			a := &now.answers[i]
			if p.before != nil {
				x.answering = a
			}
			a.better, err = x.better(now.queries[i], now.says)
			return err
		}
	})
	if p.before != nil && err == nil {
		*p.before = *now
	}
	for i, f := range p.finds {
		if better := now.answers[i].better; better != none {
			list = append(list, Miss{f.of.file, f.of.term, f.item, f.words, p.paths[better]})
		}
	}
	return list, err
}

// understand splits the finds into words.
func (p *part) understand(now *remembered) error {
	now.queries, now.says = make([]query, len(p.finds)), map[string][]int{}
	err := p.eachFind(func() func(i int) error {
		return func(i int) error {
			f := p.finds[i]
			all := parse(&p.facts, f.words)
			now.queries[i] = query{f.words, f.doc, all, saying(all)}
			return nil
		}
	})
	for _, q := range now.queries {
		now.says[q.said] = append(now.says[q.said], q.doc)
	}
	return err
}

// better returns the doc that is found first of those that are before a query's own, none when they are few.
func (x *Finder) better(q query, says map[string][]int) (int, error) {
	found, err := x.answer(q.text, q.all, false)
	if at := slices.Index(found, q.doc); at >= 0 {
		found = found[:at]
	}
	if err != nil || len(found) < seen {
		return none, err
	}
	asks, _ := x.Head.asks.recognised(q.said)
	found = slices.DeleteFunc(found, func(doc int) bool {
		return slices.Contains(says[q.said], doc) || slices.ContainsFunc(asks, func(a *ask) bool {
			return a.first.has(doc) || slices.Contains(a.bring, doc)
		})
	})
	if len(found) < seen {
		return none, nil
	}
	return found[0], nil
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
