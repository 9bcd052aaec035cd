// Package fix mends files by what findings say of it.
//
// A check that knows what must be written instead gives its finding a site.Mend, so that a check and its fix never
// disagree. Apply makes these changes in the bytes of a file, and changes no other byte; Over shows a folder as it
// would be then, so that it can be checked before anything is written.
package fix

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fieldguide/build/site"
)

// Choose returns, of findings in one file that can be mended, those whose changes do not lie over each other, the first
// of two that do; and their changes in order.
func Choose(findings []site.Finding) (chosen []site.Finding, edits []site.Edit) {
	for _, f := range findings {
		meets := func(e site.Edit) bool {
			return slices.ContainsFunc(edits, func(other site.Edit) bool { return overlap(e, other) })
		}
		if !slices.ContainsFunc(f.Mend.Edits, meets) {
			chosen, edits = append(chosen, f), append(edits, f.Mend.Edits...)
		}
	}
	slices.SortFunc(edits, func(a, b site.Edit) int { return order(a.Line, a.Col, b.Line, b.Col) })
	return chosen, edits
}

func order(line, col, otherLine, otherCol int) int {
	return cmp.Or(cmp.Compare(line, otherLine), cmp.Compare(col, otherCol))
}

// overlap reports whether it matters which of two changes is made first.
func overlap(a, b site.Edit) bool {
	return order(a.Line, a.Col, b.Line, b.Col) == 0 ||
		order(a.Line, a.Col, b.EndLine, b.EndCol) < 0 && order(b.Line, b.Col, a.EndLine, a.EndCol) < 0
}

// Apply returns a text with changes made, which are in order. What it adds has the line ends that stand around it. The
// error says that the text has no such places.
func Apply(text []byte, edits []site.Edit) ([]byte, error) {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	var out []byte
	end := 0
	for _, e := range edits {
		from, to := place(text, starts, e.Line, e.Col), place(text, starts, e.EndLine, e.EndCol)
		if from < end || to < from {
			return nil, fmt.Errorf("there is no text from %d:%d to %d:%d", e.Line, e.Col, e.EndLine, e.EndCol)
		}
		added := e.Text
		if hasCR(text, from) {
			added = strings.ReplaceAll(added, "\n", "\r\n")
		}
		out = append(append(out, text[end:from]...), added...)
		end = to
	}
	return append(out, text[end:]...), nil
}

// place returns where a line and column stand in a text, -1 for nowhere.
func place(text []byte, starts []int, line, col int) int {
	if line < 1 || line > len(starts) {
		return -1
	}
	at := starts[line-1]
	for range col - 1 {
		if at == len(text) || text[at] == '\n' {
			return -1
		}
		_, n := utf8.DecodeRune(text[at:])
		at += n
	}
	return at
}

// hasCR reports whether the line at a place ends with CRLF, or else the one before it: the last line may have no end.
func hasCR(text []byte, at int) bool {
	end := bytes.LastIndexByte(text[:at], '\n')
	if more := bytes.IndexByte(text[at:], '\n'); more >= 0 {
		end = at + more
	}
	return end > 0 && text[end-1] == '\r'
}
