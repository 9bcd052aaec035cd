package site

import (
	"strconv"
	"strings"

	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Number writes a whole number as readers of the language do, with the
// digits and separators of its tag.
func (l *Language) Number(n int) string {
	return message.NewPrinter(l.Tag).Sprint(number.Decimal(n))
}

// Clock returns how long something lasts, as players show it, in the digits of Number: "2:05".
func (l *Language) Clock(seconds int) string {
	p := message.NewPrinter(l.Tag)
	return p.Sprint(number.Decimal(seconds/60, number.NoSeparator()), ":", number.Decimal(seconds%60, number.MinIntegerDigits(2)))
}

// ParseAges reads the ages of readers, "9-12". Both ends are included.
func ParseAges(text string) (b Band, ok bool) {
	from, to, _ := strings.Cut(text, "-")
	var errFrom, errTo error
	b.From, errFrom = strconv.Atoi(from)
	b.To, errTo = strconv.Atoi(to)
	return b, errFrom == nil && errTo == nil && 0 <= b.From && b.From <= b.To
}

// Aged reports whether the band is of ages: one that says none is a level.
func (b *Band) Aged() bool { return b != nil && b.To > 0 }

// Ages names a band of ages: "under 9" where it starts at birth, else "9–12".
func (l *Language) Ages(b *Band) string {
	if b.From == 0 {
		return l.Fill("ages-under", "n", l.Number(b.To+1))
	}
	return l.Fill("ages-range", "from", l.Number(b.From), "to", l.Number(b.To))
}
