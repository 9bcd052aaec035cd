package desk

import (
	"fieldguide/build"
	"fieldguide/build/site"
)

// Diff makes a page of what a source page says otherwise since it was translated.
func Diff(s *site.Site, d *build.Difference) ([]byte, error) {
	data := struct {
		Head             head
		Difference       *build.Difference
		Source, Language *site.Language
	}{english(d.Path + " · " + d.Language), d, s.Source, s.Source}
	for _, lang := range s.Languages {
		if lang.Code == d.Language {
			data.Language = lang
		}
	}
	return write("diff.html", data)
}
