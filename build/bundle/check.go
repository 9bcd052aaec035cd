package bundle

import (
	"fmt"
	"slices"
	"strings"

	"fieldguide/build/site"
)

// check returns what is wrong with the units in site.yaml.
func (b *Binder) check() []site.Finding {
	var list []site.Finding
	find := func(u *site.Unit, hint, format string, args ...any) {
		list = append(list, site.Finding{File: "content/site.yaml", Line: u.Line, Level: site.Error, Check: "bundles", Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	ids := map[string]bool{}
	for i := range b.site.Bundles.Units {
		u := &b.site.Bundles.Units[i]
		if !isName(b.site.Bundles.Name) || !isName(u.ID) {
			find(u, "name: field-guide, id: parents", "file names of bundles are made of name and id: both want a-z, 0-9 and hyphens, not %q and %q", b.site.Bundles.Name, u.ID)
			continue
		}
		if ids[u.ID] {
			find(u, "give one of them another id", "two units are called %q: bundles of one would take the other's place", u.ID)
			continue
		}
		ids[u.ID] = true
		if !slices.ContainsFunc(b.site.Families, u.Holds) {
			find(u, "set: one of the sets, or folder: a folder of pages", "unit %q holds no page", u.ID)
			continue
		}
		if len(u.Formats) == 0 {
			find(u, "formats: [zip, html, epub, zim]", "unit %q is made in no format", u.ID)
		}
		for i, format := range u.Formats {
			if slices.Contains(u.Formats[:i], format) {
				find(u, "keep one of the two", "unit %q has the format %q twice", u.ID, format)
			}
			made := b.named(format)
			switch {
			case made == nil || u.All && !made.All:
				find(u, "formats: ["+names(false)+"], or ["+names(true)+"] for all languages together", "unit %q cannot be made in format %q", u.ID, format)
			case made.Problems != nil:
				for _, f := range made.Problems(b, u) {
					if !slices.Contains(list, f) { // all units share some of the words
						list = append(list, f)
					}
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
