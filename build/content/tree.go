package content

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/output"
	"fieldguide/build/site"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// tree ties families together while they are loaded.
type tree struct {
	families map[string]*site.Family
	folded   map[string]string // path without case and normal form -> file
}

func newTree() *tree {
	return &tree{families: map[string]*site.Family{}, folded: map[string]string{}}
}

// fold makes paths equal that some file system takes for one.
func fold(path string) string { return norm.NFC.String(cases.Fold().String(path)) }

// addFamily begins a family with its source page.
func (l *loader) addFamily(s *site.Site, t *tree, p *front) {
	if other, taken := t.folded[fold(p.path)]; taken {
		l.findPath(p.file, "rename one of them",
			"this page and %s would be one file on many phones and memory cards", other)
		return
	}
	t.folded[fold(p.path)] = p.file
	for _, name := range strings.Split(p.path, "/") {
		if !isPathName(name) {
			l.findPath(p.file, "call it "+markdown.Slug(name),
				"the name %q is not made of a-z, 0-9 and hyphens, so some readers cannot open it", name)
			break
		}
	}
	f := &site.Family{Path: p.path, Order: p.Order, Topics: p.Topics, Rights: p.Rights, Picture: p.Picture,
		Minutes: p.Minutes, Groups: p.Groups, Exit: p.Exit, Pages: make([]*site.Page, len(s.Languages))}
	f.Pages[s.Source.Index] = p.page()
	for _, lang := range s.Languages {
		if bad := (*output.NameError)(nil); errors.As(output.CheckName(f.File(lang)), &bad) {
			l.findPath(p.file, "give it another name, in each language", "the name %s", bad.Reason)
			break
		}
	}
	f.Set = s.SetOf(f.Section())
	if f.Set != nil {
		for _, b := range f.Set.Bands {
			if b.ID == p.Band || strings.HasPrefix(f.Path, f.Section()+"/"+b.ID+"/") {
				f.Band = b
			}
		}
	}
	wrong := func(at site.Place, hint, format string, args ...any) {
		l.find("front-matter", at, hint, format, args...)
	}
	if p.Band != "" && (f.Band == nil || f.Band.ID != p.Band) {
		wrong(l.at(p, "band"), "bands are under sets: in site.yaml; pages in a band's folder need no key",
			"there is no band %q here", p.Band)
	}
	kind := cmp.Or(p.Kind, "guide")
	if p.Kind == "" && f.IsIndex() {
		kind = "index"
	}
	f.Kind = s.Kinds[kind]
	if f.Kind == nil {
		wrong(l.at(p, "kind"), didYouMean(kind, keys(s.Kinds)), "unknown kind of page %q", kind)
		f.Kind = &site.Kind{Layout: "page", Tasks: site.Count{Max: -1}} // without a name: styled as plain pages are
	}
	if p.Picture != "" && !slices.Contains(s.Drawings, p.Picture) {
		wrong(l.at(p, "picture"), didYouMean(p.Picture, s.Drawings), "there is no drawing %q in static/drawings", p.Picture)
	}
	for i, topic := range p.Topics {
		if !slices.Contains(s.Topics, topic) {
			wrong(l.at(p, "topics", i), cmp.Or(didYouMean(topic, s.Topics), "list it under topics: in site.yaml"),
				"unknown topic %q", topic)
		}
	}
	for i, group := range p.Groups {
		if !slices.Contains(s.Groups, group) {
			wrong(l.at(p, "groups", i), cmp.Or(didYouMean(group, s.Groups), "list it under groups: in site.yaml"),
				"unknown group %q", group)
		}
	}
	t.families[p.path] = f
}

// orphan names a translation whose source page does not exist.
func (l *loader) orphan(s *site.Site, t *tree, p *front) {
	hint := "write the source page first, or give this file the name of its source page"
	if near := site.Nearest(p.path, keys(t.families)); near != "" {
		hint = "did you mean " + near + ".md?"
	}
	s.Orphans = append(s.Orphans, p.file)
	// The source page may have been taken away since: no reason to publish nothing.
	l.unused(p.file, hint, "no page of this name in %s, the source language", s.Source.Name)
}

