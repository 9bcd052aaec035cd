package check

import (
	"bytes"
	"slices"

	"fieldguide/build/content"
	"fieldguide/build/site"
)

var places = &Check{Name: "places", Follows: true, Doc: "No two places of a page write the same {#id}, " +
	"and a translation writes only ids that its source page has.", Page: func(p *Pass) {
	ids, nodes := p.Doc.WrittenIDs()
	lines := map[string]int{}
	for i, id := range ids {
		line, _ := p.Doc.Position(nodes[i].Pos())
		switch {
		case lines[id] > 0:
			p.Report(site.Error, nodes[i].Pos(), "give one of them another {#name}",
				"the id %q stands here and in line %d", id, lines[id])
		case slices.Contains(content.TakenIDs(p.Site, p.Family), id):
			p.Report(site.Error, nodes[i].Pos(), "give it another {#name}", "the layout of this page has a place called %q", id)
		case p.Source != nil && !slices.Contains(p.IDs, id):
			p.Report(site.Error, nodes[i].Pos(), idHint(id, p.IDs), "the source page has no place called %q", id)
			p.unname(nodes[i].Pos(), id)
		}
		if lines[id] == 0 {
			lines[id] = line
		}
	}
}}

// unname says that an id which is like none of the source page is mended when it goes from its line.
func (p *Pass) unname(pos int, id string) {
	line := lineOf(p.Doc.Text(), pos)
	at := bytes.LastIndex(line, []byte("{#"+id+"}"))
	if at < 0 || site.Nearest(id, anchors(p.IDs)) != "" {
		return
	}
	end := at + len("{#"+id+"}")
	at = len(bytes.TrimRight(line[:at], " "))
	p.mend(edit{pos + at, pos + end, ""})
}

// idHint says which id a translation should write, if any.
func idHint(id string, ids []string) string {
	if near := site.Nearest(id, anchors(ids)); near != "" {
		return "write {#" + near + "}, or no id: ids are those of the source page"
	}
	return "remove it: a place has the id of the source page in every language"
}

// anchors returns the ids that are there: a block without a heading may have none.
func anchors(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
}
