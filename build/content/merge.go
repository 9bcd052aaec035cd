package content

import "go.yaml.in/yaml/v3"

// merge adds to a document the keys that only the layers below have. They stand
// in another file, so they have no line.
func (d *decoder) merge(doc *yaml.Node) {
	for i := len(d.below) - 1; i >= 0; i-- {
		var lower yaml.Node
		if yaml.Unmarshal(d.below[i], &lower) != nil || len(lower.Content) == 0 {
			continue // whoever writes that layer is told of it
		}
		if len(doc.Content) == 0 {
			*doc = lower
			unplace(doc)
			continue
		}
		mergeKeys(doc.Content[0], lower.Content[0])
	}
}

// mergeKeys adds the keys of a mapping that upper lacks, at any depth. Lists
// and single values are upper's.
func mergeKeys(upper, lower *yaml.Node) {
	if upper.Kind != yaml.MappingNode || lower.Kind != yaml.MappingNode {
		return
	}
	have := map[string]*yaml.Node{}
	for i := 0; i+1 < len(upper.Content); i += 2 {
		have[upper.Content[i].Value] = upper.Content[i+1]
	}
	for i := 0; i+1 < len(lower.Content); i += 2 {
		if value := have[lower.Content[i].Value]; value != nil {
			mergeKeys(value, lower.Content[i+1])
			continue
		}
		unplace(lower.Content[i])
		unplace(lower.Content[i+1])
		upper.Content = append(upper.Content, lower.Content[i], lower.Content[i+1])
	}
}

func unplace(n *yaml.Node) {
	n.Line, n.Column = 0, 0
	for _, part := range n.Content {
		unplace(part)
	}
}
