package build

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"fieldguide/build/site"
)

// unit is what is mended as a whole or not at all: what a check finds in a page and its translations, or in a file; or
// there in lines that say the same.
type unit struct{ place, check, line string }

func (x *fixing) unitOf(f site.Finding) unit {
	place := f.File
	if x.first.Site != nil {
		if _, page := x.first.Site.PageOf(f.File); page != "" {
			place = page
		}
	}
	return unit{place: place, check: f.Check}
}

// lineOf is the unitOf a finding that its line is by itself.
func (x *fixing) lineOf(f site.Finding, edits Edits) unit {
	u := x.unitOf(f)
	text, _ := x.text(f.File, edits)
	if lines := bytes.Split(text, []byte("\n")); f.Line > 0 && f.Line <= len(lines) {
		u.line = string(bytes.TrimSpace(lines[f.Line-1]))
	}
	return u
}

// why returns why a finding is not mended, "" when it is.
func (x *fixing) why(f site.Finding, edits Edits) string {
	return cmp.Or(x.refused[x.unitOf(f)], x.refused[x.lineOf(f, edits)])
}

// worse returns the errors that were not found first, but those of files of which more was read.
func (x *fixing) worse(s *settled) (list []site.Finding) {
	left := map[site.Finding]int{}
	for f, n := range x.counts {
		left[f] = n
	}
	for _, f := range s.findings {
		same := f.Same()
		if left[same]--; left[same] < 0 && f.Level == site.Error && !s.opened[f.File] && !s.opened[""] {
			list = append(list, f)
		}
	}
	return list
}

// refuse finds out what must not be mended, so that what is worse does not come: lines where that is enough, else all
// that a check finds in a page.
func (x *fixing) refuse(s *settled, worse []site.Finding) error {
	all, near := map[unit]bool{}, map[unit]bool{}
	for _, f := range s.mended {
		u := x.unitOf(f)
		all[u] = true
		if slices.ContainsFunc(worse, func(w site.Finding) bool { return x.unitOf(w).place == u.place }) {
			near[u] = true
		}
	}
	if len(near) == 0 {
		near = all
	}
	found := false
	for u := range near {
		why, err := x.alone(func(f site.Finding, _ Edits) bool { return x.unitOf(f) == u && x.why(f, nil) == "" })
		if err != nil {
			return err
		}
		if why == "" {
			continue
		}
		inLine := false
		for line := range x.lines(u) {
			why, err := x.alone(func(f site.Finding, edits Edits) bool { return x.lineOf(f, edits) == line })
			if err != nil {
				return err
			}
			if why != "" {
				x.refused[line], inLine = why, true
			}
		}
		if !inLine {
			x.refused[u] = why
		}
		found = true
	}
	for u := range near {
		if !found { // only together do they make it worse
			x.refused[u] = then(worse[0])
		}
	}
	return nil
}

// lines returns the lines of a unit in which something is mended, unless that is one.
func (x *fixing) lines(u unit) map[unit]bool {
	lines := map[unit]bool{}
	for _, f := range x.first.Findings {
		if f.Mend != nil && x.wanted(f) && x.unitOf(f) == u && x.why(f, nil) == "" {
			lines[x.lineOf(f, nil)] = true
		}
	}
	if len(lines) == 1 {
		return nil
	}
	return lines
}

// alone says what would be worse if only this were mended, "" for nothing.
func (x *fixing) alone(may func(site.Finding, Edits) bool) (string, error) {
	s, err := x.settle(may)
	if err != nil {
		return "", err
	}
	if worse := x.worse(s); len(worse) > 0 {
		return then(worse[0]), nil
	}
	return "", nil
}

func then(f site.Finding) string {
	return fmt.Sprintf("it would make another error, %s: %s (%s)", f.Place(), f.Message, f.Check)
}