// inherited names what a translation says otherwise than its source page.
func (l *loader) inherited(p *front, source []*front, f *site.Family) {
	i, found := slices.BinarySearchFunc(source, p.path, func(a *front, path string) int {
		return comparePaths(a.path, path)
	})
	if !found {
		return
	}
	src := source[i]
	differs := func(key string, equal bool, zero bool) {
		if !zero && !equal {
			l.find("front-matter", l.at(p, key), "remove the key: translations inherit it",
				"%s differs from the source page, %s", key, src.file)
		}
	}
	differs("kind", p.Kind == f.Kind.ID, p.Kind == "")
	differs("order", p.Order == src.Order, p.Order == 0)
	differs("band", p.Band == src.Band, p.Band == "")
	differs("picture", p.Picture == src.Picture, p.Picture == "")
	differs("minutes", p.Minutes == src.Minutes, p.Minutes == 0)
	differs("groups", slices.Equal(p.Groups, src.Groups), p.Groups == nil)
	differs("topics", slices.Equal(p.Topics, src.Topics), p.Topics == nil)
	differs("exit", p.Exit == src.Exit, !p.Exit)
	differs("rights", slices.Equal(p.Rights, src.Rights), p.Rights == nil)
}

// tie gives every family its parent, children and neighbours, and the site
// its families in reading order.
func (l *loader) tie(s *site.Site, t *tree) {
	home := t.families["index"]
	if home == nil {
		missing := "is missing"
		if s.IsDraft("index") {
			missing = "is a draft"
		}
		l.findPath("content/"+s.Source.Code+"/index.md", "every site begins with this page", "the home page %s", missing)
		return
	}
	for _, p := range slices.Sorted(slices.Values(keys(t.families))) {
		f := t.families[p]
		if f == home {
			continue
		}
		f.Parent = t.above(f)
		f.Parent.Children = append(f.Parent.Children, f)
		if folder := f.Folder(); !f.IsIndex() && folder != "" && t.families[folder+"/index"] == nil {
			begin, lack := "write ", "has no index.md"
			if s.IsDraft(folder + "/index") {
				begin, lack = undraft, "has a draft for its index.md"
			}
			l.findPath(f.Pages[s.Source.Index].File, begin+"content/"+s.Source.Code+"/"+folder+"/index.md",
				"the folder %s %s, so readers cannot find this page", folder, lack)
		}
	}
	s.Families = appendInOrder(nil, home)
	var last *site.Family
	for _, f := range s.Families {
		if f.Kind.Hidden {
			continue
		}
		if last != nil && f.Section() != "" && f.Section() == last.Section() {
			f.Prev, last.Next = last, f
		}
		last = f
	}
}

// above returns the index that leads to f: of its own folder, or of the
// nearest folder above that has one.
func (t *tree) above(f *site.Family) *site.Family {
	folder := f.Folder()
	if f.IsIndex() {
		folder = path.Dir(folder)
	}
	for ; folder != "." && folder != ""; folder = path.Dir(folder) {
		if index := t.families[folder+"/index"]; index != nil {
			return index
		}
	}
	return t.families["index"]
}

func appendInOrder(list []*site.Family, f *site.Family) []*site.Family {
	slices.SortStableFunc(f.Children, func(a, b *site.Family) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Path, b.Path))
	})
	list = append(list, f)
	for _, c := range f.Children {
		list = appendInOrder(list, c)
	}
	return list
}

// undraft is how a draft becomes a page.
const undraft = "when it is ready, take draft: true out of "

