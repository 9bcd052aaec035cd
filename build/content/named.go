package content

import (
	"cmp"
	"slices"
	"strings"

	"fieldguide/build/site"
)

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
		l.bad(didYouMean(rule.Show, shows), at("stale", i, "show"), "show wants %s, not %q",
			strings.Join(shows, ", "), rule.Show)
	}
	under := func(f *site.Family) bool { return strings.HasPrefix(f.Path, rule.Under+"/") }
	if rule.Under != "" && !slices.ContainsFunc(s.Families, under) {
		l.bad("under: a folder of pages, such as children/help", at("stale", i, "under"),
			"stale names the folder %q, but no page lies in it", rule.Under)
	}
}
