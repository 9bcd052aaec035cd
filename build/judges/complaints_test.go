package judges

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// complaints collects what is wrong, so that one mistake of a layout is read
// once and not on two hundred pages. Its methods may be called from any
// goroutine.
type complaints struct {
	mu     sync.Mutex
	byRule map[string]map[string][]string // rule, place: pages
}

// collect returns an empty collection that fails t at its end when anything
// was added.
func collect(t *testing.T) *complaints {
	c := &complaints{byRule: map[string]map[string][]string{}}
	t.Cleanup(func() {
		t.Helper()
		for _, rule := range slices.Sorted(maps.Keys(c.byRule)) {
			t.Errorf("%s", c.show(rule))
		}
	})
	return c
}

func (c *complaints) add(page, rule, place string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	places := c.byRule[rule]
	if places == nil {
		places = map[string][]string{}
		c.byRule[rule] = places
	}
	if !slices.Contains(places[place], page) {
		places[place] = append(places[place], page)
	}
}

// show writes a rule with the places that most pages have.
func (c *complaints) show(rule string) string {
	const most = 12
	places := c.byRule[rule]
	order := slices.SortedFunc(maps.Keys(places), func(a, b string) int {
		if n := len(places[b]) - len(places[a]); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	var b strings.Builder
	b.WriteString(rule + ":\n")
	for i, place := range order {
		if i == most {
			b.WriteString("  … and " + plural(len(order)-most, "more place") + "\n")
			break
		}
		pages := places[place]
		slices.Sort(pages)
		b.WriteString("  " + place + "\n      on " + pages[0])
		if n := len(pages) - 1; n > 0 {
			b.WriteString(" and " + plural(n, "other"))
		}
		b.WriteString("\n")
	}
	return b.String()
}
