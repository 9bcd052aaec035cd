package build

import (
	"bytes"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

// addLanguage adds a language to the text of site.yaml, at the end of languages:, in the form that the others have.
// All else stays byte for byte. It reports false when the text has no such list or it cannot tell where that ends.
func addLanguage(text []byte, item []string) ([]byte, bool) {
	var doc yaml.Node
	if yaml.Unmarshal(text, &doc) != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, false
	}
	top := doc.Content[0]
	for i := 0; i+1 < len(top.Content); i += 2 {
		list := top.Content[i+1]
		if top.Content[i].Value != "languages" || list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
			continue
		}
		var added []byte
		if list.Style&yaml.FlowStyle != 0 {
			added = addInFlow(text, list, item)
		} else {
			next := 0 // line of the next key
			if i+2 < len(top.Content) {
				next = top.Content[i+2].Line
			}
			added = addInBlock(text, list, next, item)
		}
		return added, isAdded(text, added)
	}
	return nil, false
}

// isAdded reports whether two texts of site.yaml say the same, but for one more language at the end of the second's.
func isAdded(before, after []byte) bool {
	var a, b map[string]any
	if yaml.Unmarshal(before, &a) != nil || yaml.Unmarshal(after, &b) != nil {
		return false
	}
	had, _ := a["languages"].([]any)
	has, _ := b["languages"].([]any)
	if len(has) != len(had)+1 {
		return false
	}
	b["languages"] = has[:len(had)]
	return reflect.DeepEqual(a, b)
}

// addInBlock adds lines after those of the last language, before what belongs to the next key.
func addInBlock(text []byte, list *yaml.Node, next int, item []string) []byte {
	lines := strings.SplitAfter(string(text), "\n")
	end := len(lines)
	if next > 0 {
		end = next - 1
	}
	last := list.Content[len(list.Content)-1]
	indent := strings.Repeat(" ", list.Column-1)
	for end > last.Line {
		line := strings.TrimRight(lines[end-1], "\r\n")
		words := strings.TrimLeft(line, " ")
		if words != "" && (words[0] != '#' || len(line)-len(words) > len(indent)) {
			break
		}
		end--
	}
	newline := "\n"
	if strings.HasSuffix(lines[0], "\r\n") {
		newline = "\r\n"
	}
	added := indent + "- {" + strings.Join(item, ", ") + "}" + newline
	if last.Style&yaml.FlowStyle == 0 {
		added = indent + "- " + strings.Join(item, newline+indent+"  ") + newline
	}
	if !strings.HasSuffix(lines[end-1], "\n") {
		lines[end-1] += newline
	}
	return []byte(strings.Join(lines[:end], "") + added + strings.Join(lines[end:], ""))
}

// addInFlow adds a language before the bracket that closes the list.
func addInFlow(text []byte, list *yaml.Node, item []string) []byte {
	start := offset(text, list.Line, list.Column)
	at := lastToken(text, start)
	if at < 0 {
		return nil
	}
	sep := ", "
	if first, last := list.Content[0], list.Content[len(list.Content)-1]; last.Line > list.Line {
		sep = ",\n" + strings.Repeat(" ", last.Column-1)
	} else if first.Line > list.Line {
		sep = ",\n" + strings.Repeat(" ", first.Column-1)
	}
	if text[at-1] == ',' {
		sep = sep[1:]
	}
	added := sep + "{" + strings.Join(item, ", ") + "}"
	return bytes.Join([][]byte{text[:at], []byte(added), text[at:]}, nil)
}

// offset returns the place of a line and column, which counts characters.
func offset(text []byte, line, col int) int {
	at := 0
	for ; line > 1; line-- {
		at += bytes.IndexByte(text[at:], '\n') + 1
	}
	return at + len(string([]rune(string(text[at:]))[:col-1]))
}

// lastToken returns the end of what stands before the bracket that closes the one at start, comments and spaces not
// counted; -1 when there is none.
func lastToken(text []byte, start int) int {
	depth, quote, end := 0, byte(0), start
	for i := start; i < len(text); i++ {
		c := text[i]
		switch {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote, end = 0, i+1
			}
			continue
		case (c == '"' || c == '\'') && strings.ContainsRune(" \n\t[{,:", rune(text[i-1])):
			quote = c
		case c == '#' && strings.ContainsRune(" \n\t", rune(text[i-1])):
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
			continue
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return end
			}
		}
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			end = i + 1
		}
	}
	return -1
}
