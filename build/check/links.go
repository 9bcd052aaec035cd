package check

import (
	"fmt"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

var links = &Check{Name: "links", Follows: true, Doc: "A link leads to a page, a place in it, a term, a file or a safe address.", Node: func(p *Pass, n ast.Node) {
	switch n := n.(type) {
	case *ast.Link:
		if behindAt(p.Doc.Text(), n.Pos()) {
			return // the check "dialect" names what it is part of
		}
		p.link(n.Pos(), markdown.Destination(n.Destination))
		if n.FirstChild() != nil && n.FirstChild().Kind() == ast.KindImage && n.ChildCount() == 1 {
			return // the check "alt" names an image without words
		}
		if strings.TrimSpace(p.Doc.PlainText(n)) == "" {
			p.Report(site.Error, n.Pos(), "[words](address)", "the link has no words to follow")
		}
	case *ast.AutoLink:
		p.link(n.Pos(), markdown.AutoLinkDestination(n, p.Doc.Text()))
	}
}}

func (p *Pass) link(pos int, dest string) {
	t := content.Resolve(p.Site, p.Texts.Family, dest)
	if t.Family != nil && p.Site.IsDraft(t.Family.Path) && !p.Site.IsDraft(p.Path) { // in the preview
		t = content.Draft(p.Site, t.Family.Path)
	}
	if t.Problem != "" {
		p.Report(site.Error, pos, t.Hint, "link to %.80q %s", dest, t.Problem)
		return
	}
	if t.Family != nil && t.Fragment != "" && t.Source == "" {
		p.uses = append(p.uses, use{p.place(pos), dest, t.Family.Path, t.Fragment, pos, nil})
	}
}

// mostPlaces is how many places of a page a hint lists.
const mostPlaces = 10

// placesHint lists the places that a page has.
func placesHint(ids []string) string {
	if len(ids) > mostPlaces {
		return fmt.Sprintf("it has #%s and %d more", strings.Join(ids[:mostPlaces], ", #"), len(ids)-mostPlaces)
	}
	return "it has #" + strings.Join(ids, ", #")
}

// Links checks that the places that links name exist, from the facts of all
// families.
func Links(s *site.Site, facts []*Facts) []site.Finding {
	anchors, inHTML := make(map[string][]string, len(facts)), map[string][]string{}
	for _, f := range facts {
		inHTML[f.Path] = f.inHTML
		anchors[f.Path] = f.Anchors
		if f.Path == s.Glossary {
			anchors[f.Path] = append(slices.Clone(f.Anchors), s.Terms...)
		}
	}
	var findings []site.Finding
	for _, f := range facts {
		for _, u := range f.uses {
			if slices.Contains(anchors[u.path], u.fragment) {
				if u.twin != nil && !allows(f.allowed, parity.Name, u.place) {
					u.twin.Mend = nil // it may be right here
					findings = append(findings, *u.twin)
				}
				continue
			}
			if allows(f.allowed, links.Name, u.place) {
				continue
			}
			hint := ""
			if u.twin != nil && u.twin.Mend != nil {
				hint = "write #" + u.twin.Mend.Edits[0].Text + ": places are called as on the source page"
			} else if slices.Contains(inHTML[u.path], u.fragment) {
				hint = "HTML makes no place: write {#" + u.fragment + "} at the end of the heading it belongs to"
			} else if near := site.Nearest(u.fragment, anchors[u.path]); near != "" {
				hint = "did you mean #" + near + "?"
			} else if len(anchors[u.path]) > 0 {
				hint = placesHint(anchors[u.path])
			}
			found := u.place.Find(site.Error, "links", hint,
				"link to %q: the page has no place called %q", u.dest, u.fragment)
			if u.twin != nil {
				found.Mend = u.twin.Mend
			}
			findings = append(findings, found)
		}
	}
	return findings
}
