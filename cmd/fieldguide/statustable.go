package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"fieldguide/build"
	"fieldguide/build/site"
)

// writeStatusTable writes how pages stand as one table of Markdown, for the summary of a job in a forge: a line for
// each page, help first, and a column for each language. Pages that are in step everywhere stand in it only if whole is
// given.
func writeStatusTable(w io.Writer, s *site.Site, list []build.Translation, whole bool) error {
	var codes, pages []string
	cells, urgency, open := map[[2]string]string{}, map[string]int{}, map[string]bool{}
	for _, lang := range s.Languages {
		if slices.ContainsFunc(list, func(t build.Translation) bool { return t.Language == lang.Code }) {
			codes = append(codes, lang.Code)
		}
	}
	for i := range list {
		t := &list[i]
		cells[[2]string{t.Path, t.Language}] = t.What()
		if !slices.Contains(pages, t.Path) {
			pages = append(pages, t.Path)
		}
		urgency[t.Path], open[t.Path] = t.Urgency, open[t.Path] || !t.Done()
	}
	if !whole {
		pages = slices.DeleteFunc(pages, func(page string) bool { return !open[page] })
	}
	if len(pages) == 0 {
		said := "All is in step."
		if len(list) == 0 {
			said = "No source page differs."
		}
		_, err := fmt.Fprintln(w, said)
		return err
	}
	slices.SortStableFunc(pages, func(a, b string) int { return urgency[a] - urgency[b] })
	table := "| page | " + strings.Join(codes, " | ") + " |\n|---" + strings.Repeat("|---", len(codes)) + "|\n"
	for _, page := range pages {
		table += "| " + page
		for _, code := range codes {
			table += " | " + cells[[2]string{page, code}]
		}
		table += " |\n"
	}
	_, err := io.WriteString(w, table)
	return err
}
