package check

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fieldguide/build/content"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

var lost = &Check{Name: "lost", Own: true, Firm: "a word would be lost",
	Doc: "Every word of a page is shown: what Markdown or the front matter " +
		"swallow is named.", Page: func(p *Pass) {
		p.comments()
		for _, l := range p.Doc.Lost() {
			if l.Cause == markdown.LostInfo {
				start := bytes.LastIndexByte(p.Doc.Text()[:l.Pos], '\n') + 1
				if strikes.Match(p.Doc.Text()[start:]) {
					continue // the check "leftover" names the code that these are no words of
				}
			}
			message, hint := p.lostWords(l)
			p.Report(site.Error, l.Pos, hint, "%s", message)
		}
	}, Node: (*Pass).markInside}

// lostWords says what is lost, and how to show it.
func (p *Pass) lostWords(l markdown.Lost) (message, hint string) {
	other := 0
	if l.Cause != markdown.LostNumber && l.Other >= 0 {
		other, _ = p.Doc.Position(l.Other)
	}
	words := l.Words
	if at := strings.IndexByte(words, '\n'); at >= 0 {
		words = words[:at]
	}
	switch l.Cause {
	case markdown.LostDefinition:
		if other > 0 {
			return fmt.Sprintf("[%s] stands here and in line %d: only the first is used", words, other),
				"give one of them another name, or remove it"
		}
		if strings.HasPrefix(words, "^") {
			return fmt.Sprintf("[%s] is not shown: a note does not stand in another", words),
				fmt.Sprintf("begin a line of its own with [%s]: …, after the note that it stands in", words)
		}
		return "this line is read as the address of a link that nothing uses, and is not shown",
			fmt.Sprintf(`to show it, write **%s**: … or \[%s]: …; to use it, write [words][%s]`,
				strings.Trim(words, "*_`"), words, words)
	case markdown.LostNote:
		if other > 0 {
			return fmt.Sprintf("[^%s] stands here and in line %d: only one is shown", words, other),
				"give one of them another mark, here and in the text"
		}
		return fmt.Sprintf("no mark [^%s] in the text: this note is not shown", words),
			fmt.Sprintf("write [^%s] where the note belongs, or remove it", words)
	case markdown.LostCells:
		return "the row has more cells than the table's head, and the rest is not shown",
			`add a column to the head; a | that is no border is written \|`
	case markdown.LostTitle:
		return fmt.Sprintf("words after an address are not shown: %.60q", words),
			"write them into the text: [words](address) and more words"
	case markdown.LostInfo:
		return fmt.Sprintf("words after the language of the code are not shown: %.60q", words), "write them above the code"
	case markdown.LostAttribute:
		return fmt.Sprintf("this is not shown: %.60s", words),
			`only a place for links is written so, {#name}; to show the sign, write \{`
	case markdown.LostNumber:
		return fmt.Sprintf("the item is numbered %s here and %d on the page", words, l.Other),
			fmt.Sprintf(`write %d., or <!-- --> on a line above to begin a new list; `+
				`for a number that is text, write %s\. …`, l.Other, words)
	}
	return fmt.Sprintf("these words are not shown: %.60q", words), "write them as a paragraph of their own"
}

// markInside names the mark of a note among the words of a link or of an image, where it leads nowhere.
func (p *Pass) markInside(n ast.Node) {
	if n.Kind() != extast.KindFootnoteLink {
		return
	}
	for up := n.Parent(); up != nil && up.Type() == ast.TypeInline; up = up.Parent() {
		if up.Kind() == ast.KindLink || up.Kind() == ast.KindImage {
			p.Report(site.Error, n.Pos(), "write it after them: [words](address)[^1]",
				"the mark of a note stands among the words of a link or an image: nobody can follow it")
			return
		}
	}
}

// comments names what a # in the front matter makes a comment of.
func (p *Pass) comments() {
	at, literal := 0, -1 // literal is how far the key of a text on lines of its own stands in, -1 outside one
	for line := range strings.Lines(string(p.Doc.Src[:p.Doc.Body])) {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if literal >= 0 && indent > literal {
			at += len(line)
			continue
		}
		if literal = -1; strings.ContainsAny(line, "|>") && opensText.MatchString(strings.TrimRight(line, "\r\n")) {
			literal = indent
		}
		if i := commentAt(line); i > 0 && !p.isFrontFault(strings.Count(string(p.Doc.Src[:at]), "\n")+1) {
			hint := "put the value between quotation marks"
			value := strings.TrimSpace(line[:i])
			if strings.IndexByte(`]}"'`, value[len(value)-1]) >= 0 {
				hint = "remove it, or put it on a line of its own"
			} else if key, _, ok := strings.Cut(strings.TrimSpace(line[:i]), ":"); ok {
				hint += ": " + key + `: "…"`
			}
			p.Report(site.Error, at+i-p.Doc.Body, hint,
				"what follows the # is not read: %.60q", strings.TrimSpace(line[i:]))
		}
		at += len(line)
	}
}

// isFrontFault reports whether a line of the front matter has a finding already.
func (p *Pass) isFrontFault(line int) bool {
	_, _, findings := content.ParseFront(p.Doc.File, p.Doc.Src)
	return slices.ContainsFunc(findings, func(f site.Finding) bool { return f.Line == line })
}

// opensText is a key whose value stands on the lines below it, as it is written.
var opensText = regexp.MustCompile(`:[ \t]+[|>][0-9+-]*[ \t]*(?:#.*)?$`)

// commentAt returns the place of a # that begins a comment after a value, 0
// for none. A line that is a comment as a whole is for people who write.
func commentAt(line string) int {
	trimmed := strings.TrimLeft(line, " \t")
	if !strings.Contains(line, "#") || strings.HasPrefix(trimmed, "#") {
		return 0
	}
	quote := byte(0)
	for i := 1; i < len(line); i++ {
		c := line[i]
		switch {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && strings.IndexByte(" [,", line[i-1]) >= 0 && opensValue(line[:i]):
			quote = c
		case c == '#' && (line[i-1] == ' ' || line[i-1] == '\t'):
			return i
		}
	}
	return 0
}

// opensValue reports whether a value begins after before: a key, a dash, or
// the signs of a list.
func opensValue(before string) bool {
	before = strings.TrimRight(before, " \t")
	return before == "" || strings.IndexByte(":-[,", before[len(before)-1]) >= 0
}
