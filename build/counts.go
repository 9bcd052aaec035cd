package build

import (
	"fmt"
	"slices"
	"strings"

	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// States are those of translations in the order in which they are counted.
var States = []translate.State{translate.InStep, translate.Stale, translate.Differs, translate.Unknown,
	translate.Untranslated, translate.Draft, Moved, Orphan, translate.Missing}

// Meaning says for people what a state is.
type Meaning struct {
	State translate.State
	Means string
}

// Meanings are those of all states.
var Meanings = []Meaning{
	{translate.Missing, "there is no page"},
	{translate.Draft, "draft: true; readers do not get it yet"},
	{translate.Untranslated, "its words are still the source page's"},
	{translate.Unknown, "nobody recorded what it was made from: see sync"},
	{translate.Differs, "half-way, or torn: it has other passages than its record says it was made from; see diff"},
	{translate.Stale, "the source has changed since; n of m: how many of its passages; see diff"},
	{Moved, "its record stands under another path, of the same text: see sync"},
	{Orphan, "it has no source page"},
	{translate.InStep, "nothing to do; reviewed when a second person said that it is right"},
}

// Counted is how the pages of a language stand, or of a set or band of it.
type Counted struct {
	Language, Set, Band string // of all sets and bands where that is ""
	Pages, Reviewed     int
	In                  map[translate.State]int
}

// Name is the language, and the set and band where it is of one.
func (c *Counted) Name() string { return strings.TrimSpace(c.Language + " " + c.Set + " " + c.Band) }

// Done reports whether all is in step.
func (c *Counted) Done() bool { return c.In[translate.InStep] == c.Pages }

// Count counts translations by language, set and band.
func Count(s *site.Site, list []Translation) []*Counted {
	var rows []*Counted
	for _, lang := range s.Languages {
		var parts []*Counted
		part := func(set, band string) {
			parts = append(parts, &Counted{Language: lang.Code, Set: set, Band: band, In: map[translate.State]int{}})
		}
		part("", "")
		for _, set := range s.Sets {
			part(set.ID, "")
			for _, band := range set.Bands {
				part(set.ID, band.ID)
			}
		}
		for _, c := range parts {
			for i := range list {
				c.add(&list[i])
			}
			if c.Pages > 0 {
				rows = append(rows, c)
			}
		}
	}
	return rows
}

func (c *Counted) add(t *Translation) {
	if t.Language != c.Language || c.Set != "" && t.Set != c.Set || c.Band != "" && t.Band != c.Band {
		return
	}
	c.Pages++
	c.In[t.State]++
	if t.Reviewed() {
		c.Reviewed++
	}
}

// Next returns what is not in step, in the order in which it is best done.
func Next(list []Translation) []Translation {
	todo := slices.DeleteFunc(slices.Clone(list), func(t Translation) bool { return t.Done() })
	slices.SortStableFunc(todo, func(a, b Translation) int { return a.Urgency - b.Urgency })
	return todo
}

// Reviewed reports whether somebody has read the translation as it is.
func (t *Translation) Reviewed() bool {
	return t.Done() && t.Stage == translate.Stages[len(translate.Stages)-1]
}

// What says how the translation stands, in a few words.
func (t *Translation) What() string {
	what := string(t.State)
	switch {
	case t.State == translate.Stale:
		what = fmt.Sprintf("stale %d of %d", t.Changed, t.Of)
	case t.From != "":
		what += " from " + t.From
	}
	if t.Hidden {
		what += ", readers get the source page"
	}
	return what
}

// WayOut is the command that goes on with a translation, or the file to work on.
func (t *Translation) WayOut() string {
	switch t.State {
	case translate.Missing:
		return "fieldguide new " + t.Language + " " + t.Path
	case translate.Stale, translate.Differs:
		return "fieldguide diff " + t.Path + " --lang " + t.Language
	case translate.Unknown, Moved:
		return "fieldguide sync " + t.Path + " --lang " + t.Language
	}
	return t.File
}
