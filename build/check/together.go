package check

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
)

// listSign is a sign that people number or mark lines with, and that begins no item here. Two lines that begin with it
// are a list for who wrote them and run together for readers.
type listSign struct {
	sign   *regexp.Regexp
	counts bool // the second line has the next number; of others it has another sign
	same   bool // the second line has the same sign, or one of its kind
}

var listSigns = []listSign{
	{sign: regexp.MustCompile(`^[（(]?([0-9]{1,3})(?:[.)、．）°-])(?:[^0-9]|$)`), counts: true},
	{sign: regexp.MustCompile(`^([①-⑳⑴-⒇➀-➓])`)},
	{sign: regexp.MustCompile(`^[（(]?([一二三四五六七八九十]{1,3})[、.)．）]`)},
	{sign: regexp.MustCompile(`^[（(]?(\pL)[)）]\s`)},
	{sign: regexp.MustCompile(`^([ivx]{1,4}|[IVX]{1,4})[.)]\s`)},
	{sign: regexp.MustCompile(`^([–—])`), same: true},
	{sign: regexp.MustCompile(`^(-)(?:[ \t]+\S|\pL\pL+|\p{Lo}+|\*\*\pL|\[\pL)`), same: true},
	{sign: regexp.MustCompile(`^(\*)(?:[ \t]+\S|\pL)[^*\n]*\n?$`), same: true},
	{sign: regexp.MustCompile(`^(\.{1,5})[ \t]`), same: true},
	{sign: regexp.MustCompile(`^([・✓✔✗✘✅❌☐☑☒□■➢➣➤▶►▸◆◇○●])`), same: true},
}

// together names a line that begins as the one above it does, with a sign of lists that is none here.
func (p *Pass) together(block ast.Node) {
	src, lines := p.Doc.Text(), block.Lines()
	for i := 1; i < lines.Len(); i++ {
		first, second := lines.At(i-1), lines.At(i)
		above, line := first.Value(src), second.Value(src)
		if item := block.Parent(); i == 1 && item.Kind() == ast.KindListItem && item.FirstChild() == block {
			above = src[item.Pos():first.Stop] // with its sign
		}
		if !mayBeginItem(line) || !mayBeginItem(above) || breaksLine(above) {
			continue
		}
		for _, l := range listSigns {
			a, b := l.sign.FindSubmatch(above), l.sign.FindSubmatch(line)
			if a == nil || b == nil {
				continue
			}
			if one, _ := strconv.Atoi(string(a[1])); l.counts && string(b[1]) != strconv.Itoa(one+1) ||
				!l.counts && !l.same && bytes.Equal(a[1], b[1]) {
				continue
			}
			p.Report(site.Error, second.Start, `write an empty line above the first and - or 1. and a space before each, `+
				`or end the line above with \ to keep the two apart`,
				"%.12q begins no line for readers: it goes on in the line above", bytes.TrimSpace(b[0]))
			return
		}
	}
}

// mayBeginItem reports whether a line may begin with a sign of listSigns: most do not, and need no closer look.
func mayBeginItem(line []byte) bool {
	if len(line) < 3 {
		return false
	}
	switch c := line[0]; {
	case c >= '0' && c <= '9', c == '(', line[1] == ')', line[1] == '.', c == '-', c == '*', c == '.':
		return true
	case c|0x20 == 'i' || c|0x20 == 'v' || c|0x20 == 'x':
		return bytes.IndexByte(line[:min(len(line), 5)], '.') > 0 || bytes.IndexByte(line[:min(len(line), 5)], ')') > 0
	case c < utf8.RuneSelf:
		return false
	case c < 0xE0: // a letter of two bytes
		return line[2] == ')' || bytes.HasPrefix(line[2:], []byte("）"))
	}
	return line[0] <= 0xE3 || bytes.HasPrefix(line, []byte("（")) || bytes.ContainsAny(line[:min(len(line), 12)], "、．.)）")
}

// breaksLine reports whether a line ends as one that is broken there.
func breaksLine(line []byte) bool {
	return bytes.HasSuffix(line, []byte("  \n")) || bytes.HasSuffix(line, []byte("\\\n"))
}
