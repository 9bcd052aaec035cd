// Package catalog lets translators work in programs of their trade: pages to PO or XLIFF 1.2, and back.
//
// # Units
//
// A Unit is what a translator works on at a time: a paragraph, a heading, what
// stands in one item of a list or one cell of a table, the title of a block; and
// of the front matter the title, the short title and the summary. Units come in
// the order of the page. Each has an id of its own, so that two of the same words
// stay two:
//
//	help/under-9#title
//	help/under-9#12 never/ul/li
//
// the path of the page, the number of the unit in the source page, what it is and
// in what it lies. Where a translation has more or fewer paragraphs than its source
// in a place, they are one unit, with empty lines between; where it is made of other
// parts inside a passage, the passage is one unit, as it is written.
//
// # Words
//
// Words are Markdown as it is written, without the signs of lists, quotations and
// blocks. What a translator leaves alone is a placeholder: the address of a link or
// an image, a bare address, code, a comment, the mark of a footnote, a place to
// write on. PO has them as {1}, {2} with the flag python-brace-format, for which
// programs and msgfmt look; a brace of the text is then written twice. XLIFF has
// <x id="1"/>. A translation may lack no placeholder of its source, nor have it
// twice, unless it did so before. Code in a block is a unit of its own, kind code,
// without the lines that fence it.
//
// Notes say what comments in the source say, what placeholders stand for, and what
// the glossary calls the terms in it.
//
// # States
//
//	of a unit                            PO                    XLIFF
//	without words                        msgstr ""             needs-translation
//	the source says something else now   fuzzy, #| msgid       needs-adaptation, alt-trans
//	made by nobody who said so           fuzzy                 needs-review-translation
//	translated                           no flag               translated
//	reviewed                             no flag               signed-off, approved
//
// The former words of the source (#| msgid, alt-trans) stand there when git has
// them. Read are also the other states of XLIFF: new and all that begin with needs-
// are as fuzzy is, final is as signed-off is. Who translated and who reviewed is not
// read from a file: the command says it.
package catalog

import (
	"strconv"
	"strings"
)

// State is how far a unit has come.
type State int

// The states of a unit, see the package comment.
const (
	NoWords State = iota
	Behind
	Machine
	Translated
	Reviewed
)

// Unit is what a translator works on at a time.
type Unit struct {
	ID       string
	Source   Text
	Previous Text // what the source said when it was translated, nil when it says the same or nobody knows
	Target   Text // nil for none
	State    State
	Notes    []string // what comments in the source say
	Terms    []string // what the glossary calls the terms in it

	// Where it stands, for weaving.
	key      string // of the front matter, "" for a unit of the text
	src, own []int  // leaves, or passages where it is whole
	whole    bool   // it is a passage as it is written
	was      string // words of the translation as they stand
}

// InText reports whether a unit stands in the text of its page, not in the front
// matter.
func (u *Unit) InText() bool { return u.key == "" }

// Page is the units of a page.
type Page struct {
	Path  string
	File  string // of the source page
	Blob  string // git's id of its bytes
	Units []*Unit

	OwnFile, OwnBlob string // of the translation, "" for none

	source, own *text // own is nil for none
	groups      []group
}

// Catalog is what one file holds.
type Catalog struct {
	Title          string // of the site
	Source, Target string // codes of languages
	Pages          []*Page
}

// Said is what a file that came back says of a unit.
type Said struct {
	ID             string
	Page           string // path of its page
	Blob, OwnBlob  string // of the source page and the translation, "" where the file does not say it
	Source, Target string // as Unit.Message has them
	State          State  // Behind for all that somebody has to look at
	Line           int    // of the translation in the file
}

// Text is words with placeholders.
type Text []Piece

// Piece is words, or a placeholder.
type Piece struct {
	Words string // of a placeholder: what stands there
	Place int    // its number from 1; 0 for words
	What  string // of a placeholder: address, code …
}

// String returns a text as it stands in a page.
func (t Text) String() string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Words)
	}
	return b.String()
}

// Places returns the placeholders of a text.
func (t Text) Places() (list []Piece) {
	for _, p := range t {
		if p.Place > 0 {
			list = append(list, p)
		}
	}
	return list
}

var (
	doubled = strings.NewReplacer("{", "{{", "}", "}}")
	single  = strings.NewReplacer("{{", "{", "}}", "}")
)

// Message returns a text of the unit with {1} for a placeholder and doubled braces;
// as it is, when its source has no placeholders.
func (u *Unit) Message(t Text) string {
	if len(u.Source.Places()) == 0 {
		return t.String()
	}
	var b strings.Builder
	for _, p := range t {
		if p.Place > 0 {
			b.WriteString("{" + strconv.Itoa(p.Place) + "}")
		} else {
			b.WriteString(doubled.Replace(p.Words))
		}
	}
	return b.String()
}

// parse reads what Message wrote. A number that no placeholder has is returned.
func (u *Unit) parse(message string) (t Text, unknown string) {
	places := u.Source.Places()
	if len(places) == 0 {
		return Text{{Words: message}}, ""
	}
	add := func(words string) {
		if words != "" {
			t = append(t, Piece{Words: single.Replace(words)})
		}
	}
	from := 0
	for i := 0; i < len(message); i++ {
		if message[i] != '{' {
			continue
		}
		if strings.HasPrefix(message[i:], "{{") {
			i++
			continue
		}
		name, _, closed := strings.Cut(message[i+1:], "}")
		n, err := strconv.Atoi(name)
		if !closed || err != nil || n < 1 || n > len(places) || name != strconv.Itoa(n) {
			return nil, "{" + name + "}"
		}
		add(message[from:i])
		t = append(t, places[n-1])
		from = i + len(name) + 2
		i = from - 1
	}
	add(message[from:])
	return t, ""
}

// textOf returns the words of leaves with numbered placeholders: those of a source.
func textOf(list []leaf) Text {
	n := 0
	return pieces(list, func(what, words string) int {
		n++
		return n
	})
}

// likeSource returns the words of leaves with the placeholders that a source has too.
func likeSource(list []leaf, source Text) Text {
	used := map[int]bool{}
	return pieces(list, func(what, words string) int {
		for _, p := range source.Places() {
			if p.Words == words && p.What == what && !used[p.Place] {
				used[p.Place] = true
				return p.Place
			}
		}
		return 0
	})
}

func pieces(list []leaf, number func(what, words string) int) (t Text) {
	add := func(p Piece) {
		if n := len(t); n > 0 && p.Place == 0 && t[n-1].Place == 0 {
			t[n-1].Words += p.Words
		} else if p.Words != "" {
			t = append(t, p)
		}
	}
	for i := range list {
		l := &list[i]
		if i > 0 {
			add(Piece{Words: "\n\n"})
		}
		at := 0
		for _, s := range l.spans {
			add(Piece{Words: l.words[at:s.from]})
			n := number(s.what, s.of(l))
			p := Piece{Words: s.of(l), Place: n}
			if n > 0 {
				p.What = s.what
			}
			add(p)
			at = s.to
		}
		add(Piece{Words: l.words[at:]})
	}
	return t
}
