package site

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Level says how grave a finding is.
type Level string

const (
	Error   Level = "error"   // the site is not built with it
	Warning Level = "warning" // a writer should look at it
)

// Finding is something about the content that a writer should know.
type Finding struct {
	File    string `json:"file"`           // below the site's folder
	Line    int    `json:"line,omitempty"` // from 1; 0 when the whole file is meant
	Col     int    `json:"col,omitempty"`  // in characters, from 1; 0 when the whole line is meant
	Level   Level  `json:"level"`
	Check   string `json:"check"`   // name of the check that found it
	Message string `json:"message"` // what is wrong and what is wanted, lower case, no full stop
	Hint    string `json:"hint,omitempty"`
	Mend    *Mend  `json:"mend,omitempty"` // how a machine takes away what is found; nil when only a person can
}

// Mend is how a machine takes away what a finding is about: changes of its file, in order and none over another.
type Mend struct {
	Edits []Edit `json:"edits"`
	Opens bool   `json:"opens,omitempty"` // what it mends kept more of the file from being read, and checked, than itself
}

// Edit is a change of a file: Text takes the place of what stands between two places, which are as those of findings.
type Edit struct {
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	EndLine int    `json:"endLine"`
	EndCol  int    `json:"endCol"` // of the first character that stays
	Text    string `json:"text"`   // with LF line ends
}

// Place returns where it is.
func (f Finding) Place() Place { return Place{f.File, f.Line, f.Col} }

// lineNumber is another line that a message names.
var lineNumber = regexp.MustCompile(`\bline \d+`)

// Same returns what stays of a finding when lines move, and when a site makes its check more or less grave.
func (f Finding) Same() Finding {
	return Finding{File: f.File, Check: f.Check, Message: lineNumber.ReplaceAllString(f.Message, "line")}
}

// String is the finding as writers see it, with its hint on a second line.
func (f Finding) String() string {
	s := fmt.Sprintf("%s: %s: %s (%s)", f.Place(), f.Level, f.Message, f.Check)
	if f.Hint != "" {
		s += "\n    hint: " + f.Hint
	}
	return s
}

// Sort orders findings by file, line, column, check and message, and drops
// repetitions.
func Sort(findings []Finding) []Finding {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			strings.Compare(a.Check, b.Check), strings.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		a.Mend, b.Mend = nil, nil
		return a == b
	})
}

// HasErrors reports whether any finding forbids a build.
func HasErrors(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Level == Error })
}

// Nearest returns the candidate that a misspelt word most likely meant, or
// "" when none is close: one letter in three may be wrong, and one more where
// both begin alike.
func Nearest(word string, candidates []string) string {
	best, least := "", 0
	for _, c := range candidates {
		most := max(1, len(word)/3)
		if alike := min(3, len(word)); strings.HasPrefix(c, word[:alike]) {
			most++
		}
		if d := distance(word, c); d <= most && d < max(len(word), len(c)) && (best == "" || d < least) {
			best, least = c, d
		}
	}
	return best
}

// distance counts the bytes to add, drop, change or swap with the next to make
// b of a.
func distance(a, b string) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
