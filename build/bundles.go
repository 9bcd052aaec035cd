package build

import (
	"context"

	"fieldguide/build/bundle"
	"fieldguide/build/output"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// bundles makes the files to take away, and then the pages that offer them.
func bundles(ctx context.Context, s *site.Site, r *render.Renderer, binder *bundle.Binder, tree *output.Tree, o Options) ([]bundle.Made, []site.Finding, error) {
	if len(o.Bundles) == 0 {
		return nil, nil, nil
	}
	made, findings, err := binder.Bind(ctx, shelf{tree})
	if err != nil {
		found, err := layoutFindings(err)
		return nil, append(findings, found...), err
	}
	w := &worker{site: s, render: r, tree: tree, tell: o.Page}
	for _, f := range s.Families {
		if !binder.Holds(f) {
			continue
		}
		for _, lang := range s.Languages {
			page, err := r.Page(&w.memory, f, lang, binder.Body(f, lang), render.Setting{Downloads: binder.Offers(f, lang, made)})
			if err == nil {
				var found []site.Finding
				found, err = w.finish(f, page)
				findings = append(findings, found...)
			}
			if err != nil {
				found, err := layoutFindings(err)
				return made, append(findings, found...), err
			}
		}
	}
	return made, findings, nil
}

// shelf is the tree as bundles see it.
type shelf struct{ *output.Tree }

// Names implements bundle.Shelf.
func (t shelf) Names() []string {
	var names []string
	for _, f := range t.Files() {
		names = append(names, f.Name)
	}
	return names
}
