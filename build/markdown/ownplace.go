package markdown

import (
	"bytes"
	"net/url"
	"slices"

	"github.com/yuin/goldmark/ast"
)

// LeadToPlaces lets links to places of the page that are called by the words of
// their headings, [above](#写自述文件), lead to the ids that these headings have.
// ids are those of the headings and blocks, asked for when a link needs them.
func (d *Doc) LeadToPlaces(ids func() []string) {
	if !bytes.Contains(d.Text(), []byte("(#")) {
		return
	}
	var places []place
	var known []string
	_ = ast.Walk(d.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		link, ok := n.(*ast.Link)
		if !ok || !entering || link.Reference != nil || len(link.Destination) < 2 || link.Destination[0] != '#' {
			return ast.WalkContinue, nil
		}
		name, err := url.PathUnescape(Destination(link.Destination[1:]))
		if err != nil {
			return ast.WalkContinue, nil
		}
		if places == nil {
			places, known = d.places(), ids()
		}
		if slices.Contains(known, name) {
			return ast.WalkContinue, nil
		}
		for i, p := range places {
			if i < len(known) && known[i] != "" && d.anchor(p.node) != "" && Anchor(name) == Anchor(d.PlainText(p.node)) {
				link.SetAttributeString(Written, link.Destination)
				link.Destination = []byte("#" + known[i])
				break
			}
		}
		return ast.WalkContinue, nil
	})
}
