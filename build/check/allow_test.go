package check_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"fieldguide/build/sitetest"
)

// Leave ends where the next passage begins, whatever that is, and covers the whole of one.
func TestLeaveIsForOnePassage(t *testing.T) {
	for name, passage := range map[string]string{
		"paragraph":     "[x](#x)\nand\n[x](#x)",
		"heading":       "## To [x](#x)",
		"underlined":    "To\n[x](#x)\n---",
		"list":          "- To [x](#x)\n\n  more\n\n- To [x](#x)",
		"numbers":       "3. To [x](#x)\n4. To [x](#x)",
		"tasks":         "- [ ] [x](#x)",
		"quotation":     "> [x](#x)\n>\n> [x](#x)",
		"table":         "| a | b |\n|---|---|\n| [x](#x) | c |\n| [x](#x) | c |",
		"definition":    "Word\n: [x](#x)\n: [x](#x)",
		"block":         ":::tip\n[x](#x)\n\n- To [x](#x)\n:::",
		"code":          "```\n[x](#x)\n```",
		"indented code": "    [x](#x)",
		"rule":          "***",
		"image":         "![x](/drawings/x.svg)",
	} {
		for _, before := range []bool{false, true} {
			text := "<!-- allow: links -->\n\n" + passage + "\n\n[y](#y)\n"
			if before {
				text = "<!-- allow: links -->\n\n[a](#a)\n\n" + passage + "\n\n[y](#y)\n"
			}
			fsys := sitetest.Base()
			fsys["content/en/page.md"] = &fstest.MapFile{Data: []byte("---\ntitle: A page\nsummary: It is one.\n---\n" + text)}
			res, _ := sitetest.Build(t, fsys)
			found := map[string]int{}
			for _, f := range res.Findings {
				if f.Check == "links" {
					found[f.Message[len(`link to "`):][:2]]++
				}
			}
			want := map[string]int{"#y": 1}
			if n := strings.Count(passage, "#x"); before && n > 0 && !strings.Contains(name, "code") {
				want["#x"] = n
			}
			if fmt.Sprint(found) != fmt.Sprint(want) {
				t.Errorf("%s, %t: found %v, want %v", name, before, found, want)
			}
		}
	}
}
