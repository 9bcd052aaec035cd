package check

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	markup "golang.org/x/net/html"
)

var exit = &Check{Name: "exit", Doc: "The page that readers leave to tells nobody what they read: no name of the guide, no link."}

// Exit checks the finished page that readers leave to.
func Exit(s *site.Site, f *site.Family, p Page) []site.Finding {
	if !s.IsExit(f) {
		return nil
	}
	told := telling(s, p.HTML)
	if told == "" {
		return nil
	}
	return []site.Finding{{File: p.Source, Level: site.Error, Check: exit.Name,
		Message: fmt.Sprintf("readers leave to this page, but %s %s", p.Name, told),
		Hint:    "give it a kind of its own, hidden: true, with a layout that shows nothing but its text"}}
}

// telling says what in a page tells of the guide, "" for nothing.
func telling(s *site.Site, page []byte) string {
	var titles []string
	for _, lang := range s.Languages {
		titles = append(titles, markdown.Plain(lang, lang.Words.Title))
	}
	names := func(text string) bool {
		return slices.ContainsFunc(titles, func(title string) bool { return title != "" && strings.Contains(text, title) })
	}
	z := markup.NewTokenizer(bytes.NewReader(page))
	for z.Next() != markup.ErrorToken {
		t := z.Token()
		if t.Type == markup.TextToken && names(t.Data) {
			return fmt.Sprintf("names the guide: %q", strings.TrimSpace(t.Data))
		}
		for _, a := range t.Attr {
			switch {
			case names(a.Val):
				return fmt.Sprintf("names the guide: %s=%q", a.Key, a.Val)
			case (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, "data:"):
				return fmt.Sprintf("links to %s", a.Val)
			}
		}
	}
	return ""
}
