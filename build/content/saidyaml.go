package content

import (
	"regexp"
	"strings"
)

// said is what the YAML library says, and the same in a writer's words.
var said = []struct{ text, cause, hint string }{
	{"did not find expected ',' or ']'", "the list is not closed, or lacks a comma", "write it as [one, two]"},
	{"did not find expected ',' or '}'", "the group is not closed, or lacks a comma",
		"write it as {key: value, other: value}"},
	{"did not find expected node content", "the list lacks a value, or is not closed", "write it as [one, two]"},
	{"did not find expected key", "this line, or one just below, belongs to no key above it",
		"begin the lines of a group with as many spaces; put a value that begins with a special sign between quotation marks"},
	{"did not find expected '-' indicator", "this line belongs to no item of the list above it",
		"begin it with - and a space, under the - above"},
	{"mapping values are not allowed", "this line stands further in than the one above, or the one above has no colon",
		"write key: value on each line, with as many spaces before it"},
	{"could not find expected ':'", "this line, or the one above, has no colon after its key",
		"write key: value; a value of several lines stands further in than its key"},
	{"found unexpected end of stream", "a quotation mark or a bracket is not closed",
		"close it, here or on a line above"},
	{"found a tab character", "a tab stands at the start of the line", "write spaces in its place"},
	{"found unknown escape character", `a \ between " and " stands for nothing`,
		`write \\ for the sign itself, or ' in place of each "`},
	{"block sequence entries are not allowed", "a - stands where no list can begin",
		"write each item on a line of its own below the key"},
	{"control characters are not allowed", "a character that nobody sees stands here", "write the line again"},
}

// opensBracket is a line whose value begins with a bracket.
var opensBracket = regexp.MustCompile(`^\s*(?:- )?[\w-]+:[ \t]+[\[{]`)

// sayYAML returns what the YAML library says in a writer's words, and the line that it means: of a bracket it names the
// line above.
func sayYAML(lines [][]byte, line int, text string) (cause, hint string, at int) {
	for _, s := range said {
		if !strings.HasPrefix(text, s.text) {
			continue
		}
		if strings.ContainsAny(s.hint, "[{") {
			for i := line - 1; i < min(len(lines), line+1); i++ {
				if opensBracket.Match(lines[i]) {
					return s.cause, s.hint, i + 1
				}
			}
		}
		return s.cause, s.hint, line
	}
	return text, `quote a value that holds a colon or begins with a special sign: title: "Yes: ask first"`, line
}
