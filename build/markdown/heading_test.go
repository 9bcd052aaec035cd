package markdown_test

import (
	"strings"
	"testing"

	"fieldguide/build/markdown"
)

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
