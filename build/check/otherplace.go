package check

import (
	"slices"
	"strings"

	"fieldguide/build/site"
)

// notLinks takes out of the links that a translation lacks or has too many those
// that have a cause of their own: links that became none, which the check
// "leftover" names where they stand, and links to another place of the same
// page, named once with the place that they want.
func (p *Pass) notLinks(missing, surplus []bone) (left, over []bone) {
	missing = slices.DeleteFunc(missing, func(l bone) bool { return p.isLeft(l.what) })
	surplus = slices.DeleteFunc(surplus, func(ours bone) bool {
		page, place, _ := strings.Cut(ours.what, "#")
		i := slices.IndexFunc(missing, func(theirs bone) bool {
			name, _, hasPlace := strings.Cut(theirs.what, "#")
			return name == page && (hasPlace || place != "") && !strings.Contains(name, "://")
		})
		if i < 0 {
			return false
		}
		wanted := missing[i].what
		missing = slices.Delete(missing, i, i+1)
		p.Report(site.Error, ours.pos, "write "+wanted, "the link %q leads to another place than the source page's %q", ours.what, wanted)
		named := p.finding(site.Error, ours.pos, "", "")
		p.facts.uses = slices.DeleteFunc(p.facts.uses, func(u use) bool { // one cause, one finding
			return u.finding.File == named.File && u.finding.Line == named.Line && u.finding.Col == named.Col
		})
		return true
	})
	return missing, surplus
}
