package letters

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Seen remembers which characters texts are written with: of those of scripts only
// their blocks of 256. The zero value has seen nothing.
type Seen struct {
	blocks [256]bool     // r>>8
	signs  map[rune]bool // see isSign
}

// isSign reports whether a character stands among signs, which few people type: ℡ and ⅓
// do, and all beyond U+FFFF. One of them tells nothing of its neighbours.
func isSign(r rune) bool { return r >= 0x2070 && r < 0x2C00 || r > 0xFFFF }

// See takes in a text, which is UTF-8.
func (s *Seen) See(text string) {
	for i, n := 0, 0; i < len(text); i += n {
		switch c := text[i]; {
		case c < utf8.RuneSelf:
			s.blocks[0], n = true, 1
		case c < 0xE0: // two bytes; 0xE2 may begin a sign
			s.blocks[c&0x1F>>2], n = true, 2
		case c < 0xF0 && c != 0xE2 && i+1 < len(text):
			s.blocks[c<<4|text[i+1]&0x3F>>2], n = true, 3
		default:
			var r rune
			if r, n = utf8.DecodeRuneInString(text[i:]); isSign(r) {
				s.seeSign(r)
			}
			if r <= 0xFFFF {
				s.blocks[r>>8] = true
			}
		}
	}
}

func (s *Seen) seeSign(r rune) {
	if s.signs == nil {
		s.signs = map[rune]bool{}
	}
	s.signs[r] = true
}

// Sample returns a text that shows all that was seen: See of it gives the same.
func (s *Seen) Sample() string {
	var sample []rune
	for i, seen := range s.blocks {
		if first := rune(i) << 8; seen && !isSign(first) { // signs show their own blocks
			sample = append(sample, first)
		}
	}
	return string(append(sample, slices.Sorted(maps.Keys(s.signs))...))
}

// Add takes in what another has seen.
func (s *Seen) Add(other *Seen) {
	for i, b := range other.blocks {
		s.blocks[i] = s.blocks[i] || b
	}
	for r := range other.signs {
		s.seeSign(r)
	}
}

// Table is Fold for a browser: pairs of a text and of the characters that
// become it. It covers every character that shares its block with one that was
// seen, with ASCII, with accents or with common punctuation, and the full-width
// forms of ASCII, but for those that become signs beyond ASCII of which none is in used,
// and for signs that become letters or digits and were not seen themselves.
// Characters that are not in it stay as they are, except that those beyond
// U+FFFF separate words unless they are named.
func (s *Seen) Table(used map[rune]bool) []string {
	sources := map[string][]rune{}
	add := func(r rune) {
		if to := FoldRune(r); to != string(r) || r > 0xFFFF {
			sources[to] = append(sources[to], r)
		}
	}
	for i, seen := range s.blocks {
		if (seen || i == 0 || i == 0x03 || i == 0x20) && (i < 0x34 || i >= 0xF9) {
			for r := rune(i) << 8; r < rune(i+1)<<8; r++ {
				if letter := strings.Trim(FoldRune(r), " ") != ""; isSign(r) && letter && !s.signs[r] {
					continue
				}
				if unicode.IsGraphic(r) || unicode.IsSpace(r) || dropped(r) {
					add(r)
				}
			}
		}
	}
	if !s.blocks[0xFF] {
		for r := rune(0xFF01); r <= 0xFF5E; r++ {
			add(r)
		}
	}
	for r := range s.signs {
		if r > 0xFFFF && FoldRune(r) != " " {
			add(r)
		}
	}
	vain := func(to string, _ []rune) bool {
		return strings.Trim(to, " ") != "" && !strings.ContainsFunc(to, func(r rune) bool { return r < 0x80 || used[r] })
	}
	maps.DeleteFunc(sources, vain)
	var table []string
	for _, to := range slices.Sorted(maps.Keys(sources)) {
		slices.SortFunc(sources[to], cmp.Compare)
		table = append(table, to, string(sources[to]))
	}
	return table
}
