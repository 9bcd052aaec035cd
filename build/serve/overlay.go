package serve

import (
	_ "embed"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
)

// overlayCSS dresses the box of findings in colours of its own, so that it can be read on any page, light or dark.
//
//go:embed overlay.css
var overlayCSS string

// overlayMax is how many findings the box shows; it should not be a second site.
const overlayMax = 20

// findingsPath is reserved: a page of all findings.
const findingsPath = "/-/findings"

// overlay gives the box of findings that lies over a page, or "" if there are none: those of the page itself, and how
// many stand elsewhere; all of them while the site cannot be made. Findings are text, never markup.
func (st *state) overlay(name string) string {
	var links []Link
	if st.links != nil {
		links = st.links(name)
	}
	if len(st.problems) == 0 && len(links) == 0 {
		return ""
	}
	here, elsewhere := st.problems, []Problem(nil)
	if !st.broken {
		here, elsewhere = nil, nil
		for _, p := range st.problems {
			if slices.Contains(p.Pages, name) {
				here = append(here, p)
			} else {
				elsewhere = append(elsewhere, p)
			}
		}
	}
	var b strings.Builder
	if len(st.problems) == 0 {
		fmt.Fprintf(&b, `<style>%s</style><div id="fieldguide-preview" role="region" aria-label="Preview" class="calm" `+
			`lang="en" dir="ltr">`, overlayCSS)
		b.WriteString(`<button type="button">Hide</button>`)
	} else {
		fmt.Fprintf(&b, `<style>%s</style><div id="fieldguide-preview" role="alert" lang="en" dir="ltr">`, overlayCSS)
		fmt.Fprintf(&b, `<p>%s</p><button type="button">Hide</button>`, st.headline(here, elsewhere))
	}
	if len(here) > 0 {
		b.WriteString(`<div role="group" aria-label="Findings" tabindex="0">`)
		for _, p := range here[:min(len(here), overlayMax)] {
			fmt.Fprintf(&b, `<pre dir="auto">%s</pre>`, html.EscapeString(p.Text))
		}
		if more := len(here) - overlayMax; more > 0 {
			fmt.Fprintf(&b, `<pre>and %d more</pre>`, more)
		}
		b.WriteString(`</div>`)
	}
	if len(elsewhere) > 0 || len(here) > overlayMax {
		fmt.Fprintf(&b, `<a href="%s">All findings</a>`, findingsPath)
	}
	for _, link := range links {
		to := url.URL{Path: deskPath + link.Desk}
		fmt.Fprintf(&b, `<a href="%s">%s</a>`, html.EscapeString(to.String()), html.EscapeString(link.Text))
	}
	b.WriteString(`</div>`)
	return b.String()
}

// headline says how many findings there are, and whether the page below them is an old one.
func (st *state) headline(here, elsewhere []Problem) string {
	switch {
	case st.broken:
		return counted(here) + ". You see the last good state of the site"
	case len(here) == 0:
		return counted(elsewhere) + " elsewhere"
	case len(elsewhere) == 0:
		return counted(here)
	}
	return counted(here) + " here, " + counted(elsewhere) + " elsewhere"
}

// counted says how many errors and warnings there are.
func counted(list []Problem) string {
	errors := 0
	for _, p := range list {
		if p.Error {
			errors++
		}
	}
	var said []string
	for _, c := range []struct {
		n    int
		what string
	}{{errors, "error"}, {len(list) - errors, "warning"}} {
		switch c.n {
		case 0:
		case 1:
			said = append(said, "1 "+c.what)
		default:
			said = append(said, fmt.Sprintf("%d %ss", c.n, c.what))
		}
	}
	return strings.Join(said, " and ")
}

// texts are the findings as people see them, those that keep a page from being made first.
func (st *state) texts() (list []string) {
	for _, grave := range []bool{true, false} {
		for _, p := range st.problems {
			if p.Error == grave {
				list = append(list, p.Text)
			}
		}
	}
	return list
}
