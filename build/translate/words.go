package translate

import "unicode"

// Part is words that stayed (Sign 0), went (-) or came (+).
type Part struct {
	Sign byte
	Text string
}

// Went reports whether the words are gone.
func (p Part) Went() bool { return p.Sign == '-' }

// Came reports whether the words are new.
func (p Part) Came() bool { return p.Sign == '+' }

// mostCompared bounds how many pairs of words are compared: longer texts are
// shown one after the other.
const mostCompared = 4_000_000

// CompareWords compares two texts word by word; what has no spaces between words,
// letter by letter.
func CompareWords(old, now string) (parts []Part) {
	a, b := tokens(old), tokens(now)
	if len(a)*len(b) > mostCompared {
		return []Part{{'-', old}, {'+', now}}
	}
	length := make([][]int32, len(a)+1)
	for i := range length {
		length[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	add := func(sign byte, text string) {
		if n := len(parts); n > 0 && parts[n-1].Sign == sign {
			parts[n-1].Text += text
		} else {
			parts = append(parts, Part{sign, text})
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(0, b[j])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && length[i+1][j] >= length[i][j+1]:
			add('-', a[i])
			i++
		default:
			add('+', b[j])
			j++
		}
	}
	return parts
}

// tokens cuts a text into words, the white space between them, and other signs.
func tokens(text string) (list []string) {
	kind := func(r rune) int {
		switch {
		case unicode.IsSpace(r):
			return 1
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
			unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			return 0
		case unicode.In(r, unicode.L, unicode.M, unicode.N):
			return 2
		}
		return 0
	}
	last := 0
	for _, r := range text {
		k := kind(r)
		if k == 0 || k != last {
			list = append(list, "")
		}
		list[len(list)-1] += string(r)
		last = k
	}
	return list
}
