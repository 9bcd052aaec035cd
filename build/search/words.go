package search

import (
	"unicode/utf8"

	"fieldguide/build/letters"
)

// longest is how many characters of a word are looked at.
const longest = 30

// A token is one thing that a text can be found by, beside its word.
type token struct {
	dense bool // characters of a script without spaces: a pair, or the last of a run
	end   bool // the text ends with it: it may go on
	alone bool // a single dense character that is no pair
}

// eachToken splits text into words and, where a script writes without
// spaces, into overlapping pairs of characters. The last character of a run
// also stands alone, so that every single one begins some token. The words
// share memory that the next call may use again.
func eachToken(buf []byte, text string, f func(word []byte, t token)) []byte {
	buf = letters.AppendFolded(buf[:0], text)
	eachFolded(buf, f)
	return buf
}

// eachFolded is eachToken for text that is folded.
func eachFolded(buf []byte, f func(word []byte, t token)) {
	for from := 0; from < len(buf); {
		if buf[from] == ' ' {
			from++
			continue
		}
		first, size := utf8.DecodeRune(buf[from:])
		if letters.IsDense(first) {
			from = eachPair(buf, from, f)
			continue
		}
		to, signs, cut := from, 0, 0
		for to < len(buf) && buf[to] != ' ' {
			r := rune(buf[to])
			if size = 1; r >= utf8.RuneSelf {
				if r, size = utf8.DecodeRune(buf[to:]); letters.IsDense(r) {
					break
				}
			}
			if signs++; signs == longest {
				cut = to + size
			}
			to += size
		}
		if cut == 0 {
			cut = to
		}
		f(buf[from:cut], token{end: to == len(buf)})
		from = to
	}
}

// eachPair handles a run of dense characters and returns where it ends.
func eachPair(buf []byte, from int, f func(word []byte, t token)) int {
	for start := from; ; from = start {
		_, size := utf8.DecodeRune(buf[from:])
		next, nextSize := utf8.DecodeRune(buf[from+size:])
		isLast := from+size == len(buf) || !letters.IsDense(next)
		if isLast {
			f(buf[from:from+size], token{dense: true, alone: true, end: from+size == len(buf)})
			return from + size
		}
		f(buf[from:from+size+nextSize], token{dense: true, end: from+size+nextSize == len(buf)})
		start = from + size
	}
}

// farthest is how far apart two signs of a word can stand that are looked for
// together: 网暴 is 网络暴力 to those who type it.
const farthest = 3

// eachApart calls f with each two dense characters of a run that stand apart,
// in what is folded.
func eachApart(buf []byte, f func(pair []byte)) {
	var last [farthest + 1]rune // a ring; 0 where the run had not begun
	var pair [2 * utf8.UTFMax]byte
	for at, n := 0, 0; at < len(buf); n++ {
		r, size := utf8.DecodeRune(buf[at:])
		at += size
		if !letters.IsDense(r) {
			last = [farthest + 1]rune{}
			continue
		}
		for apart := 2; apart <= farthest; apart++ {
			if before := last[(n+len(last)-apart)%len(last)]; before != 0 {
				f(utf8.AppendRune(utf8.AppendRune(pair[:0], before), r))
			}
		}
		last[n%len(last)] = r
	}
}

// compareKeys orders words as JavaScript does, by UTF-16 code units: as bytes,
// but U+E000 to U+FFFF come last.
func compareKeys(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return unit(a[i]) - unit(b[i])
		}
	}
	return len(a) - len(b)
}

func unit(b byte) int {
	if b == 0xEE || b == 0xEF {
		return int(b) + 0x100
	}
	return int(b)
}
