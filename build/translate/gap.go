package translate

import (
	"fmt"
	"slices"
	"strings"

	"fieldguide/build/markdown"
)

// Gap is a place where a translation has other passages than its source page of
// today. What one of them lacks would stand before the passage of that number.
type Gap struct {
	Own, Source int
	Is, Want    string // their kinds; "" for none
	End         bool   // the translation ends there
}

// Gaps returns where a translation has other passages than its source page, in
// their order; nothing where Parts finds none. Its record, nil for none, says which
// of the source page are new.
func Gaps(r *Record, source, own *markdown.Doc) (gaps []Gap) {
	today := passages(source)
	theirs, ours := spans(kinds(today)), spans(kinds(passages(own)))
	from := fill(len(today), NoPassage)
	if r != nil {
		from = compare(body(r.Passages), today).from
	}
	i, j := 0, 0
	hunk := func(i1, j1 int) {
		alone := i1-i == 1 && j1-j == 1
		gap := func(i, j int, is, want string) {
			gaps = append(gaps, Gap{start(ours, i), start(theirs, j), is, want, i == len(ours)})
		}
		switch {
		case alone:
			gap(i, j, ours[i].kind, theirs[j].kind)
		default:
			for ; i < i1; i++ {
				gap(i, j, ours[i].kind, "")
			}
			for ; j < j1; j++ {
				gap(i, j, "", theirs[j].kind)
			}
		}
	}
	for _, pair := range align(ours, theirs, from) {
		hunk(pair[0], pair[1])
		i, j = pair[0], pair[1]
		if ours[i].kind != theirs[j].kind {
			gaps = append(gaps, Gap{Own: ours[i].from, Source: theirs[j].from, Is: ours[i].kind, Want: theirs[j].kind})
		}
		i, j = i+1, j+1
	}
	hunk(len(ours), len(theirs))
	return gaps
}

// shown is how many letters of a passage are enough to know it by.
const shown = 60

// Tell says for people what is otherwise, and where the source page has it.
func (g *Gap) Tell(source *markdown.Doc) string {
	is, want := markdown.KindName(g.Is), markdown.KindName(g.Want)
	if g.Want == "" {
		return "here is " + is + " that the source page does not have"
	}
	list := source.Passages()
	line, _ := source.Position(source.Passage(g.Source))
	place := fmt.Sprintf("%s:%d", source.File, line)
	if g.Is != "" {
		if is == want {
			want += " made of other parts"
		}
		return fmt.Sprintf("here is %s, in the source page %s (%s)", is, want, place)
	}
	words, _, _ := strings.Cut(source.Source(list)[g.Source], "\n")
	if start := []rune(words); len(start) > shown {
		words = string(start[:shown]) + "…"
	}
	what := fmt.Sprintf("%s (%s)", want, place)
	if words != "" { // footnotes have none
		what += ": " + words
	}
	if g.End {
		return "the source page goes on with " + what
	}
	return "before this the source page has " + what
}

// span is a passage, or paragraphs that follow each other, which may be more or
// fewer in a translation.
type span struct {
	kind     string
	from, to int
}

func spans(kinds []string) (list []span) {
	for i := 0; i < len(kinds); {
		n := max(1, run(kinds[i:]))
		list = append(list, span{kinds[i], i, i + n})
		i += n
	}
	return list
}

// start returns the first passage of the span of that number, the end for none.
func start(list []span, i int) int {
	switch {
	case i < len(list):
		return list[i].from
	case len(list) > 0:
		return list[len(list)-1].to
	}
	return 0
}

// like says how well two spans go together, 0 for not at all.
func like(a, b string) int {
	switch {
	case a == b && a == "p":
		return 2
	case a == b:
		return 3
	case sort(a) == sort(b), strings.HasPrefix(a, "h") && strings.HasPrefix(b, "h"):
		return 1
	}
	return 0
}

// mostPairs is how many pairs of spans are weighed: those of two pages of two thousand
// passages. Of longer ones what begins alike goes together.
const mostPairs = 1 << 22

// align returns which spans belong together: the pairs in order that go together
// best, rather with what the source page had before: from is as in difference.
func align(ours, theirs []span, from []int) (pairs [][2]int) {
	weigh := func(i, j int) int {
		w := 2 * like(ours[i].kind, theirs[j].kind)
		if w > 0 && from[theirs[j].from] != NoPassage {
			w++
		}
		return w
	}
	n, m := len(ours), len(theirs)
	if n*m > mostPairs {
		for i := 0; i < min(n, m) && weigh(i, i) > 0; i++ {
			pairs = append(pairs, [2]int{i, i})
		}
		return pairs
	}
	best := make([][]int, n+1)
	for i := range best {
		best[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if w := weigh(i, j); w > 0 {
				best[i][j] = max(best[i][j], w+best[i+1][j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch w := weigh(i, j); {
		case w > 0 && best[i][j] == w+best[i+1][j+1]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// halfway says of a translation that has neither the passages of its record nor
// those of its source page what each of its passages says, as far as kinds tell:
// which of the record, and which of the source page.
func halfway(recorded []Said, d *difference, theirs, ours []markdown.Passage) (made, says [][]int) {
	made, says = make([][]int, len(ours)), make([][]int, len(ours))
	bind := func(i, j int) {
		says[i] = append(says[i], j)
		if k := d.from[j]; k != NoPassage {
			made[i] = append(made[i], k)
		}
	}
	paired := make([]bool, len(ours))
	own, source := spans(kinds(ours)), spans(kinds(theirs))
	for _, pair := range align(own, source, d.from) {
		o, s := own[pair[0]], source[pair[1]]
		former := d.paragraphs(recorded, s)
		for n := range max(o.to-o.from, s.to-s.from) {
			i := o.from + min(n, o.to-o.from-1)
			paired[i] = true
			switch {
			case o.to-o.from == s.to-s.from || len(former) != o.to-o.from:
				bind(i, s.from+min(n, s.to-s.from-1))
			case n >= len(former): // it has not followed, paragraph by paragraph
			default:
				made[i] = []int{former[n]}
				if j := d.to[former[n]]; j != NoPassage {
					says[i] = []int{j}
				}
			}
		}
	}
	k := 0
	for i := range ours {
		for n := k; n < len(recorded) && !paired[i]; n++ {
			if d.to[n] == NoPassage && recorded[n].Kind == ours[i].Kind && !slices.ContainsFunc(made, func(of []int) bool {
				return slices.Contains(of, n)
			}) {
				made[i], paired[i], k = []int{n}, true, n+1
			}
		}
	}
	return made, says
}

// paragraphs returns the recorded paragraphs that stood where a span of them stands
// today, with those that were taken away among them.
func (d *difference) paragraphs(recorded []Said, s span) (list []int) {
	if s.kind != "p" {
		return nil
	}
	first, last := len(recorded), NoPassage
	for _, k := range d.from[s.from:s.to] {
		if k != NoPassage && !d.moved[k] {
			first, last = min(first, k), max(last, k)
		}
	}
	if last == NoPassage {
		return nil
	}
	gone := func(k int) bool { return recorded[k].Kind == "p" && d.to[k] == NoPassage }
	for first > 0 && gone(first-1) {
		first--
	}
	for last+1 < len(recorded) && gone(last+1) {
		last++
	}
	for k := first; k <= last; k++ {
		if recorded[k].Kind == "p" {
			list = append(list, k)
		}
	}
	return list
}
