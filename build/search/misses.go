package search

import "slices"

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

// misses returns the finds of a language before whose page another one is
// found, which does not say the same and which is not one that who asks so is
// brought to. x finds in the finished index.
func (p *part) misses(x *Finder) (list []Miss, err error) {
	says := map[string][]int{} // docs, by what a find comes to
	for _, f := range p.finds {
		said := saying(parse(&p.facts, f.words))
		says[said] = append(says[said], f.doc)
	}
	for _, f := range p.finds {
		found, err := x.Find(f.words, false)
		if err != nil {
			return nil, err
		}
		said := saying(parse(&p.facts, f.words))
		asks, _ := recognised(p.asks, said)
		var better []int
		for _, doc := range found {
			if doc == f.doc {
				break
			}
			lifted := func(a *ask) bool { return a.first.has(doc) || slices.Contains(a.bring, doc) }
			if !slices.Contains(says[said], doc) && !slices.ContainsFunc(asks, lifted) {
				better = append(better, doc)
			}
		}
		if len(better) >= seen {
			list = append(list, Miss{f.of.file, f.of.term, f.item, f.words, p.paths[better[0]]})
		}
	}
	return list, nil
}
