package zim

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problem is something that Kiwix would not read, would show badly, or would
// not find.
type Problem struct {
	Field   string // of Book, or the path of an entry
	Message string // what is wrong and what is wanted, lower case, no full stop
}

func (p Problem) String() string { return p.Field + ": " + p.Message }

// Problems is all that is wrong with a book.
type Problems []Problem

func (list Problems) Error() string {
	lines := make([]string, len(list))
	for i, p := range list {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Check returns what is wrong with a book and its entries: first what it says
// of itself, then the entries by path.
func Check(b Book, entries []Entry) Problems {
	byPath := make(map[string]*Entry, len(entries))
	var list Problems
	for i := range entries {
		e := &entries[i]
		if byPath[e.Path] != nil {
			list = append(list, Problem{e.Path, "this path is there twice"})
		}
		byPath[e.Path] = e
	}
	for i := range entries {
		e := &entries[i]
		message := e.problem()
		if message == "" && e.Redirect != "" {
			message = redirectProblem(e, byPath)
		}
		if message != "" {
			list = append(list, Problem{e.Path, message})
		}
	}
	slices.SortFunc(list, func(a, b Problem) int { return strings.Compare(a.String(), b.String()) })

	about := b.Problems()
	if b.Main != "" && byPath[b.Main] == nil {
		about = append(about, Problem{"Main", fmt.Sprintf("there is no entry %q", b.Main)})
	}
	return append(about, list...)
}

// problem returns what is wrong with an entry that shows without the others.
func (e *Entry) problem() string {
	switch {
	case e.Path == "":
		return "an entry has no path"
	case strings.HasPrefix(e.Path, suggested):
		return "paths below " + suggested + " are for suggestions"
	case !isText(e.Path), !isText(e.Title), !isText(e.MIME):
		return "path, title and MIME type are text in UTF-8 without zero bytes"
	case e.Redirect != "" && (e.size() > 0 || e.MIME != ""):
		return "a redirect has neither content nor a MIME type"
	case e.Redirect == "" && e.MIME == "":
		return "it has no MIME type"
	case e.Redirect == "" && e.size() == 0:
		return "it is empty"
	case uint64(e.size()) > math.MaxUint32-64:
		return "it is larger than 4 GiB"
	}
	return ""
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// redirectProblem follows a redirect to content.
func redirectProblem(e *Entry, byPath map[string]*Entry) string {
	for range byPath {
		to := byPath[e.Redirect]
		if to == nil {
			return fmt.Sprintf("it leads to %q, which is not there", e.Redirect)
		}
		if to.Redirect == "" {
			return ""
		}
		e = to
	}
	return "it leads round in a circle"
}
