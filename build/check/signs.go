package check

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// signs are the bytes that stand in a text. What checks look for does not stand in most texts, and these need no
// closer look.
type signs [256]bool

func signsOf(text []byte) (s signs) {
	s.add(text)
	return s
}

func (s *signs) add(text []byte) {
	for _, c := range text {
		s[c] = true
	}
}

// mayHold reports whether all bytes of any of some characters stand in the text. It errs for characters of several
// bytes only, and never says no where one stands.
func (s *signs) mayHold(any string) bool {
next:
	for i := 0; i < len(any); {
		c := any[i]
		if c < utf8.RuneSelf {
			if s[c] {
				return true
			}
			i++
			continue
		}
		_, n := utf8.DecodeRuneInString(any[i:])
		i += n
		for _, c := range []byte(any[i-n : i]) {
			if !s[c] {
				continue next
			}
		}
		return true
	}
	return false
}

// signsIn returns the signs in the lines of a block, or in the text of a cell, which has no lines of its own.
func (p *Pass) signsIn(block ast.Node) *signs {
	if p.signed != block {
		p.signed, p.signs = block, signs{}
		src, lines := p.Doc.Text(), block.Lines()
		for i := range lines.Len() {
			line := lines.At(i)
			p.signs.add(src[line.Start:line.Stop])
		}
		if lines.Len() == 0 {
			for _, r := range textRuns(block) {
				p.signs.add(src[r.start:r.stop])
			}
		}
	}
	return &p.signs
}
