package content

import (
	"cmp"
	"errors"
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
	sources  map[string]*front // by path
	folded   map[string]string // path without case and normal form -> file
}

func newTree() *tree {
	return &tree{families: map[string]*site.Family{}, sources: map[string]*front{}, folded: map[string]string{}}
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
	t.families[p.path], t.sources[p.path] = f, p
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
func (l *loader) inherited(p, src *front, f *site.Family) {
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
		file := "content/" + s.Source.Code + "/index.md"
		if !slices.ContainsFunc(l.findings, func(f site.Finding) bool { return f.File == file }) { // why it is none
			l.findPath(file, "every site begins with this page", "the home page %s", missing)
		}
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

func isPathName(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return name != ""
}
