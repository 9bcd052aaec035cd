package zim

import (
	"bytes"
	"fmt"
	"image/png"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// field is a line of what a book says of itself.
type field struct {
	name     string // in Book and in the file alike
	value    *string
	required bool
}

// fields lists the lines that are text, as https://wiki.openzim.org/wiki/Metadata
// has them.
func (b *Book) fields() []field {
	return []field{
		{"Name", &b.Name, true},
		{"Title", &b.Title, true},
		{"Description", &b.Description, true},
		{"Language", &b.Language, true},
		{"Date", &b.Date, true},
		{"Creator", &b.Creator, true},
		{"Publisher", &b.Publisher, true},
		{"License", &b.License, false},
		{"Flavour", &b.Flavour, false},
		{"Tags", &b.Tags, false},
		{"Scraper", &b.Scraper, false},
	}
}

// Problems returns what is wrong with what a book says of itself, as far as it
// shows without the entries.
func (b Book) Problems() Problems {
	var list Problems
	report := func(field, format string, args ...any) {
		list = append(list, Problem{field, fmt.Sprintf(format, args...)})
	}
	for _, f := range b.fields() {
		if f.required && strings.TrimSpace(*f.value) == "" {
			report(f.name, "is missing")
		}
	}
	if n := characters(b.Title); n > 30 {
		report("Title", "has %d characters; Kiwix has room for 30", n)
	}
	if n := characters(b.Description); n > 80 {
		report("Description", "has %d characters; Kiwix has room for 80", n)
	}
	var seen []string
	for code := range strings.SplitSeq(b.Language, ",") {
		base, err := language.ParseBase(code)
		switch {
		case b.Language == "":
		case err != nil:
			report("Language", "%q is not a code of ISO 639-3, such as eng; several have commas and no spaces between", code)
		case base.ISO3() != code:
			report("Language", "%q is not its code in ISO 639-3; that is %s", code, base.ISO3())
		case slices.Contains(seen, code):
			report("Language", "%s stands there twice", code)
		}
		seen = append(seen, code)
	}
	if _, err := time.Parse(time.DateOnly, b.Date); err != nil && b.Date != "" {
		report("Date", "%q is not a date such as 2026-11-20", b.Date)
	}
	switch {
	case len(b.Illustration.png) == 0:
		report("Illustration", "is missing: a PNG of 48 by 48 pixels")
	case b.Illustration.problem != "":
		report("Illustration", "%s", b.Illustration.problem)
	}
	if b.Main == "" {
		report("Main", "is missing: the path of the page to begin with")
	}
	return list
}

// characters counts what people call characters: a letter with its marks is one.
func characters(s string) int {
	n := 0
	for _, r := range norm.NFC.String(s) {
		if !unicode.In(r, unicode.M, unicode.Cf) {
			n++
		}
	}
	return n
}

// Picture is what a book is known by: a PNG of 48 by 48 pixels. What is wrong with it is
// found once, since all books of a site have the same.
type Picture struct {
	png     []byte
	problem string
}

// NewPicture returns the picture that data is. Check says what is wrong with it.
func NewPicture(data []byte) Picture { return Picture{data, pictureProblem(data)} }

func pictureProblem(data []byte) string {
	// Its size first: the rest of a picture may be made to fill the memory.
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err == nil && (c.Width != 48 || c.Height != 48) {
		return fmt.Sprintf("has %d by %d pixels; Kiwix wants 48 by 48", c.Width, c.Height)
	}
	if err == nil {
		_, err = png.Decode(bytes.NewReader(data))
	}
	if err != nil {
		return "is not a PNG that can be read"
	}
	return ""
}
