package fix_test

import (
	"fmt"
	"testing"

	"fieldguide/build/fix"
	"fieldguide/build/site"
)

func TestApply(t *testing.T) {
	edit := func(line, col, endLine, endCol int, text string) site.Edit {
		return site.Edit{Line: line, Col: col, EndLine: endLine, EndCol: endCol, Text: text}
	}
	for name, c := range map[string]struct {
		text, want string
		edits      []site.Edit
	}{
		"nothing":             {"a\nb", "a\nb", nil},
		"characters count":    {"é水\u00adb\n", "é水b\n", []site.Edit{edit(1, 3, 1, 4, "")}},
		"two in a line":       {"**a ** b", "**a** b", []site.Edit{edit(1, 3, 1, 4, "a"), edit(1, 4, 1, 5, "")}},
		"at the end":          {"a", "a\n:::", []site.Edit{edit(1, 2, 1, 2, "\n:::")}},
		"at the end, CRLF":    {"a\r\nb", "a\r\nb\r\n:::", []site.Edit{edit(2, 2, 2, 2, "\n:::")}},
		"before CRLF":         {"a\r\nb\n", "ac\r\nd\r\nb\n", []site.Edit{edit(1, 2, 1, 2, "c\nd")}},
		"before LF of a mix":  {"a\r\nb\n", "a\r\nbc\nd\n", []site.Edit{edit(2, 2, 2, 2, "c\nd")}},
		"over lines":          {"a\nb\nc", "ac", []site.Edit{edit(1, 2, 3, 1, "")}},
		"a byte order mark":   {"\uFEFFab", "\uFEFFb", []site.Edit{edit(1, 2, 1, 3, "")}},
		"bytes that are none": {"\xffa", "\xffb", []site.Edit{edit(1, 2, 1, 3, "b")}},
		"no such line":        {"a", "error", []site.Edit{edit(2, 1, 2, 1, "b")}},
		"no such column":      {"a\nb", "error", []site.Edit{edit(1, 3, 1, 3, "b")}},
		"over each other":     {"abc", "error", []site.Edit{edit(1, 1, 1, 3, ""), edit(1, 2, 1, 4, "")}},
	} {
		got, err := fix.Apply([]byte(c.text), c.edits)
		if err != nil {
			got = []byte("error")
		}
		if string(got) != c.want {
			t.Errorf("%s: %q becomes %q, want %q", name, c.text, got, c.want)
		}
	}
}

// Of changes that meet, the first is made.
func TestChoose(t *testing.T) {
	found := func(name string, col, end int) site.Finding {
		return site.Finding{Message: name, Mend: &site.Mend{Edits: []site.Edit{{Line: 1, Col: col, EndLine: 1, EndCol: end}}}}
	}
	chosen, edits := fix.Choose([]site.Finding{found("c", 5, 7), found("inside c", 6, 7), found("a", 1, 3),
		found("beside a", 3, 5), found("over both", 2, 4), found("where c is", 5, 5)})
	var names []string
	for _, f := range chosen {
		names = append(names, f.Message)
	}
	if got, want := fmt.Sprint(names), "[c a beside a]"; got != want {
		t.Errorf("chosen are %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(edits), "[{1 1 1 3 } {1 3 1 5 } {1 5 1 7 }]"; got != want {
		t.Errorf("edits are %s, want %s", got, want)
	}
}
