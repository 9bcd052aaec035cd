package translate

import (
	"slices"
	"strings"

	"fieldguide/build/markdown"
)

// difference is what became of the passages of a source page.
type difference struct {
	to      []int  // by recorded passage: the one of today that stands in its place, or NoPassage
	old     []bool // by recorded passage: that one has other words
	from    []int  // by passage of today: the recorded one, or NoPassage when it is new
	next    []int  // by passage of today: the first recorded one that stands after its place
	moved   []bool // by recorded passage: it stands elsewhere
	changed int    // passages that were changed, moved, added or taken away
}

// compare says what became of the passages of a record.
func compare(recorded []Said, today []markdown.Passage) *difference {
	is := make([]Said, len(today))
	for i := range today {
		is[i] = Said{Kind: today[i].Kind, Hash: today[i].Hash()}
	}
	return compareSaid(recorded, is)
}

func compareSaid(recorded, today []Said) *difference {
	n, m := len(recorded), len(today)
	d := &difference{to: fill(n, NoPassage), old: make([]bool, n), moved: make([]bool, n), from: fill(m, NoPassage), next: fill(m, n)}
	same := func(i, j int) bool { return recorded[i].Hash == today[j].Hash && recorded[i].Kind == today[j].Kind }
	bind := func(i, j int) { d.to[i], d.from[j] = j, i }

	start, end := 0, 0
	for start < min(n, m) && same(start, start) {
		bind(start, start)
		start++
	}
	for end < min(n, m)-start && same(n-1-end, m-1-end) {
		bind(n-1-end, m-1-end)
		end++
	}
	d.longest(start, n-end, start, m-end, same, bind)

	stayed := slices.Clone(d.to)

	// Between what stayed in order: first what has moved, then what was changed.
	for i := range recorded {
		for j := 0; d.to[i] == NoPassage && j < m; j++ {
			if d.from[j] == NoPassage && same(i, j) {
				bind(i, j)
				d.moved[i] = true
				d.changed++
			}
		}
	}
	j := 0
	var was, is []int
	for i := 0; i <= n; i++ {
		if i < n && stayed[i] == NoPassage {
			if d.to[i] == NoPassage {
				was = append(was, i)
			}
			continue
		}
		until := m
		if i < n {
			until = stayed[i]
		}
		for ; j < until; j++ {
			if d.from[j] == NoPassage {
				is = append(is, j)
				d.next[j] = i
			}
		}
		d.pairHunk(recorded, today, was, is)
		was, is, j = was[:0], is[:0], until+1
	}
	return d
}

// Step is a change of a source page.
type Step struct {
	What     string // changed, added, removed, moved
	Kind     string // title, short or summary when it stands in the front matter
	Old, New int    // the passages of the record and of today, front matter included; or NoPassage
	Before   int    // of a removed one: the passage of today that stands after its place
	Words    int    // how many passages of the record stand in the front matter
}

// Steps returns what has changed since a record was made, in the order of today's
// page.
func Steps(r *Record, today []Said) (steps []Step) {
	was, is := body(r.Passages), body(today)
	oldWords, newWords := len(r.Passages)-len(was), len(today)-len(is)
	for _, kind := range FrontKeys {
		i := slices.IndexFunc(r.Passages[:oldWords], func(s Said) bool { return s.Kind == kind })
		j := slices.IndexFunc(today[:newWords], func(s Said) bool { return s.Kind == kind })
		step := Step{What: "changed", Kind: kind, Old: i, New: j, Words: oldWords}
		switch {
		case i < 0 && j < 0, i >= 0 && j >= 0 && r.Passages[i].Hash == today[j].Hash:
			continue
		case i < 0:
			step.What, step.Old = "added", NoPassage
		case j < 0:
			step.What, step.New = "removed", NoPassage
		}
		steps = append(steps, step)
	}
	d := compareSaid(was, is)
	last := 0
	removed := func(until int) {
		for ; last < until; last++ {
			if d.to[last] == NoPassage {
				before := len(is)
				for j, i := range d.from {
					if i > last {
						before = j
						break
					}
				}
				steps = append(steps, Step{What: "removed", Old: oldWords + last, New: NoPassage, Before: newWords + before, Words: oldWords})
			}
		}
	}
	for j := range is {
		removed(d.before(j))
		step := Step{Old: NoPassage, New: newWords + j, Words: oldWords}
		switch i := d.from[j]; {
		case i == NoPassage:
			step.What = "added"
		case d.old[i]:
			step.What, step.Old = "changed", oldWords+i
		case d.moved[i]:
			step.What, step.Old = "moved", oldWords+i
		default:
			continue
		}
		steps = append(steps, step)
	}
	removed(len(was))
	return steps
}

// before returns how many recorded passages stand before a passage of today, or
// before the next one that they have in common.
func (d *difference) before(j int) int {
	for _, i := range d.from[j:] {
		if i != NoPassage && !d.moved[i] {
			return i
		}
	}
	return len(d.to)
}

// longest binds the longest series of passages that both lists have in the same
// order, between from and to.
func (d *difference) longest(i0, i1, j0, j1 int, same func(i, j int) bool, bind func(i, j int)) {
	n, m := i1-i0, j1-j0
	if n <= 0 || m <= 0 {
		return
	}
	length := make([][]int, n+1)
	for i := range length {
		length[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if same(i0+i, j0+j) {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case same(i0+i, j0+j):
			bind(i0+i, j0+j)
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
}

// pairHunk pairs what was taken away with what was put in its place: of the
// same sort in the same order, or one for one.
func (d *difference) pairHunk(recorded, today []Said, was, is []int) {
	d.changed += len(was) + len(is)
	alone := len(was) == 1 && len(is) == 1
	for _, i := range was {
		for k, j := range is {
			if alone || sort(recorded[i].Kind) == sort(today[j].Kind) {
				d.to[i], d.from[j], d.old[i] = j, i, true
				d.changed--
				is = is[k+1:]
				break
			}
		}
	}
}

// sort returns a kind without numbers and what is in it: a list is a list,
// however long.
func sort(kind string) string {
	kind, _, _ = strings.Cut(kind, "(")
	if strings.HasPrefix(kind, "h") || strings.HasPrefix(kind, ":") {
		return kind
	}
	return strings.TrimRight(kind, "0123456789x")
}
