package catalog

import (
	"slices"
	"strconv"

	"fieldguide/build/markdown"
	"fieldguide/build/translate"
)

// Files are the bytes that the units of a page are made of.
type Files struct {
	Name    string // of the source page
	Source  []byte // the source page
	OwnName string // of its translation
	Own     []byte // its translation, nil for none
	Old     []byte // the source page that the translation was made from, nil when nobody has it
}

// NewPage returns the units of a page. How its translation stands is nil where
// there is none.
func NewPage(path string, f Files, st *translate.Standing) *Page {
	b := &builder{st: st, Page: &Page{Path: path, File: f.Name, Blob: translate.Blob(f.Source),
		source: parseText(f.Name, f.Source)}}
	if f.Own != nil && st != nil {
		b.own, b.OwnFile, b.OwnBlob = parseText(f.OwnName, f.Own), f.OwnName, translate.Blob(f.Own)
		if f.Old != nil && st.Record != nil {
			if old := parseText(f.Name, f.Old); len(old.parts) == len(recordedParts(st.Record)) {
				b.old = old
			}
		}
	}
	for _, key := range translate.FrontKeys {
		b.front(key)
	}
	owns := 0
	if b.own != nil {
		owns = len(b.own.parts)
	}
	b.groups = groups(st, len(b.source.parts), owns)
	for _, g := range b.groups {
		b.group(g)
	}
	return b.Page
}

// recordedParts returns the passages of a record that stand in the text.
func recordedParts(r *translate.Record) []translate.Said {
	return inText(r.Passages)
}

// inText returns what is said of the text of a page, not of its front matter.
func inText(said []translate.Said) []translate.Said {
	return slices.DeleteFunc(slices.Clone(said), translate.Said.InFront)
}

// builder makes the units of a page.
type builder struct {
	*Page
	old *text
	st  *translate.Standing
}

// settled returns the state of units that are not behind.
func (b *builder) settled() State {
	if b.st.Record == nil || b.st.State == translate.Untranslated {
		return Behind // nobody knows
	}
	return Machine + State(slices.Index(translate.Stages, b.st.Record.Stage))
}

// front adds the unit of a key of the front matter.
func (b *builder) front(key string) {
	said := b.source.words[key]
	if said == "" {
		return
	}
	u := &Unit{ID: b.Path + "#" + key, key: key, Source: Text{{Words: said}}}
	if b.own != nil && b.own.words[key] != "" {
		u.was = b.own.words[key]
		u.Target = Text{{Words: u.was}}
		u.State = b.settled()
		if r := b.st.Record; r != nil {
			i := slices.IndexFunc(r.Passages, func(s translate.Said) bool { return s.Kind == key })
			if i < 0 || r.Passages[i].Hash != markdown.HashOf(said) {
				u.State = Behind
				if b.old != nil && b.old.words[key] != "" {
					u.Previous = Text{{Words: b.old.words[key]}}
				}
			}
		}
	}
	b.Units = append(b.Units, u)
}

// group adds the units of passages that belong together.
func (b *builder) group(g group) {
	var theirs, ours, olds []int
	for _, j := range g.src {
		theirs = append(theirs, b.source.of(j)...)
	}
	if len(g.own) == 0 {
		for _, j := range theirs {
			b.unit([]int{j}, nil, nil, false)
		}
		return
	}
	changed, gone := false, false
	for _, i := range g.own {
		ours = append(ours, b.own.of(i)...)
		changed = changed || b.st.Old[i]
		gone = gone || b.st.Gone[i]
		for _, r := range b.st.Recorded[min(i, len(b.st.Recorded)):min(i+1, len(b.st.Recorded))] {
			for _, k := range r {
				if b.old != nil && !slices.Contains(olds, k) {
					olds = append(olds, k)
				}
			}
		}
	}
	if len(g.src) > 1 || len(g.own) > 1 { // paragraphs
		var old []int
		for _, k := range olds {
			old = append(old, b.old.of(k)...)
		}
		b.unit(theirs, ours, old, changed || gone)
		return
	}
	var old []int
	if changed && len(olds) == 1 {
		old = b.old.of(olds[0])
		if list, ok := align(b.old, b.own, old, ours); ok {
			b.followed(list, old, theirs, gone)
			return
		}
	}
	if list, ok := align(b.source, b.own, theirs, ours); ok {
		for _, p := range list {
			b.unit(p.a, p.b, nil, changed || gone)
		}
		return
	}
	u := &Unit{ID: b.Path + "#part " + strconv.Itoa(g.src[0]+1), whole: true, src: g.src, own: g.own,
		Source: b.source.asWritten(g.src), Target: b.own.asWritten(g.own), State: b.settled()}
	if changed || gone {
		u.State = Behind
		if len(olds) > 0 {
			u.Previous = b.old.asWritten(olds)
		}
	}
	u.was = u.Target.String()
	b.Units = append(b.Units, u)
}

// followed adds the units of a passage whose former source is known and has
// changed: each leaf of today has the translation of the one that it was.
func (b *builder) followed(list []pair, old, theirs []int, gone bool) {
	from, used := map[int]int{}, map[int]bool{} // by leaf of today: the former one; by pair: it has its unit
	for o, now := range follow(b.old, b.source, old, theirs) {
		from[now] = o
	}
	for n := 0; n < len(theirs); n++ {
		o, known := from[theirs[n]]
		if !known {
			b.unit(theirs[n:n+1], nil, nil, false)
			continue
		}
		at := slices.IndexFunc(list, func(p pair) bool { return slices.Contains(p.a, o) })
		p := list[at]
		if used[at] { // it says what stands before, too
			p.b = nil
		}
		used[at] = true
		first := n // with all that the translation has in one
		for n+1 < len(theirs) {
			next, known := from[theirs[n+1]]
			if !known || !slices.Contains(p.a, next) {
				break
			}
			n++
		}
		b.unit(theirs[first:n+1], p.b, p.a, gone)
	}
}

// unit adds a unit of leaves.
func (b *builder) unit(theirs, ours, old []int, behind bool) {
	said := b.source.pick(theirs)
	u := &Unit{ID: b.Path + "#" + strconv.Itoa(theirs[0]+1) + " " + said[0].name(), src: theirs, own: ours,
		Source: textOf(said)}
	if len(said) == 1 && said[0].words == "" { // an empty cell
		return
	}
	for _, l := range said {
		u.Notes = append(u.Notes, l.notes...)
	}
	if len(ours) > 0 {
		u.Target = likeSource(b.own.pick(ours), u.Source)
		u.was = u.Target.String()
	}
	if u.was != "" {
		u.State = b.settled()
		if len(old) > 0 {
			former := likeSource(b.old.pick(old), u.Source)
			if markdown.HashOf(former.String()) != markdown.HashOf(u.Source.String()) {
				u.Previous, behind = former, true
			}
		}
		if behind {
			u.State = Behind
		}
	}
	b.Units = append(b.Units, u)
}
