package bundle

import (
	"slices"
	"strings"

	"fieldguide/build/media"
	"fieldguide/build/site"
)

// check returns what is wrong with the units in site.yaml.
func (b *Binder) check() []site.Finding {
	var list []site.Finding
	find := func(hint string, path []any, format string, args ...any) {
		place := b.site.Written.At(site.SettingsFile, append([]any{"bundles"}, path...)...)
		list = append(list, place.Find(site.Error, "bundles", hint, format, args...))
	}
	at := func(path ...any) []any { return path }
	const named = "file names of bundles are made of name and id: both want a-z, 0-9 and hyphens, not %q"
	if !isName(b.site.Bundles.Name) {
		find("name: field-guide", at("name"), named, b.site.Bundles.Name)
	}
	ids := map[string]bool{}
	for i := range b.site.Bundles.Units {
		u := &b.site.Bundles.Units[i]
		if !isName(u.ID) {
			find("id: parents", at("units", i, "id"), named, u.ID)
			continue
		}
		if ids[u.ID] {
			find("give one of them another id", at("units", i, "id"),
				"two units are called %q: bundles of one would take the other's place", u.ID)
			continue
		}
		ids[u.ID] = true
		if !slices.ContainsFunc(b.site.Families, u.Holds) {
			what := "set"
			if u.Set == "" {
				what = "folder"
			}
			find("set: one of the sets, or folder: a folder of pages", at("units", i, what),
				"unit %q holds no page", u.ID)
			continue
		}
		if u.TextOnly && u.All {
			find("make it of one language at a time: take all: true away", at("units", i, "text-only"),
				"unit %q holds all languages, whose pages it has as they are: it cannot be of words alone", u.ID)
		}
		if !b.hasCover(u) {
			find("cover: pictures/kite.jpg, a picture below static/", at("units", i, "cover"),
				"the cover of unit %q, %q, is no picture", u.ID, u.Cover)
		}
		if len(u.Formats) == 0 {
			find("formats: [zip, html, epub, zim]", at("units", i, "formats"), "unit %q is made in no format", u.ID)
		}
		for j, format := range u.Formats {
			here := at("units", i, "formats", j)
			if slices.Contains(u.Formats[:j], format) {
				find("keep one of the two", here, "unit %q has the format %q twice", u.ID, format)
			}
			made := b.named(format)
			switch {
			case made == nil || u.All && !made.All:
				find("formats: ["+names(false)+"], or ["+names(true)+"] for all languages together", here,
					"unit %q cannot be made in format %q", u.ID, format)
			case made.Problems != nil:
				for _, f := range made.Problems(b, u) {
					if !slices.Contains(list, f) { // all units share some of the words
						list = append(list, f)
					}
				}
			}
		}
	}
	return append(list, b.hidden()...)
}

// hasCover reports whether the cover of a unit is there, when it has one.
func (b *Binder) hasCover(u *site.Unit) bool {
	if u.Cover == "" {
		return true
	}
	if !slices.Contains(b.site.Static, u.Cover) {
		return false
	}
	m, err := b.medium(u.Cover)
	return err != nil || m != nil && m.Kind.Sort == media.Picture
}

// hidden returns the files of static/ whose place bundles want.
func (b *Binder) hidden() (list []site.Finding) {
	for i := range b.site.Bundles.Units {
		u := &b.site.Bundles.Units[i]
		for _, lang := range b.languages(u) {
			for _, format := range u.Formats {
				name := b.FileName(u, lang, format)
				same := func(static string) bool { return strings.EqualFold(static, name) }
				if j := slices.IndexFunc(b.site.Static, same); j >= 0 {
					list = append(list, site.Place{File: "static/" + b.site.Static[j]}.Find(site.Error, "bundles",
						"give it another name", "the bundle %s wants the place of this file", name))
				}
			}
		}
	}
	return list
}

// named returns a format that the binder was given, or knows, by its name.
func (b *Binder) named(name string) *Format {
	if i := slices.IndexFunc(b.formats, func(f *Format) bool { return f.Name == name }); i >= 0 {
		return b.formats[i]
	}
	return Named(name)
}

// names lists the formats that there are, those for all languages only.
func names(all bool) string {
	var list []string
	for _, f := range Formats {
		if f.All || !all {
			list = append(list, f.Name)
		}
	}
	return strings.Join(list, ", ")
}

// languages returns what the unit is made in; nil stands for all in one.
func (b *Binder) languages(u *site.Unit) []*site.Language {
	if u.All {
		return []*site.Language{nil}
	}
	return b.site.Languages
}

// isName reports whether s may be part of a file name.
func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
