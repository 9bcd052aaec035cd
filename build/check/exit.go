package check

import (
	"bytes"
	"fmt"
	"html/template"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

var exit = &Check{Name: "exit", Firm: "somebody beside the reader would see what was read",
	Doc: "The page that readers leave to tells nobody what they read: no name of the guide, no link."}

// Exit checks the finished page that readers leave to.
func Exit(s *site.Site, f *site.Family, p Page) []site.Finding {
	if !s.IsExit(f) {
		return nil
	}
	told := telling(s, p)
	if told == "" {
		return nil
	}
	return []site.Finding{{File: p.Source, Level: site.Error, Check: exit.Name,
		Message: fmt.Sprintf("readers leave to this page, but %s %s", p.Name, told),
		Hint:    "give it a kind of its own, hidden: true, with a layout that shows nothing but its text"}}
}

// telling says what in a page tells of the guide, "" for nothing.
func telling(s *site.Site, p Page) (message string) {
	for _, lang := range s.Languages {
		title := markdown.Plain(lang, lang.Words.Title)
		if title != "" && bytes.Contains(p.HTML, []byte(template.HTMLEscapeString(title))) {
			return fmt.Sprintf("names the guide, %q", title)
		}
	}
	if p.Links {
		return "leads somewhere"
	}
	return ""
}
