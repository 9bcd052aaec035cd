package judges

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// foreignRun is what turns round in right-to-left text unless it is isolated.
var foreignRun = regexp.MustCompile(`[0-9\p{Latin}][0-9\p{Latin} .,:/@+_-]*`)

// In right-to-left pages every number and every Latin word stands in a bdi or
// in an element that says its direction or language.
func TestRightToLeft(t *testing.T) {
	g, c := the(t), collect(t)
	for _, p := range g.pages {
		if p.lang == nil || p.lang.Dir != "rtl" {
			continue
		}
		for n := range find(p.root, "body").Descendants() {
			if n.Type != html.TextNode || isolated(n) {
				continue
			}
			for _, run := range foreignRun.FindAllString(n.Data, -1) {
				c.add(p.name, "not isolated", place(n.Parent)+`  "`+strings.TrimSpace(run)+`"`)
			}
		}
	}
}

// isolated reports whether something between a text and the body sets it
// apart from right-to-left text.
func isolated(n *html.Node) bool {
	for n = n.Parent; n != nil && n.Data != "body"; n = n.Parent {
		if n.Data == "bdi" || n.Data == "style" || attr(n, "dir") == "ltr" {
			return true
		}
	}
	return false
}
