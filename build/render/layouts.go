package render

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"

	"fieldguide/build/content"
	"fieldguide/build/site"
)

// parts are the named parts of a layout, {{define "name"}}.
type parts map[string]*parse.Tree

// loadLayouts parses layouts/: base.html and parts.html are common to all,
// each other file is the layout of its name.
func (r *Renderer) loadLayouts() ([]site.Finding, error) {
	common := parts{}
	for _, name := range []string{"base.html", "parts.html"} {
		found, err := r.parse(common, name)
		if errors.Is(err, fs.ErrNotExist) {
			return []site.Finding{missingLayout(strings.TrimSuffix(name, ".html"))}, nil
		}
		if found != nil || err != nil {
			return found, err
		}
	}
	entries, err := fs.ReadDir(r.fsys, "layouts")
	if err != nil {
		return nil, fmt.Errorf("reading layouts: %w", err)
	}
	var findings []site.Finding
	for _, e := range entries {
		layout, isHTML := strings.CutSuffix(e.Name(), ".html")
		if !isHTML || layout == "base" || layout == "parts" {
			continue
		}
		own := maps.Clone(common)
		found, err := r.parse(own, e.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue // it is no plain file, which a finding has said
		}
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
		r.layouts[layout] = own.template()
	}
	for _, id := range slices.Sorted(maps.Keys(r.site.Kinds)) {
		if layout := r.site.Kinds[id].Layout; r.layouts[layout] == nil {
			place := r.site.Written.At(site.SettingsFile, "kinds", id, "layout")
			findings = append(findings, place.Find(site.Error, "layouts",
				"write it, or name one that is there: "+strings.Join(slices.Sorted(maps.Keys(r.layouts)), ", "),
				"kind %q wants the layout %q, but there is no layouts/%s.html", id, layout, layout))
		}
	}
	return findings, nil
}

// parse adds the parts of a file to those there are. A part takes the place of
// one of its name in a layer below (see content.Layers), so that a site says
// only what it wants otherwise, and nothing where it wants nothing. The error is
// fs.ErrNotExist when no layer has the file.
func (r *Renderer) parse(to parts, name string) (findings []site.Finding, err error) {
	file, missing := "layouts/"+name, true
	for _, layer := range content.Layers(r.fsys) {
		text, err := fs.ReadFile(layer, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		missing = false
		r.nosy = r.nosy || reachesFurther.Match(text)
		t, err := texttemplate.New(name).Parse(string(text))
		if err != nil {
			return []site.Finding{layoutFinding(file, err)}, nil
		}
		for _, part := range t.Templates() {
			if part.Tree != nil && part.Name() != name {
				to[part.Name()] = part.Tree
				findings = append(findings, r.lint(part.Tree)...)
			}
		}
	}
	if missing {
		return nil, fmt.Errorf("reading %s: %w", file, fs.ErrNotExist)
	}
	return findings, nil
}

// template returns the layout that is made of the parts.
func (p parts) template() *template.Template {
	t := template.New("layout")
	for name, tree := range p {
		template.Must(t.AddParseTree(name, tree.Copy())) // escaping changes it
	}
	return t
}

// reachesFurther finds layouts that take words of other pages out of the
// families themselves, past the methods that remember which they showed.
var reachesFurther = regexp.MustCompile(`\{\{[^}]*\.(?:Pages|In)\b`)

// Nosy reports whether a layout shows words of other pages that Page.Refs does
// not tell of.
func (r *Renderer) Nosy() bool { return r.nosy }

var templateError = regexp.MustCompile(`^(?:.*: error calling Once: )?(?:html/)?template: ?([^:]+):(?:(\d+):)?(?:(\d+):)? ?(.*)$`)

// layoutFinding takes the place out of a message of html/template: that in the
// part which Once was drawing, when it was.
func layoutFinding(file string, err error) site.Finding {
	f := site.Finding{File: file, Level: site.Error, Check: "layouts", Message: err.Error()}
	if m := templateError.FindStringSubmatch(err.Error()); m != nil {
		if path.Ext(m[1]) == ".html" { // else it is a part
			f.File = "layouts/" + path.Base(m[1])
		}
		f.Line, _ = strconv.Atoi(m[2])
		f.Col, _ = strconv.Atoi(m[3])
		f.Message, f.Hint = explain(m[4])
	}
	return f
}

func missingLayout(name string) site.Finding {
	return site.Place{File: "layouts/" + name + ".html"}.Find(site.Error, "layouts",
		"write it, or remove the line that names it",
		"this layout is missing")
}
