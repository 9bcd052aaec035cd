package build

import (
	"context"

	"fieldguide/build/bundle"
	"fieldguide/build/render"
	"fieldguide/build/site"
)

// bundles makes the files to take away, and then the pages that offer them.
func bundles(ctx context.Context, r *render.Renderer, c *collector) ([]bundle.Made, []site.Finding, error) {
	if !c.binder.Makes() {
		return nil, nil, nil
	}
	made, findings, err := c.binder.Bind(ctx)
	if err != nil {
		found, err := layoutFindings(c.blame(err))
		return nil, append(findings, found...), err
	}
	var w render.Worker
	for _, f := range c.site.Families {
		if !c.binder.Holds(f) {
			continue
		}
		for _, lang := range c.site.Languages {
			body, err := c.binder.Body(f, lang)
			if err != nil {
				return made, findings, err
			}
			page, err := r.Page(&w, f, lang, body, render.Setting{Downloads: c.binder.Offers(f, lang, made)})
			if err == nil {
				findings = append(findings, finished(c.site, f, page)...)
				err = c.put(f, page, nil)
			}
			if err != nil {
				found, err := layoutFindings(err)
				return made, append(findings, found...), err
			}
		}
	}
	return made, findings, nil
}
