package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fieldguide/build/site"

	"github.com/yuin/goldmark/util"
)

// unknownReference names a character reference that no character has, as &nbps;. One behind a letter may be a name with
// an & before a semicolon (R&D;), unless it is nearly a reference.
func (p *Pass) unknownReference(pos int, written string) {
	name := strings.Trim(written, "&;")
	hint := `write the character itself; to show what stands here, write \&`
	before, _ := utf8.DecodeLastRune(p.Doc.Text()[:pos])
	switch near := nearReference(name); {
	case near != "":
		hint = fmt.Sprintf("did you mean &%s; ?", near)
	case name[0] != '#' && (len(name) < 3 || startsWithLetter(string(before))):
		return
	}
	p.Report(site.Error, pos, hint, "%s stands for no character, and readers see it as it is", written)
}

// nearReference returns the name of a reference that differs from name by one letter, or by two that have changed
// places, and stands for a letter or a sign that texts commonly hold; "" when there is none.
func nearReference(name string) string {
	if len(name) < 3 || len(name) > 12 || name[0] == '#' {
		return ""
	}
	isCommon := func(near string) bool {
		e, known := util.LookUpHTML5EntityByName(near)
		if !known {
			return false
		}
		r, _ := utf8.DecodeRune(e.Characters)
		return r < 0x180 || r >= 0x2000 && r < 0x2070 || r == '€' || r == '™'
	}
	const small = "abcdefghijklmnopqrstuvwxyz"
	for i := 1; i < len(name); i++ {
		if near := name[:i-1] + name[i:i+1] + name[i-1:i] + name[i+1:]; isCommon(near) {
			return near
		}
	}
	for i := 0; i <= len(name); i++ {
		for _, c := range small {
			if near := name[:i] + string(c) + name[i:]; isCommon(near) {
				return near
			}
		}
	}
	for i := range name {
		if near := name[:i] + name[i+1:]; len(near) > 2 && isCommon(near) {
			return near
		}
		for _, c := range small {
			if near := name[:i] + string(c) + name[i+1:]; len(near) > 2 && isCommon(near) {
				return near
			}
		}
	}
	return ""
}
