package content

import (
	"strconv"

	"fieldguide/build/site"

	"go.yaml.in/yaml/v3"
)

// outline says where all that was decoded stands, nil when it is no YAML.
func (d *decoder) outline() *site.Outline {
	whole := site.Place{File: d.file, Line: d.offset} // of front matter, the line that opens it
	switch {
	case d.doc == nil:
		return nil
	case len(d.doc.Content) == 0:
		return &site.Outline{Key: whole, Value: whole, Parts: map[string]*site.Outline{}}
	}
	return d.part(d.doc.Content[0], whole)
}

func (d *decoder) part(n *yaml.Node, key site.Place) *site.Outline {
	o := &site.Outline{Key: key, Value: d.place(n)}
	switch n.Kind {
	case yaml.SequenceNode:
		o.Parts = make(map[string]*site.Outline, len(n.Content))
		for i, item := range n.Content {
			o.Parts[strconv.Itoa(i)] = d.part(item, d.place(item))
		}
	case yaml.MappingNode:
		o.Parts = make(map[string]*site.Outline, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			if k := n.Content[i]; o.Parts[k.Value] == nil {
				o.Parts[k.Value] = d.part(n.Content[i+1], d.place(k))
			}
		}
	}
	return o
}

// keys returns the keys of a mapping in the order they are written.
func (d *decoder) keys() (list []string) {
	if d.doc == nil || len(d.doc.Content) == 0 || d.doc.Content[0].Kind != yaml.MappingNode {
		return nil // decoding it has said so
	}
	for i := 0; i < len(d.doc.Content[0].Content); i += 2 {
		list = append(list, d.doc.Content[0].Content[i].Value)
	}
	return list
}

func (d *decoder) place(n *yaml.Node) site.Place {
	return site.Place{File: d.file, Line: n.Line + d.offset, Col: n.Column}
}