// linkSettings checks the pages that site.yaml names.
func (l *loader) linkSettings(s *site.Site) {
	want := func(what, page string, path ...any) {
		switch {
		case page == "":
		case s.IsDraft(page):
			l.bad(undraft+"content/"+s.Source.Code+"/"+page+".md", path, "%s names %q, which is a draft", what, page)
		case s.Family(page) == nil:
			l.bad(didYouMean(page, paths(s)), path, "%s names %q, but there is no such page", what, page)
		}
	}
	want("help", s.Help, "help")
	want("glossary", s.Glossary, "glossary")
	want("exit", s.Exit.Page, "exit", "page")
	for i, set := range s.Sets {
		want("help of set "+set.ID, set.Help, "sets", i, "help")
		for j, b := range set.Bands {
			want("help of band "+b.ID, b.Help, "sets", i, "bands", j, "help")
			for k, adults := range b.Adults {
				want("adults of band "+b.ID, adults, "sets", i, "bands", j, "adults", k)
			}
		}
	}
	l.linkAsks(s)
	l.linkMoved(s)
	for i, load := range s.Loads {
		want("loads", load.Page, "loads", i, "page")
		l.linkLoad(s, i, load)
	}
	for i, rule := range s.Stale {
		want("stale", rule.Page, "stale", i, "page")
		l.linkStale(s, i, rule)
	}
	for i, door := range s.Doors {
		want("doors", door, "doors", i)
	}
	for i, name := range s.Proof {
		if !slices.ContainsFunc(s.Families, func(f *site.Family) bool { return strings.HasPrefix(f.Path, name+"/") }) {
			want("proof", name, "proof", i)
		}
	}
	for i, u := range s.Bundles.Units {
		for j, with := range u.With {
			want("unit "+u.ID, with, "bundles", "units", i, "with", j)
		}
	}
	l.linkPages(s)
}

// linkPages makes a unit of each page of the kinds that bundles.pages names.
func (l *loader) linkPages(s *site.Site) {
	for i, kind := range s.Bundles.Pages {
		if s.Kinds[kind] == nil {
			l.find("site", l.written.At(site.SettingsFile, "bundles", "pages", i), didYouMean(kind, keys(s.Kinds)),
				"bundles: there is no kind %q", kind)
			continue
		}
		for _, f := range s.Families {
			if f.Kind.ID == kind {
				id := strings.ReplaceAll(f.Path, "/", "-")
				s.Bundles.Units = append(s.Bundles.Units, site.Unit{ID: id, Page: f.Path, Formats: []string{"html"}})
			}
		}
	}
}

// linkAsks checks the names in asks.
func (l *loader) linkAsks(s *site.Site) {
	for _, id := range keys(s.Asks) {
		ask := s.Asks[id]
		for i, page := range ask.Bring {
			if s.Family(page) == nil {
				l.bad(didYouMean(page, paths(s)), at("asks", id, "bring", i), "asks names %q, but there is no such page", page)
			}
		}
		for i, other := range ask.Mutes {
			if _, known := s.Asks[other]; !known {
				l.bad(didYouMean(other, keys(s.Asks)), at("asks", id, "mutes", i), "there is no %q under asks", other)
			}
		}
		for key, list := range map[string][]string{"first": ask.First, "last": ask.Last} {
			for i, name := range list {
				in := func(f *site.Family) bool { return f.Path == name || strings.HasPrefix(f.Path, name+"/") }
				if !slices.ContainsFunc(s.Families, in) {
					l.bad(didYouMean(name, paths(s)), at("asks", id, key, i),
						"asks names %q, but there is no such page or folder", name)
				}
			}
		}
	}
}

// linkMoved checks what stands where pages were: nothing else has that path, and each leads to a page.
func (l *loader) linkMoved(s *site.Site) {
	pages := map[string]string{}
	for _, p := range paths(s) {
		pages[fold(p)] = p
	}
	var bad []string // nothing is made of them
	for _, old := range keys(s.Moved) {
		now, place := s.Moved[old], l.written.Key(site.SettingsFile, "moved", old)
		find := func(hint, format string, args ...any) {
			l.find("site", place, hint, format, args...)
			bad = append(bad, old)
		}
		notPath := func(name string) bool { return !isPathName(name) }
		switch taken, is := pages[fold(old)]; {
		case is || s.IsDraft(old):
			find("take the line away", "moved says where %q went, but there is a page of this path: %s", old, cmp.Or(taken, old))
		case slices.ContainsFunc(strings.Split(old, "/"), notPath):
			find("write the path that the page had, as help/index", "moved has %q, which is no path of a page", old)
		case s.Moved[now] != "":
			find("write "+s.Moved[now], "moved leads from %q to %q, which has moved too", old, now)
		case s.IsDraft(now):
			find(undraft+"content/"+s.Source.Code+"/"+now+".md", "moved leads from %q to %q, which is a draft", old, now)
		case s.Family(now) == nil:
			find(didYouMean(now, paths(s)), "moved leads from %q to %q, but there is no such page", old, now)
		}
	}
	for _, old := range bad {
		delete(s.Moved, old)
	}
}

