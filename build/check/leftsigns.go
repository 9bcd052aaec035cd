package check

import (
	"bytes"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/util"
)

// boldHint says how to write what was meant to be bold: src[at:] begins with
// stars that are not.
func boldHint(src []byte, at int) string {
	rest, _, _ := bytes.Cut(src[at:], []byte("\n\n"))
	stars := len(rest) - len(bytes.TrimLeft(rest, "*"))
	inner, _, closed := bytes.Cut(rest[stars:], []byte("**"))
	words := bytes.TrimSpace(inner)
	atEnd := len(inner) == 0 || inner[0] == '\n' || inner[0] == '|' // as a mark of a note stands
	before := bytes.TrimLeft(src[bytes.LastIndexByte(src[:max(at-1, 0)], '\n')+1:at], " ")
	switch {
	case stars == 2 && bytes.HasPrefix(inner, []byte(" ")) && bytes.HasPrefix(before, []byte("*")) &&
		bytes.HasSuffix(before, []byte("\n")):
		return "a list in an item begins further in: write   - words, with as many spaces as stand before the words above"
	case !closed || atEnd || isNote(src, at, inner) || len(words) == 0 || bytes.Contains(inner, []byte(" |")): // a | begins another cell
		return `bold begins and ends with **: **word**; to show the stars, write \*\*`
	case len(words) < len(inner) && len(words) <= 60 && !bytes.Contains(words, []byte("\n")):
		return fmt.Sprintf("no space after the opening ** and before the closing **: write **%s**", words)
	case len(words) < len(inner):
		return "no space after the opening ** and before the closing **"
	}
	return "bold closes only beside a letter or a space: put the punctuation outside, **word**: more"
}

// isNote reports whether stars stand after words, with a space behind, as those before the next stars do: marks of
// notes, word** and words**. Bold begins so in scripts without spaces only.
func isNote(src []byte, at int, inner []byte) bool {
	before, _ := utf8.DecodeLastRune(src[:at])
	last, _ := utf8.DecodeLastRune(inner)
	return unicode.IsLetter(before) && !markdown.Unspaced(before) && unicode.IsLetter(last) && unicode.IsSpace(rune(inner[0]))
}

// closeUp says that bold with spaces inside, whose first sign stands in the text of a block, is mended when they stand
// outside. Between figures ** may be a power, and what a sign belongs to in a line with an odd number of them is not
// certain.
func (p *Pass) closeUp(runs []run, at int) {
	src, start := p.Doc.Text(), at+len("**")
	line := src[:at+len(lineOf(src, at))]
	signs := 0
	for _, r := range runs {
		if from, to := max(r.start, at), min(r.stop, len(line)); from < to {
			signs += bytes.Count(src[from:to], []byte("**"))
		}
	}
	end := start + bytes.Index(line[start:], []byte("**"))
	isLeft := func(r run) bool { return r.start <= end && end < r.stop }
	if signs%2 != 0 || isNote(src, at, line[start:end]) || bytes.Contains(line[at:], []byte("***")) || !slices.ContainsFunc(runs, isLeft) {
		return
	}
	words := bytes.TrimSpace(src[start:end])
	if len(words) == 0 || len(words) == end-start {
		return
	}
	before, _ := utf8.DecodeLastRune(bytes.TrimRight(src[:at], " "))
	after, _ := utf8.DecodeRune(bytes.TrimLeft(src[end+len("**"):], " "))
	first, _ := utf8.DecodeRune(words)
	last, _ := utf8.DecodeLastRune(words)
	if unicode.IsDigit(before) && unicode.IsDigit(first) || unicode.IsDigit(last) && unicode.IsDigit(after) {
		return
	}
	from := start + bytes.Index(src[start:end], words)
	var edits []edit
	if from > start {
		edits = append(edits, edit{at, from, outside(src[:at], first, utf8.DecodeLastRune, unicode.Ps, unicode.Pi) + "**"})
	}
	if to := from + len(words); to < end {
		space := outside(src[end+len("**"):], last, utf8.DecodeRune, unicode.P)
		edits = append(edits, edit{to, end + len("**"), "**" + space})
	}
	p.mend(edits...)
}

// outside returns the space that is wanted between a text and a letter of bold words beside it: none at an end of a
// line, beside another space or a sign of these kinds, and between the letters of a script that has none.
func outside(text []byte, letter rune, beside func([]byte) (rune, int), signs ...*unicode.RangeTable) string {
	r, n := beside(text)
	unspaced := util.IsEastAsianWideRune(r) && util.IsEastAsianWideRune(letter)
	if n == 0 || unicode.IsSpace(r) || unicode.In(r, signs...) || unspaced {
		return ""
	}
	return " "
}

// singleIn names a star or a low line beside a script without spaces between
// words, which was meant for emphasis. Between other letters, as in user_name
// or 3*5, it is a sign like others.
func (p *Pass) singleIn(r run) {
	src, named := p.Doc.Text(), [2]bool{}
	for i := r.start; i < r.stop; i++ {
		c := src[i]
		if c == '\\' {
			i++
			continue
		}
		if c != '*' && c != '_' {
			continue
		}
		start := i
		for i+1 < r.stop && src[i+1] == c {
			i++
		}
		before, _ := utf8.DecodeLastRune(src[:start])
		after, _ := utf8.DecodeRune(src[i+1:])
		sign := bytes.IndexByte([]byte("*_"), c)
		if i > start || named[sign] || !besideWords(before, after) {
			continue
		}
		named[sign] = true
		hint := `emphasis is written *words*, with no space inside; to show the sign, write \*`
		if c == '_' {
			hint = `_ emphasises between spaces only: write *words*; to show the sign, write \_`
		}
		p.Report(site.Error, start, hint, "%q is left in the text", string(c))
	}
}

// insideWord reports whether a sign of n bytes stands between letters or digits
// of a script with spaces between words, as in block__element.
func insideWord(src []byte, at, n int) bool {
	before, _ := utf8.DecodeLastRune(src[:at])
	after, _ := utf8.DecodeRune(src[at+n:])
	word := func(r rune) bool { return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !markdown.Unspaced(r) }
	return word(before) && word(after)
}

// besideWords reports whether a sign between two characters touches a letter or
// a mark of a script without spaces between words.
func besideWords(before, after rune) bool {
	return markdown.Unspaced(before) && !unicode.IsSpace(before) || markdown.Unspaced(after) && !unicode.IsSpace(after)
}
