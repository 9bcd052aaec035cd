package catalog

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// Taken is what came back of a page.
type Taken struct {
	*Page
	Pending  []*Unit // without words, or still behind
	Changed  int     // units that have other words than the translation
	Settled  int     // units that were behind or new and are not any more
	ToLookAt int     // units in step that somebody has still to look at
	Reviewed bool    // every unit is reviewed

	words map[*Unit]string // new ones
	done  map[*Unit]bool   // was behind or new
}

// check is the name of what import finds.
const check = "import"

// Take reads what a file says of the units of a page. What cannot be taken over is
// a finding. former is the page as it was when it was exported, nil when its
// translation has not changed since: what the file says as it did then is not new.
func (p *Page) Take(file string, said map[string]*Said, former *Page) (*Taken, []site.Finding) {
	t := &Taken{Page: p, Reviewed: true, words: map[*Unit]string{}, done: map[*Unit]bool{}}
	var findings []site.Finding
	known := map[string]bool{}
	for _, u := range p.Units {
		known[u.ID] = true
		s := said[u.ID]
		if s == nil { // a part of the page only
			s = &Said{State: u.State, Target: u.Message(u.Target), Source: u.Message(u.Source)}
		}
		find := func(hint, format string, args ...any) {
			place := site.Place{File: file, Line: s.Line}
			findings = append(findings, place.Find(site.Error, check, hint, "%s: %s", u.ID, fmt.Sprintf(format, args...)))
		}
		if folded(s.Source) != folded(u.Message(u.Source)) {
			find("export the page again; `msgmerge OLD.po NEW.po` takes over what is done",
				"the source page says something else here than it did when this was exported: %.60q", u.Message(u.Source))
			continue
		}
		if then := former.unit(u.ID); then != nil {
			is, was := folded(u.Message(u.Target)), folded(then.Message(then.Target))
			switch came := folded(s.Target); {
			case came == was:
				s = &Said{Source: s.Source, Target: u.Message(u.Target), State: s.State, Line: s.Line}
			case was != is && came != is:
				find("export the page again; with --force the words of the file count",
					"somebody has changed the page here since this was exported: %.60q", u.Message(u.Target))
				continue
			}
		}
		problem, hint := t.take(u, s)
		if problem != "" {
			find(hint, "%s", problem)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(said)) {
		if path, _, _ := strings.Cut(id, "#"); path == p.Path && !known[id] {
			findings = append(findings, site.Place{File: file, Line: said[id].Line}.Find(site.Error, check,
				"export the page again; `msgmerge OLD.po NEW.po` takes over what is done", "%s: the page has no such unit", id))
		}
	}
	return t, findings
}

// unit returns the unit of an id, nil for none.
func (p *Page) unit(id string) *Unit {
	if p == nil {
		return nil
	}
	for _, u := range p.Units {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// take takes a unit over, or says why it cannot be.
func (t *Taken) take(u *Unit, s *Said) (problem, hint string) {
	is, was := folded(s.Target), folded(u.Message(u.Target))
	if u.whole || isCode(u) { // lines matter
		is, was = strings.TrimSpace(s.Target), strings.TrimSpace(u.Message(u.Target))
	}
	toLookAt := s.State < Translated
	t.Reviewed = t.Reviewed && s.State == Reviewed
	switch {
	case is == "":
		if u.key != "short" || u.State == NoWords && t.own == nil {
			t.Pending = append(t.Pending, u)
		}
		return "", ""
	case u.State <= Behind && toLookAt:
		t.Pending = append(t.Pending, u)
		return "", ""
	case toLookAt:
		t.ToLookAt++
	}
	if u.State <= Behind {
		t.Settled++
		t.done[u] = true
	}
	if is == was {
		return "", ""
	}
	target, unknown := u.parse(strings.TrimSpace(s.Target))
	if isCode(u) {
		target, unknown = u.parse(strings.TrimRight(s.Target, "\n"))
	}
	if unknown != "" {
		return fmt.Sprintf("there is no placeholder %s; the source has %s", unknown, named(u.Source)),
			"write one that the source has; a brace that belongs to the text stands twice: {{"
	}
	words := strings.ReplaceAll(target.String(), "\r", "")
	if problem, hint := t.unsound(u, words); problem != "" {
		return problem, hint
	}
	t.Changed++
	t.words[u] = words
	return "", ""
}

func isCode(u *Unit) bool { return strings.HasSuffix(u.ID, "code") && u.key == "" }

// named lists the placeholders of a text.
func named(t Text) string {
	var list []string
	for _, p := range t.Places() {
		list = append(list, fmt.Sprintf("{%d} (%s)", p.Place, p.Words))
	}
	return strings.Join(list, ", ")
}

// folded is a message without what programs change when they break lines.
func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

// unsound says what would be broken in the page if a unit had these words.
func (p *Page) unsound(u *Unit, words string) (problem, hint string) {
	for _, r := range words {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\uFFFD' {
			return fmt.Sprintf("the translation has a character (U+%04X) that is no text", r), ""
		}
	}
	if u.key != "" {
		if strings.Contains(words, "\n") {
			return "the translation has several lines; it is one in the front matter", ""
		}
		return "", ""
	}
	if u.whole {
		return p.unsoundPart(u, words)
	}
	first := p.source.leaves[u.src[0]]
	if first.oneLine() && strings.Contains(words, "\n") {
		return "the translation has several lines; " + kindName(&first) + " is one", "join the lines"
	}
	doc := parseText(p.File, splice(p.source.src, 0, len(p.source.src), p.source.edits(u.src, words)))
	const signs = "a line must not begin with a sign of a list, heading, quotation or block, nor a cell have a bar: " +
		"write a backslash before it"
	_, want, is := translate.Parts(p.source.doc, doc.doc)
	if want, is := markdown.KindName(want), markdown.KindName(is); want != is {
		return fmt.Sprintf("the translation would be read as %s; the source has %s", is, want), signs
	}
	n := len(doc.leaves) - len(p.source.leaves) + len(u.src)
	sound := n > 0 && (n == 1 || first.isRun())
	var read []string
	for i := 0; sound && i < len(doc.leaves); i++ {
		l := &doc.leaves[i]
		switch {
		case i < u.src[0]:
			sound = l.name() == p.source.leaves[i].name()
		case i < u.src[0]+n:
			sound = l.name() == first.name() && l.in == doc.leaves[u.src[0]].in
			read = append(read, l.words)
		default:
			sound = l.name() == p.source.leaves[i-n+len(u.src)].name()
		}
	}
	if !sound || folded(strings.Join(read, "\n\n")) != folded(words) {
		return "the translation would not be read as " + kindName(&first) + ", as the source is", signs
	}
	if hashes.MatchString(words) && !hashes.MatchString(first.words) {
		return "the translation begins with the sign of a heading, which stands before it already", "leave the # away"
	}
	return p.unheld(u, doc.leaves[u.src[0]:u.src[0]+n])
}

// hashes are the sign of a heading, which within one would be read aloud.
var hashes = regexp.MustCompile(`^#{1,6}\s`)

// unheld says which placeholders are missing, or there twice.
func (p *Page) unheld(u *Unit, list []leaf) (problem, hint string) {
	count := func(list []leaf) map[[2]string]int {
		m := map[[2]string]int{}
		for i := range list {
			for _, s := range list[i].spans {
				m[[2]string{s.what, s.of(&list[i])}]++
			}
		}
		return m
	}
	want, is, was := count(p.source.pick(u.src)), count(list), map[[2]string]int{}
	if p.own != nil {
		was = count(p.own.pick(u.own))
	}
	for _, place := range u.Source.Places() {
		key := [2]string{place.What, place.Words}
		if n := is[key]; n == want[key] || len(u.own) > 0 && n == was[key] {
			continue
		}
		what := fmt.Sprintf("the placeholder {%d}, %s %s", place.Place, article(place.What), place.Words)
		if is[key] < want[key] {
			return what + ", is missing or no longer what it was", "the source has it so: " + quote(u.Message(u.Source))
		}
		return what + ", is there more than once", "the source has it so: " + quote(u.Message(u.Source))
	}
	return "", ""
}

func quote(text string) string {
	if r := []rune(text); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return text
}

func article(what string) string {
	switch what {
	case "address":
		return "the address"
	case "blank":
		return "the place to write on"
	}
	return "the " + what
}

// unsoundPart says what would be broken by the words of a whole passage.
func (p *Page) unsoundPart(u *Unit, words string) (problem, hint string) {
	part := parseText(p.File, []byte(words))
	want := p.source.parts[u.src[0]].Kind
	if len(u.src) == 1 && (len(part.parts) != 1 || part.parts[0].Kind != want) {
		is := ""
		if len(part.parts) > 0 {
			is = part.parts[0].Kind
		}
		return fmt.Sprintf("the translation would be read as %s; the source has %s",
				markdown.KindName(is), markdown.KindName(want)),
			"write it with the same signs as the source"
	}
	return "", ""
}

// kindName says what a leaf is, for people.
func kindName(l *leaf) string {
	switch l.kind {
	case "li":
		return "the words of an item of a list"
	case "cell":
		return "a cell of a table"
	case "title":
		return "the title of a block"
	case "code":
		return "a block of code"
	case "dt", "dd":
		return "a term or what it means"
	case "note":
		return "the words of a footnote"
	case "p":
		return "a paragraph"
	}
	return "a heading"
}

// Ready reports whether the translation says all that the source says today.
func (t *Taken) Ready() bool { return len(t.Pending) == 0 }

// Touched reports whether anything is new.
func (t *Taken) Touched() bool { return t.Changed > 0 || t.Settled > 0 }

// Dropped returns how many passages of the translation say what the source says no
// more: a page that says all that its source says is without them.
func (t *Taken) Dropped() int {
	if t.own == nil {
		return 0
	}
	n := len(t.own.parts)
	for _, g := range t.groups {
		n -= len(g.own)
	}
	return n
}

// Record returns what is recorded of a translation of which a part is still behind:
// the former record, with the passages that say what their source says today. today
// is what a record says of the source page.
func (t *Taken) Record(st *translate.Standing, today []translate.Said) *translate.Record {
	r := *st.Record
	r.Passages = slices.Clone(r.Passages)
	words := len(r.Passages) - len(recordedParts(&r))
	todays := inText(today)
	for _, u := range t.Units {
		if u.key == "" || !t.done[u] {
			continue
		}
		for i := range r.Passages {
			if r.Passages[i].Kind == u.key {
				r.Passages[i].Hash = markdown.HashOf(t.source.words[u.key])
			}
		}
	}
	for _, g := range t.groups {
		if len(g.own) != 1 || len(g.src) != 1 || !t.settledGroup(g) || st.Gone[g.own[0]] {
			continue
		}
		if recorded := st.Recorded[g.own[0]]; len(recorded) == 1 {
			r.Passages[words+recorded[0]] = todays[g.src[0]]
		}
	}
	return &r
}

// settledGroup reports whether something of a group was behind, and nothing is.
func (t *Taken) settledGroup(g group) bool {
	settled := false
	for _, u := range t.in(g) {
		if slices.Contains(t.Pending, u) {
			return false
		}
		settled = settled || t.done[u]
	}
	return settled
}

// in returns the units of a group.
func (p *Page) in(g group) (list []*Unit) {
	for _, u := range p.Units {
		if u.key != "" || len(u.src) == 0 {
			continue
		}
		passage := u.src[0]
		if !u.whole {
			passage = p.source.leaves[passage].passage
		}
		if slices.Contains(g.src, passage) {
			list = append(list, u)
		}
	}
	return list
}
