package content

import (
	"bytes"
	"io/fs"

	"fieldguide/build/site"
	"fieldguide/build/translate"
)

// records reads what the pages of a language were translated from.
func (l *loader) records(lang *site.Language) translate.Records {
	file := translate.RecordsPath(lang)
	data, exists := l.read(file)
	if !exists {
		return nil
	}
	records, findings := translate.Parse(file, data)
	l.findings = append(l.findings, findings...)
	return records
}

// letFall takes away what readers are not to see: translations that are
// behind, where the site says that the source page is shown in their place, and
// those whose words are still the source page's. Few pages need to be read for
// this: those whose source has other bytes than it had, or the same title.
func (l *loader) letFall(s *site.Site) {
	for _, f := range s.Families {
		source := f.Pages[s.Source.Index]
		for i, p := range f.Pages {
			if p == nil || p == source {
				continue
			}
			rule := p.Record != "" && s.ShowStale(f) == site.ShowSource
			if !rule && p.Title != source.Title {
				continue
			}
			st, err := l.standing(s, f, i)
			if err != nil {
				l.fail("reading "+p.File, err)
				return
			}
			if rule && st.State == translate.Stale || st.State == translate.Untranslated {
				f.Fallen = append(f.Fallen, site.Fallen{Language: s.Languages[i], Page: p, State: string(st.State)})
				f.Pages[i] = nil
			}
		}
	}
}

// standing reads a translation and its source page and says how it stands.
func (l *loader) standing(s *site.Site, f *site.Family, lang int) (*translate.Standing, error) {
	var texts [2]translate.Text
	for n, p := range []*site.Page{f.Pages[s.Source.Index], f.Pages[lang]} {
		raw, err := fs.ReadFile(l.fsys, p.File)
		if err != nil {
			return nil, err
		}
		src, _ := clean(p.File, raw, s.Limits)
		texts[n] = translate.Text{Page: p, Doc: parse(p.File, bytes.Clone(src)), Raw: raw}
	}
	return translate.Of(f.Pages[lang].Record, texts[0], texts[1]), nil
}
