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
			if !slices.Contains(Formats, format) && format != PDF || u.All && format != "zip" && format != "zim" {
				find(u, "formats: [zip, html, epub, zim, pdf], or [zip, zim] for all languages together", "unit %q cannot be made in format %q", u.ID, format)
			}
		}
		if slices.Contains(u.Formats, "zim") {
			for _, f := range b.zimProblems(u) {
				if !slices.Contains(list, f) { // all units share some of the words
					list = append(list, f)
				}
			}
		}
	}
	return list
}

// languages returns what the unit is made in; nil stands for all in one.
func (b *Binder) languages(u *site.Unit) []*site.Language {
	if u.All {
		return []*site.Language{nil}
	}
	return b.site.Languages
}

// zimProblems returns what Kiwix would not show of a unit's titles.
func (b *Binder) zimProblems(u *site.Unit) []site.Finding {
	var list []site.Finding
	for _, lang := range b.languages(u) {
		code := b.site.Source.Code
		if lang != nil {
			code = lang.Code
		}
		book := b.zimBook(u, lang)
		for _, p := range book.Problems() {
			f := site.Finding{File: "content/" + code + "/ui.yaml", Level: site.Error, Check: "bundles", Message: fmt.Sprintf("bundles for Kiwix: %s", p)}
			switch p.Field {
			case "Title":
				f.Message = fmt.Sprintf("the title %q of unit %q, for Kiwix, %s", book.Title, u.ID, p.Message)
				f.Hint = "give it a short name under bundles: in ui.yaml"
			case "Description":
				f.Hint = "shorten tagline:"
			case "Illustration":
				f.File, f.Hint = iconFile, "a PNG of 48 by 48 pixels"
			}
			list = append(list, f)
		}
	}
	return list
}

// isName reports whether s may be part of a file name.
func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
