package markdown

import "bytes"

// FurtherIn returns how many columns a place in a text stands further in on its line than another one on its own; 0
// where a tab makes that uncertain.
func FurtherIn(text []byte, place, than int) int {
	column := func(pos int) int { return pos - 1 - bytes.LastIndexByte(text[:pos], '\n') }
	a, b := column(place), column(than)
	if bytes.IndexByte(text[place-a:place], '\t') >= 0 || bytes.IndexByte(text[than-b:than], '\t') >= 0 {
		return 0
	}
	return a - b
}
