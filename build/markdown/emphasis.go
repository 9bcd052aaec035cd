package markdown

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphases are *emphasis*, **bold** and ~~struck~~ text. They open and close
// by CommonMark's rule of flanking with what writers in scripts that set no
// space between words need of it: a letter of such a script beside a sign does
// what a space does, so that **词（word）**词 and **100%**的 are bold; a sign
// before a closing bracket or a stop opens nothing and one after an opening
// bracket closes nothing; and 3*5 is a product. Only two tildes strike text
// out: one stands between numbers, 3~5.
type emphases struct{}

func (emphases) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(emphases{}, 500)))
	register(m, map[ast.NodeKind]renderer.NodeRendererFunc{extast.KindStrikethrough: renderStrike})
}

func (emphases) Trigger() []byte { return []byte{'*', '_', '~'} }

func (emphases) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	sign, n := line[0], 1
	for n < len(line) && line[n] == sign {
		n++
	}
	var processor parser.DelimiterProcessor = emphasisSigns{}
	if sign == '~' {
		if n != 2 || before == '~' {
			return nil
		}
		processor = strikeSigns{}
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	opens, closes := flanks(before, after)
	if sign == '_' {
		opens, closes = opens && (!closes || util.IsPunctRune(before)), closes && (!opens || util.IsPunctRune(after))
	}
	if n == 1 && unicode.IsDigit(before) && unicode.IsDigit(after) {
		opens, closes = false, false
	}
	opens, closes = opens && !ends(after), closes && !begins(before)
	if n == 1 && !opens && !closes {
		return nil // an ordinary letter, as in user_name
	}
	d := parser.NewDelimiter(opens, closes, n, sign, processor)
	d.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(d)
	return d
}

// flanks reports whether a sign between two characters flanks what follows
// and what stands before.
func flanks(before, after rune) (left, right bool) {
	apart := func(r rune) bool { return util.IsPunctRune(r) && !Unspaced(r) }
	free := func(r rune) bool { return util.IsSpaceRune(r) || util.IsPunctRune(r) || Unspaced(r) }
	return !util.IsSpaceRune(after) && (!apart(after) || free(before)),
		!util.IsSpaceRune(before) && (!apart(before) || free(after))
}

// Unspaced reports whether r belongs to a script that sets no space between
// words or, as Arabic and Hebrew do, none after short ones.
func Unspaced(r rune) bool {
	return r > '\u0590' && (util.IsEastAsianWideRune(r) || joins(r) || unicode.In(r, unicode.Arabic, unicode.Hebrew,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan))
}

// ends reports whether r closes something or ends a sentence or a part of one.
func ends(r rune) bool {
	return unicode.Is(unicode.Pe, r) || strings.ContainsRune("，。、；：！？،؛؟", r)
}

// begins reports whether r opens a bracket.
func begins(r rune) bool { return unicode.Is(unicode.Ps, r) && r != '„' && r != '‚' }

// emphasisSigns and strikeSigns make nodes of two signs that belong together.
type (
	emphasisSigns struct{ sameSign }
	strikeSigns   struct{ sameSign }
)

func (emphasisSigns) OnMatch(n int) ast.Node { return ast.NewEmphasis(n) }

func (strikeSigns) OnMatch(int) ast.Node { return extast.NewStrikethrough() }

type sameSign struct{}

func (sameSign) IsDelimiter(byte) bool { return true }

func (sameSign) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func renderStrike(bw util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		bw.(*Writer).raw("<del>")
	} else {
		bw.(*Writer).raw("</del>")
	}
	return ast.WalkContinue, nil
}
