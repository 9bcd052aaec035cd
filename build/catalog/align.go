package catalog

import (
	"slices"

	"fieldguide/build/markdown"
	"fieldguide/build/translate"
)

// pair is leaves that say the same in two texts.
type pair struct{ a, b []int }

// align pairs leaves that are of the same kinds in the same order; only paragraphs
// that follow each other may be more or fewer. It reports whether all have a partner.
func align(a, b *text, as, bs []int) (list []pair, ok bool) {
	i, j := 0, 0
	for i < len(as) && j < len(bs) {
		m, n := run(a, as[i:]), run(b, bs[j:])
		if a.leaves[as[i]].name() != b.leaves[bs[j]].name() {
			return nil, false
		}
		both := min(m, n)
		for k := range both - 1 {
			list = append(list, pair{as[i+k : i+k+1], bs[j+k : j+k+1]})
		}
		list = append(list, pair{as[i+both-1 : i+m], bs[j+both-1 : j+n]})
		i, j = i+m, j+n
	}
	return list, i == len(as) && j == len(bs)
}

// run returns how many leaves at the beginning of a list follow each other and
// may be more or fewer.
func run(t *text, list []int) int {
	n := 1
	first := &t.leaves[list[0]]
	for first.isRun() && n < len(list) && t.leaves[list[n]].in == first.in && t.leaves[list[n]].name() == first.name() {
		n++
	}
	return n
}

// follow pairs leaves of a former source with those of today: the longest series
// of the same words, and between them those of the same kinds, one by one.
func follow(old, now *text, olds, nows []int) map[int]int {
	same := func(i, j int) bool {
		a, b := &old.leaves[olds[i]], &now.leaves[nows[j]]
		return a.name() == b.name() && markdown.HashOf(a.words) == markdown.HashOf(b.words)
	}
	n, m := len(olds), len(nows)
	length := make([][]int, n+1)
	for i := range length {
		length[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if same(i, j) {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	to := map[int]int{}
	i, j := 0, 0
	fromI, fromJ := 0, 0
	between := func(i, j int) {
		// What is left between two that stayed is paired only where it is of the same kinds.
		if i-fromI == j-fromJ {
			for k := range i - fromI {
				if old.leaves[olds[fromI+k]].name() == now.leaves[nows[fromJ+k]].name() {
					to[olds[fromI+k]] = nows[fromJ+k]
				}
			}
		}
	}
	for i < n && j < m {
		switch {
		case same(i, j):
			between(i, j)
			to[olds[i]] = nows[j]
			i, j = i+1, j+1
			fromI, fromJ = i, j
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	between(n, m)
	return to
}

// group is passages of a source page, and those of its translation that say them.
type group struct{ src, own []int }

// groups joins passages by what a standing says.
func groups(st *translate.Standing, sources, owns int) []group {
	list := make([]group, sources)
	head := make([]int, sources) // by passage of the source: the group that it is in
	for j := range list {
		list[j].src, head[j] = []int{j}, j
	}
	if st != nil {
		for i := range min(owns, len(st.Says)) {
			says := st.Says[i]
			if len(says) == 0 {
				continue
			}
			to := head[slices.Min(says)]
			for _, j := range says {
				if from := head[j]; from != to {
					list[to].src = append(list[to].src, list[from].src...)
					list[to].own = append(list[to].own, list[from].own...)
					for _, k := range list[from].src {
						head[k] = to
					}
					list[from] = group{}
				}
			}
			list[to].own = append(list[to].own, i)
		}
	}
	list = slices.DeleteFunc(list, func(g group) bool { return len(g.src) == 0 })
	for i := range list {
		slices.Sort(list[i].src)
		slices.Sort(list[i].own)
	}
	return list
}
