package search

// doc is a page or a term of the glossary.
type doc struct {
	path, title, way, text string
	levels                 map[string]uint8 // how much the doc is about a word, 1 to 63
	blocks                 [256]bool        // r>>8 of its characters
	astral                 map[rune]bool    // its characters beyond U+FFFF
}

// class is where in a page a word stands; its value is the least level that
// it gives.
type class int

const (
	classText    class = 0
	classTerm    class = 16
	classHeading class = 24
	classTitle   class = 40
)

// tally is what one doc says of one word.
type tally struct {
	class class
	cover int // share of the title or heading, in eighths
	times int
}

// count works out the levels: by the best place of the word, by how much of
// that place it is, and by how often it comes for the length of the text.
func (d *doc) count(buf []byte, title class, headings []string) []byte {
	tallies := make(map[string]*tally, 256)
	length := 0
	read := func(c class, text string) {
		d.note(text)
		words := 0
		if c != classText {
			buf = eachToken(buf, text, func(_ []byte, t token) { words++ })
		}
		one := func(word []byte) {
			t := tallies[string(word)]
			if t == nil {
				t = &tally{}
				tallies[string(word)] = t
			}
			switch {
			case c == classText:
				t.times++
			case c > t.class:
				t.class, t.cover = c, max(1, 8/words)
			case c == t.class:
				t.cover = min(8, t.cover+max(1, 8/words))
			}
		}
		buf = eachToken(buf, text, func(word []byte, t token) {
			length++
			one(word)
			if !t.dense {
				if b := bare(string(word)); len(b) < len(word) {
					one([]byte(b))
				}
			}
		})
	}
	read(title, d.title)
	for _, h := range headings {
		read(classHeading, h)
	}
	read(classText, d.text)
	d.levels = make(map[string]uint8, len(tallies))
	for word, t := range tallies {
		d.levels[word] = t.level(length)
	}
	return buf
}

func (t *tally) level(length int) uint8 {
	often := 12 * t.times / (t.times + 1 + length/200) // 0 to 11
	switch t.class {
	case classText:
		return uint8(1 + often)
	case classTerm:
		return uint8(16 + t.cover - 1)
	}
	return uint8(int(t.class) + t.cover + often/2)
}

// note remembers which characters the doc is written with.
func (d *doc) note(text string) {
	for _, r := range text {
		if r < 0x10000 {
			d.blocks[r>>8] = true
			continue
		}
		if d.astral == nil {
			d.astral = map[rune]bool{}
		}
		d.astral[r] = true
	}
}