// linkLoad checks the names in a load: one that fits no page would leave its
// readers to the next.
func (l *loader) linkLoad(s *site.Site, i int, load site.Load) {
	var bands, codes []string
	for _, set := range s.Sets {
		for _, b := range set.Bands {
			bands = append(bands, b.ID)
		}
	}
	for _, lang := range s.Languages {
		codes = append(codes, lang.Code)
	}
	known := func(what, name string, names []string, place site.Place) {
		if name != "" && !slices.Contains(names, name) {
			l.find("site", place, didYouMean(name, names),
				"loads names the %s %q, but there is no such %s", what, name, what)
		}
	}
	known("kind", load.Kind, keys(s.Kinds), l.written.At(site.SettingsFile, "loads", i, "kind"))
	known("band", load.Band, bands, l.written.At(site.SettingsFile, "loads", i, "band"))
	for _, code := range keys(load.In) {
		known("language", code, codes, l.written.Key(site.SettingsFile, "loads", i, "in", code))
	}
	under := func(f *site.Family) bool { return strings.HasPrefix(f.Path, load.Under+"/") }
	if load.Under != "" && !slices.ContainsFunc(s.Families, under) {
		l.bad("under: a folder of pages, such as children/help", at("loads", i, "under"),
			"loads names the folder %q, but no page lies in it", load.Under)
	}
}

// linkStale checks the names in a rule for translations that are behind.
func (l *loader) linkStale(s *site.Site, i int, rule site.StaleRule) {
	known := func(key, name string, names []string) {
		if name != "" && !slices.Contains(names, name) {
			l.bad(didYouMean(name, names), at("stale", i, key), "stale names the %s %q, but there is no such %s", key, name, key)
		}
	}
	var sets []string
	for _, set := range s.Sets {
		sets = append(sets, set.ID)
	}
	known("kind", rule.Kind, keys(s.Kinds))
	known("set", rule.Set, sets)
	if shows := []string{site.ShowNotice, site.ShowMark, site.ShowSource}; rule.Show != "" && !slices.Contains(shows, rule.Show) {
		l.bad(didYouMean(rule.Show, shows), at("stale", i, "show"), "show wants %s, not %q", strings.Join(shows, ", "), rule.Show)
	}
	under := func(f *site.Family) bool { return strings.HasPrefix(f.Path, rule.Under+"/") }
	if rule.Under != "" && !slices.ContainsFunc(s.Families, under) {
		l.bad("", at("stale", i, "under"), "stale names the folder %q, but no page lies in it", rule.Under)
	}
}

// strangers names what lies in content/ and belongs to no language. A layer
// below may well have more languages than the site.
func (l *loader) strangers() {
	entries, err := fs.ReadDir(top(l.fsys), "content")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.fail("reading content", err)
	}
	for _, e := range entries {
		name := e.Name()
		known := name == "site.yaml" || name == "data" || strings.HasPrefix(name, ".") || slices.Contains(l.codes, name)
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			l.findPath("content/"+name, "put the folder itself here", "this is a symbolic link; links are not followed")
		case !known:
			l.unused("content/"+name, fmt.Sprintf("add {code: %s, …} to languages, or remove it", name),
				"this is not used: no language of site.yaml has this code")
		}
	}
}

// comparePaths orders page paths as fs.WalkDir visits their files.
func comparePaths(a, b string) int {
	return slices.Compare(strings.Split(a+".md", "/"), strings.Split(b+".md", "/"))
}

func isPathName(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return name != ""
}

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
