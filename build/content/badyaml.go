package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"fieldguide/build/site"

	"go.yaml.in/yaml/v3"
)

// cutShort reports a # that makes a comment of what YAML needs, as in [one, two #3]: without it data would be in order.
func (d *decoder) cutShort(data []byte) bool {
	first, start, whole := -1, 0, bytes.Clone(data)
	for i, c := range data {
		if c == '\n' {
			start = i + 1
		}
		if c != '#' {
			continue
		}
		before := bytes.TrimSpace(data[start:i])
		if len(before) == 0 || strings.IndexByte(" \t[,{", data[i-1]) < 0 {
			continue
		}
		end := i + max(0, bytes.IndexAny(data[i:], ",]}\n"))
		copy(whole[i:end], bytes.Repeat([]byte{' '}, end-i))
		if strings.IndexByte("[,{", before[len(before)-1]) >= 0 {
			whole[i] = '_'
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 || yaml.Unmarshal(whole, new(yaml.Node)) != nil {
		return false
	}
	start = bytes.LastIndexByte(data[:first], '\n') + 1
	at := site.Place{File: d.file, Line: 1 + bytes.Count(data[:first], []byte("\n")) + d.offset,
		Col: 1 + utf8.RuneCount(data[start:first])}
	rest, _, _ := bytes.Cut(data[first:], []byte("\n"))
	d.findings = append(d.findings, at.Find(site.Error, d.check, "put the words that hold the # between quotation marks",
		"what follows the # is not read: %.60q", bytes.TrimSpace(rest)))
	return true
}

// afterEnd returns where a line ... ends what YAML reads though more follows, -1 for nowhere.
func afterEnd(data []byte) int {
	at := bytes.Index(append([]byte("\n"), data...), []byte("\n..."))
	if at < 0 {
		return -1
	}
	line, rest, _ := bytes.Cut(data[at:], []byte("\n"))
	if len(bytes.TrimSpace(line)) != len("...") || len(bytes.TrimSpace(rest)) == 0 {
		return -1
	}
	return at
}

// plainValue is a key with a value on a line, which stands in no group or list.
var plainValue = regexp.MustCompile(`^(\s*(?:- )?[\w-]+:)[ \t]+(\S.*?)\s*$`)

// misread says in a writer's words why a line is no YAML, and how to write it.
func misread(data []byte, line int, text string) (cause string, at, col int, hint string) {
	lines := bytes.Split(data, []byte("\n"))
	if line < 1 || line > len(lines) {
		line = 1
	}
	m := plainValue.FindSubmatch(lines[line-1])
	text, hint, at = sayYAML(lines, line, text)
	if m == nil || len(m[2]) > 200 {
		if bytes.HasPrefix(lines[line-1], []byte("\t")) {
			return "a tab stands at the start of the line", line, 1, "write spaces in its place"
		}
		return text, at, 0, hint
	}
	key, value := strings.TrimSpace(string(m[1])), string(m[2])
	first, last := value[0], value[len(value)-1]
	switch {
	case (first == '[' && last == ']' || first == '{' && last == '}') && strings.Count(value, string(last)) == 1:
		return text, at, 0, hint
	case first == '[' && !strings.Contains(value, "]"):
		return "the list is not closed", line, 0, key + " " + value + "]"
	case strings.IndexByte(`"'`, first) >= 0 && first == last && len(value) > 1:
		value = value[1 : len(value)-1]
		if strings.IndexByte(value, first) < 0 { // they are closed; what stands between is at fault
			return text, at, 0, hint
		}
		cause = fmt.Sprintf("%c stands within quotation marks of the same kind", first)
	case strings.IndexByte(`"'`, first) >= 0:
		cause = fmt.Sprintf("the value begins with %c and goes on after the next", first)
	case strings.IndexByte("@`%*&!|>{[?-", first) >= 0:
		cause = fmt.Sprintf("the value begins with %c", first)
	case strings.Contains(value, ": ") || last == ':':
		cause = "the value holds a colon"
	default:
		return text, at, 0, hint
	}
	col = 1 + utf8.RuneCount(lines[line-1][:bytes.Index(lines[line-1], m[2])])
	return cause, line, col, key + " " + Scalar(value)
}

// wideKey is a key that ends in the colon of Chinese keyboards.
var wideKey = regexp.MustCompile(`(?m)^ *[a-z-]+：`)

// fullWidth reports the first colon of Chinese keyboards after a key, if there is one. Its mend takes all of them.
func (d *decoder) fullWidth(data []byte) bool {
	mend := &site.Mend{Opens: true}
	for _, m := range wideKey.FindAllIndex(data, -1) {
		start := bytes.LastIndexByte(data[:m[1]], '\n') + 1
		line, col := 1+bytes.Count(data[:m[1]], []byte("\n"))+d.offset, utf8.RuneCount(data[start:m[1]])
		text := ": "
		if strings.HasPrefix(string(data[m[1]:]), " ") {
			text = ":"
		}
		mend.Edits = append(mend.Edits, site.Edit{Line: line, Col: col, EndLine: line, EndCol: col + 1, Text: text})
	}
	if len(mend.Edits) == 0 {
		return false
	}
	first := site.Place{File: d.file, Line: mend.Edits[0].Line, Col: mend.Edits[0].Col}
	found := first.Find(site.Error, d.check, "write an ordinary colon and a space: key: value",
		"a full-width colon (：) ends no key")
	found.Mend = mend
	d.findings = append(d.findings, found)
	return true
}

// comment returns what stands in the place of a value that is missing, and is not read: title: #1.
func (d *decoder) comment(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Value != "" || n.Line < 1 || n.Column < 1 {
		return ""
	}
	line := bytes.Split(d.data, []byte("\n"))[n.Line-1]
	if rest := bytes.TrimSpace(line[min(n.Column-1, len(line)):]); bytes.HasPrefix(rest, []byte("#")) {
		return string(rest)
	}
	return ""
}

// yamlError takes the line out of a message of the YAML library:
// "yaml: line 3: mapping values are not allowed in this context".
func yamlError(err error) (line int, text string) {
	text = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		number, after, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			return n, after
		}
	}
	return 1, text
}
