package serve

import (
	_ "embed"
	"fmt"
	"html"
	"strings"
)

// overlayCSS dresses the box of findings in colours of its own, so that it can be read on any page, light or dark.
//
//go:embed overlay.css
var overlayCSS string

// overlayMax is how many findings the box shows; it should not be a second site.
const overlayMax = 20

// overlay gives the box of findings that lies over a page, or "" if there are none. Findings are text, never markup.
func (st *state) overlay() string {
	if len(st.problems) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<style>%s</style><div id="fieldguide-preview" role="alert" lang="en" dir="ltr">`, overlayCSS)
	fmt.Fprintf(&b, `<p>%s</p><button type="button">Hide</button><div role="group" aria-label="Findings" tabindex="0">`, st.headline())
	for _, p := range st.problems[:min(len(st.problems), overlayMax)] {
		fmt.Fprintf(&b, `<pre dir="auto">%s</pre>`, html.EscapeString(p))
	}
	if more := len(st.problems) - overlayMax; more > 0 {
		fmt.Fprintf(&b, `<pre>and %d more</pre>`, more)
	}
	b.WriteString(`</div></div>`)
	return b.String()
}

// headline says how many findings there are, and whether the page below them is an old one.
func (st *state) headline() string {
	n := fmt.Sprintf("%d findings", len(st.problems))
	if len(st.problems) == 1 {
		n = "1 finding"
	}
	if st.broken {
		return n + ". You see the last good state of the site"
	}
	return n
}
