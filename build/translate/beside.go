package translate

import (
	"slices"

	"fieldguide/build/markdown"
)

// Row is a part of a translation beside what it says of its source page. Passages
// are counted as Standing has them.
type Row struct {
	What     string // changed, added, removed, moved; apart where nobody can tell what belongs together; "" in step
	Recorded []int  // passages of its record
	Source   []int  // passages of the source page today
	Own      []int  // passages of the translation
	Gone     bool   // is shown to nobody
}

// Rows puts the passages of a translation beside those of its source page, in the
// order of the source page.
func Rows(st *Standing, source, own *markdown.Doc) []Row {
	theirs, ours := passages(source), passages(own)
	if st.Record == nil || st.Recorded == nil {
		return st.rowsByKinds(theirs, ours)
	}
	recorded := body(st.Record.Passages)
	d := compare(recorded, theirs)
	g := newGroups(len(theirs), len(ours), len(recorded))
	for i, of := range st.Recorded {
		for _, k := range of {
			g.join(g.own(i), g.recorded(k))
		}
	}
	for k, j := range d.to {
		if j != NoPassage {
			g.join(g.recorded(k), g.source(j))
		}
	}
	if st.State == Differs {
		for i, of := range st.Says {
			for _, j := range of {
				g.join(g.own(i), g.source(j))
			}
		}
	}
	rows := g.rows()
	for n := range rows {
		r := &rows[n]
		is := func(what []bool) bool {
			return slices.ContainsFunc(r.Recorded, func(k int) bool { return what[k] })
		}
		lost := slices.ContainsFunc(r.Recorded, func(k int) bool { return d.to[k] == NoPassage })
		switch {
		case st.State == Differs && r.follows(recorded, theirs, ours):
		case st.State == Differs && r.apart(recorded, theirs, ours):
			r.What = "apart"
		case len(r.Recorded) == 0 && len(r.Own) == 0:
			r.What = "added"
		case len(r.Recorded) == 0: // of a translation that has other passages on purpose
			r.What = "apart"
		case len(r.Source) == 0:
			r.What = "removed"
		case is(d.old) || lost:
			r.What = "changed"
		case is(d.moved):
			r.What = "moved"
		}
		r.Gone = slices.ContainsFunc(r.Own, func(i int) bool { return st.Gone[i] })
	}
	return rows
}

// follows reports whether the translation of a row can only have been made since its
// record: it has the kinds of the source page of today, and the record others.
func (r *Row) follows(recorded []Said, theirs, ours []markdown.Passage) bool {
	if len(r.Own) == 0 || len(r.Source) == 0 {
		return false
	}
	was, is, want := r.kinds(recorded, theirs, ours)
	return slices.Equal(is, want) && !slices.Equal(was, want)
}

// apart reports whether the translation of a row has neither the kinds of its record
// nor those of the source page of today.
func (r *Row) apart(recorded []Said, theirs, ours []markdown.Passage) bool {
	was, is, want := r.kinds(recorded, theirs, ours)
	return !slices.Equal(is, want) && !slices.Equal(is, was)
}

func (r *Row) kinds(recorded []Said, theirs, ours []markdown.Passage) (was, is, want []string) {
	for _, k := range r.Recorded {
		was = append(was, recorded[k].Kind)
	}
	for _, i := range r.Own {
		is = append(is, ours[i].Kind)
	}
	for _, j := range r.Source {
		want = append(want, theirs[j].Kind)
	}
	return was, is, want
}

// rowsByKinds pairs what has the same kinds from the beginning; from where they
// part, one passage stands beside the next.
func (st *Standing) rowsByKinds(theirs, ours []markdown.Passage) []Row {
	pairs, parts := pair(kinds(ours), kinds(theirs))
	g := newGroups(len(theirs), len(ours), 0)
	last := 0 // passage of the source after those that have a partner
	for i, of := range pairs {
		for _, j := range of {
			g.join(g.own(i), g.source(j))
			last = j + 1
		}
	}
	first := len(ours)
	if parts != NoPassage {
		first = parts
	}
	for n := 0; first+n < len(ours) && last+n < len(theirs); n++ {
		g.join(g.own(first+n), g.source(last+n))
	}
	rows := g.rows()
	for n := range rows {
		apart := func(i int) bool { return i >= first }
		if r := &rows[n]; len(r.Source) == 0 || len(r.Own) == 0 || slices.ContainsFunc(r.Own, apart) {
			r.What = "apart"
		} else {
			r.Gone = slices.ContainsFunc(r.Own, func(i int) bool { return st.Gone[i] })
		}
	}
	return rows
}

// groups finds which passages belong together: of the source page, then of the
// translation, then of the record.
type groups struct {
	of              []int // by passage: another of its group, or itself
	theirs, ours, n int
}

func newGroups(theirs, ours, recorded int) *groups {
	g := &groups{theirs: theirs, ours: ours, n: theirs + ours + recorded}
	for i := range g.n {
		g.of = append(g.of, i)
	}
	return g
}

func (g *groups) source(j int) int   { return j }
func (g *groups) own(i int) int      { return g.theirs + i }
func (g *groups) recorded(k int) int { return g.theirs + g.ours + k }

func (g *groups) find(x int) int {
	for g.of[x] != x {
		x = g.of[x]
	}
	return x
}

func (g *groups) join(x, y int) {
	a, b := g.find(x), g.find(y)
	g.of[max(a, b)] = min(a, b)
}

// rows returns the groups that the source page or the translation has a part in, in
// the order of the source page; what it lacks stands where the translation has it.
func (g *groups) rows() []Row {
	byGroup := map[int]*Row{}
	for x := range g.n {
		group := g.find(x)
		if byGroup[group] == nil {
			byGroup[group] = &Row{}
		}
		switch r := byGroup[group]; {
		case x < g.theirs:
			r.Source = append(r.Source, x)
		case x < g.theirs+g.ours:
			r.Own = append(r.Own, x-g.theirs)
		default:
			r.Recorded = append(r.Recorded, x-g.theirs-g.ours)
		}
	}
	var rows []Row
	done := map[*Row]bool{}
	alone := func(i int) bool { return i < g.ours && len(byGroup[g.find(g.own(i))].Source) == 0 }
	put := func(r *Row) {
		if !done[r] {
			rows, done[r] = append(rows, *r), true
		}
	}
	follow := func(i int) {
		for ; alone(i); i++ {
			put(byGroup[g.find(g.own(i))])
		}
	}
	follow(0)
	for j := range g.theirs {
		r := byGroup[g.find(g.source(j))]
		put(r)
		if n := len(r.Own); n > 0 {
			follow(r.Own[n-1] + 1)
		}
	}
	return rows
}
