package markdown_test

import (
	"strings"
	"testing"

	"fieldguide/build/markdown"
)

func TestHeadingIDs(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"made of the words", "## Your privacy, always!", "your-privacy-always"},
		{"apostrophes vanish", "## What's it\n\n## What’s it not", "whats-it whats-it-not"},
		{"markup vanishes", "## *All* `code` [a link](x.md)", "all-code-a-link"},
		{"written", "## Words {#now}", "now"},
		{"written in capitals", "## Words {#Now-2}", "now-2"},
		{"the same twice", "## A\n\n## A\n\n## A", "a a-2 a-3"},
		{"the same as a numbered one", "## A\n\n## A 2\n\n## A", "a a-2 a-3"},
		{"numbered before", "## A 2\n\n## A\n\n## A", "a-2 a a-3"},
		{"no Latin letter", "## 中文\n\n## العنوان", "part-1 part-2"},
		{"the same as a part", "## Part 2\n\n## 中文", "part-2 part-2-2"},
		{"in quotes and blocks", "> ## A\n\n:::tip\n## B\n:::", "a b"},
		{"empty", "##", "part-1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(markdown.Parse("", []byte(test.src), 0).HeadingIDs(), " ")
			if got != test.want {
				t.Errorf("got %s; want %s", got, test.want)
			}
		})
	}
}

func TestPositionCountsCharactersAndReachesIntoTheFrontMatter(t *testing.T) {
	src := "---\ntitle: é\n---\nHé [x](y)\n"
	doc := markdown.Parse("", []byte(src), strings.Index(src, "Hé"))
	for _, test := range []struct{ pos, line, col int }{
		{0, 4, 1}, {4, 4, 4}, {-doc.Body, 1, 1}, {-1, 3, 4}, {-1000, 1, 1}, {1000, 5, 1}, {4 - doc.Body, 2, 1},
	} {
		if line, col := doc.Position(test.pos); line != test.line || col != test.col {
			t.Errorf("position %d is %d:%d; want %d:%d", test.pos, line, col, test.line, test.col)
		}
	}
}
