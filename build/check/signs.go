package check

import (
	"bytes"
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

// mayHold reports whether all bytes of one of some characters stand in the text. It errs for characters of several
// bytes only, and never says no where one stands.
func (s *signs) mayHold(any string) bool {
	return s.hold(any, func(string) bool { return true })
}

// in reports whether one of some characters stands in a text that has these signs.
func (s *signs) in(text []byte, any string) bool {
	return s.hold(any, func(sign string) bool { return bytes.Contains(text, []byte(sign)) })
}

func (s *signs) hold(any string, sure func(sign string) bool) bool {
next:
	for i, n := 0, 1; i < len(any); i += n {
		if n = 1; any[i] < utf8.RuneSelf {
			if s[any[i]] {
				return true
			}
			continue
		}
		_, n = utf8.DecodeRuneInString(any[i:])
		for j := i; j < i+n; j++ {
			if !s[any[j]] {
				continue next
			}
		}
		if sure(any[i : i+n]) {
			return true
		}
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
