package translate

import (
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// State says in a word how a translation stands.
type State string

// The states of a page in a language. Those without a page of their own come
// first; Of returns the others.
const (
	Missing      State = "missing"
	Draft        State = "draft"
	Untranslated State = "untranslated" // its words are the source page's
	Unknown      State = "unknown"      // nobody recorded what it was made from
	Differs      State = "differs"      // it has not the passages that its record says it was made from
	Stale        State = "stale"        // the source page has changed since
	InStep       State = "in step"
)

// Text is a page with its text, as it is held against another.
type Text struct {
	Page *site.Page
	Doc  *markdown.Doc
	Raw  []byte // the bytes of its file
}

// Standing is what a translation and its source page have to do with each
// other. Passages are counted as markdown.Doc.Passages has them, without those
// of the front matter.
type Standing struct {
	State       State
	Record      *Record // nil for none
	Since       string  // the date that the source page gives of a change after the record; "" when it gives none
	Changed, Of int     // how many passages the source has changed, of how many; title and summary count

	Recorded [][]int // by passage of the translation: those of the record that it was made from
	Source   []int   // by passage of the translation: that of the source which it says, or NoPassage
	Says     [][]int // by passage of the translation: all of the source that it says, when they are paragraphs
	Old      []bool  // by passage of the translation: the source says something else there now
	Gone     []bool  // by passage of the translation: it is shown to nobody
	Added    []int   // by passage of the translation, and for the end: new passages of the source before it

	At   int    // the passage where it differs from its record
	Want string // the kind that its record has there, "" for none
}

// NoPassage stands for a passage that a text does not have.
const NoPassage = -1

// Of says how a translation stands. line is its record, as Record.Line has it, ""
// for none.
func Of(line string, source, own Text) *Standing {
	theirs, ours := passages(source.Doc), passages(own.Doc)
	st := &Standing{Source: fill(len(ours), NoPassage), Says: make([][]int, len(ours)), Old: make([]bool, len(ours)),
		Gone: make([]bool, len(ours)), Added: make([]int, len(ours)+1)}
	if line != "" {
		st.Record, _ = parseLine(line)
	}
	if isCopy(theirs, ours) {
		st.State = Untranslated
	}
	st.Of = CountOf(source.Page, source.Doc)
	if st.Record == nil {
		st.byKinds(theirs, ours)
		return st
	}
	recorded := body(st.Record.Passages)
	pairs, at := pair(kinds(ours), saidKinds(recorded))
	if at >= 0 && st.Record.Free {
		at, pairs = NoPassage, make([][]int, len(ours))
	}
	if at >= 0 {
		if _, at := pair(kinds(ours), kinds(theirs)); at < 0 { // it followed the source, and its record did not
			st.Record = nil
			st.byKinds(theirs, ours)
			return st
		}
		st.State, st.At, st.Want = Differs, at, ""
		if at < len(recorded) {
			st.Want = recorded[at].Kind
		}
		st.Recorded, st.Says = halfway(recorded, compare(recorded, theirs), theirs, ours)
		for i, of := range st.Says {
			if len(of) > 0 {
				st.Source[i] = of[0]
			}
		}
		return st
	}
	if st.State == "" {
		st.State = InStep
	}
	d := compare(recorded, theirs)
	if Blob(source.Raw) != st.Record.Blob {
		st.Changed = d.changed + changedWords(st.Record.Passages, wordsOf(source.Page))
		if st.Changed > 0 && st.State == InStep {
			st.State = Stale
		}
		if source.Page.Updated != st.Record.Updated {
			st.Since = source.Page.Updated
		}
	}
	st.Recorded = pairs
	st.apply(d, recorded, pairs, sourceNotes(source.Doc))
	return st
}

// Parts returns where a translation has other passages than its source page today,
// as a passage of the translation, and the kinds of both there; NoPassage when it
// has the same.
func Parts(source, own *markdown.Doc) (at int, want, is string) {
	theirs, ours := kinds(passages(source)), kinds(passages(own))
	_, at = pair(ours, theirs)
	if at == NoPassage {
		return at, "", ""
	}
	if at < len(theirs) {
		want = theirs[at]
	}
	if at < len(ours) {
		is = ours[at]
	}
	return at, want, is
}

// passages returns the passages of a text, without comments at its end.
func passages(doc *markdown.Doc) []markdown.Passage {
	list := doc.Passages()
	if n := len(list); n > 0 && list[n-1].Node == nil {
		list = list[:n-1]
	}
	return list
}

// byKinds pairs passages by their kinds alone: nothing is known of what the
// source was.
func (st *Standing) byKinds(theirs, ours []markdown.Passage) {
	if st.State == "" {
		st.State = Unknown
	}
	pairs, at := pair(kinds(ours), kinds(theirs))
	for i := range pairs {
		if at < 0 {
			st.Source[i], st.Says[i] = pairs[i][0], pairs[i]
			for _, j := range pairs[i] {
				st.Gone[i] = st.Gone[i] || withdraws(theirs[j].Note)
			}
		}
	}
}

// apply says of each passage of the translation what became of its source.
func (st *Standing) apply(d *difference, recorded []Said, pairs [][]int, notes []string) {
	gone := make([]bool, len(recorded))
	for i, said := range recorded {
		gone[i] = said.Withdrawn
	}
	for j, note := range notes {
		if !withdraws(note) {
			continue
		}
		before := len(recorded) // what was deleted before it …
		if j < len(d.from) && d.from[j] != NoPassage {
			before = d.from[j]
			gone[before] = gone[before] || d.old[before] // … and itself, when it says something else now
		} else if j < len(d.from) {
			before = d.next[j]
		}
		for i := before - 1; i >= 0 && d.to[i] == NoPassage; i-- {
			gone[i] = true
		}
	}
	at := make([]int, len(d.from)) // by passage of the source: the first of the translation that says it
	for j := range at {
		at[j] = NoPassage
	}
	for i, list := range pairs {
		for n, j := range list {
			if n == 0 {
				st.Source[i] = d.to[j]
			}
			if to := d.to[j]; to != NoPassage {
				st.Says[i] = append(st.Says[i], to)
			}
			st.Old[i] = st.Old[i] || d.old[j] || d.to[j] == NoPassage
			st.Gone[i] = st.Gone[i] || gone[j]
			if to := d.to[j]; to != NoPassage && at[to] == NoPassage {
				at[to] = i
			}
		}
	}
	last := 0
	for j := range d.from {
		if d.from[j] == NoPassage {
			st.Added[last]++
		} else if at[j] != NoPassage {
			last = at[j] + 1
		}
	}
}

// sourceNotes returns the comments before each passage, and those at the end.
func sourceNotes(doc *markdown.Doc) []string {
	var notes []string
	for _, p := range doc.Passages() {
		notes = append(notes, p.Note)
	}
	return notes
}

// withdraws reports whether a comment takes the passage after it out of
// translations that still say what stood there before.
func withdraws(note string) bool {
	for line := range strings.SplitSeq(note, "\n") {
		word, _, _ := strings.Cut(line, ":")
		if strings.TrimSpace(word) == "withdraw" {
			return true
		}
	}
	return false
}

// body returns the passages of a record that stand in the text.
func body(list []Said) []Said {
	for i, said := range list {
		if !said.InFront() {
			return list[i:]
		}
	}
	return nil
}

// changedWords returns how many of title, short and summary are others now.
func changedWords(was, is []Said) (n int) {
	words := func(list []Said) map[string]string {
		m := map[string]string{}
		for _, said := range list {
			if said.InFront() {
				m[said.Kind] = said.Hash
			}
		}
		return m
	}
	old, now := words(was), words(is)
	for _, kind := range FrontKeys {
		if old[kind] != now[kind] {
			n++
		}
	}
	return n
}

// copied is of how many letters a passage must be to count as copied: names
// and titles are the same in many languages.
const copied = 12

// isCopy reports whether more than half of a text's passages are the source's
// own words.
func isCopy(theirs, ours []markdown.Passage) bool {
	same, all := 0, 0
	for i := range ours {
		own := &ours[i]
		for j := range theirs {
			if p := &theirs[j]; own.MayEqual(p) && own.Size() >= copied && own.Hash() == p.Hash() {
				same++
				break
			}
		}
	}
	if same == 0 { // as in most
		return false
	}
	for i := range ours {
		if ours[i].Size() >= copied {
			all++
		}
	}
	return 2*same > all
}

func kinds(list []markdown.Passage) []string {
	kinds := make([]string, len(list))
	for i := range list {
		kinds[i] = list[i].Kind
	}
	return kinds
}

func saidKinds(list []Said) []string {
	kinds := make([]string, len(list))
	for i := range list {
		kinds[i] = list[i].Kind
	}
	return kinds
}

func fill(n, value int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = value
	}
	return list
}

// pair pairs the passages of a translation with those it was made from, which
// are of the same kinds in the same order; only paragraphs that follow each
// other may be more or fewer. Where they part is the place in both lists up to
// which they agree, NoPassage when they do to the end.
func pair(ours, theirs []string) (pairs [][]int, parts int) {
	pairs = make([][]int, len(ours))
	i, j := 0, 0
	for i < len(ours) || j < len(theirs) {
		a, b := run(ours[i:]), run(theirs[j:])
		switch {
		case a > 0 && b > 0:
			for k := range max(a, b) {
				to := i + min(k, a-1)
				pairs[to] = append(pairs[to], j+min(k, b-1))
			}
			i, j = i+a, j+b
		case i < len(ours) && j < len(theirs) && a == 0 && b == 0 && ours[i] == theirs[j]:
			pairs[i] = []int{j}
			i, j = i+1, j+1
		default:
			return pairs, i
		}
	}
	return pairs, NoPassage
}

// run returns how many paragraphs a list begins with.
func run(list []string) (n int) {
	for n < len(list) && list[n] == "p" {
		n++
	}
	return n
}
