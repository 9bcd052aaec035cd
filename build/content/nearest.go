package content

import (
	"fmt"
	"slices"
	"strings"

	"fieldguide/build/site"
)

// didYouMean names the candidate that is nearest to a word, or else what there
// is; "" when there is nothing.
func didYouMean(word string, candidates []string) string {
	const most = 12 // more are no help
	if near := site.Nearest(word, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	list := slices.Sorted(slices.Values(candidates))
	switch n := len(list); {
	case n == 0:
		return ""
	case n > most:
		return fmt.Sprintf("it can be %s and %d more", strings.Join(list[:most], ", "), n-most)
	}
	return "it can be " + strings.Join(list, ", ")
}

func keys[V any](m map[string]V) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

func paths(s *site.Site) []string {
	var list []string
	for _, f := range s.Families {
		list = append(list, f.Path)
	}
	return list
}
