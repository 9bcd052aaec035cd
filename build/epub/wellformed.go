package epub

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// wellFormed returns why markup is not XML: reading programs for e-books show
// nothing of a document that is not. It looks at what HTML is free with:
// elements that are not closed in order, attributes without value or quotes,
// and names of characters that XML does not know.
func wellFormed(markup []byte) error {
	if at := bytes.IndexFunc(markup, unknownToXML); at >= 0 || !utf8.Valid(markup) {
		return fmt.Errorf("a character that XML does not have, near %.20q", markup[max(at, 0):])
	}
	var open [][]byte
	for {
		text, rest, isTag := bytes.Cut(markup, []byte("<"))
		if err := knownReferences(text); err != nil {
			return err
		}
		if bytes.Contains(text, []byte("]]>")) {
			return fmt.Errorf("]]> is written as ]]&gt;")
		}
		if !isTag {
			if len(open) > 0 {
				return fmt.Errorf("<%s> is not closed", open[len(open)-1])
			}
			return nil
		}
		t, err := readTag(rest)
		switch {
		case err != nil:
			return err
		case t.shuts && (len(open) == 0 || !bytes.Equal(open[len(open)-1], t.name)):
			return fmt.Errorf("</%s> closes nothing", t.name)
		case t.shuts:
			open = open[:len(open)-1]
		case !t.closed:
			open = append(open, t.name)
		}
		markup = t.rest
	}
}

// unknownToXML reports whether no XML can hold r.
func unknownToXML(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r == '\uFFFE' || r == '\uFFFF'
}

// element is a tag and what follows it.
type element struct {
	name          []byte
	shuts, closed bool // </name>, <name/>
	rest          []byte
}

// readTag reads a tag whose < has been read.
func readTag(s []byte) (t element, err error) {
	if bytes.HasPrefix(s, []byte("/")) {
		t.shuts, s = true, s[1:]
	}
	end := bytes.IndexAny(s, " \t\n/>")
	if end <= 0 || !isName(string(s[:end])) {
		return t, fmt.Errorf("there is no element <%.20s", s)
	}
	t.name, s = s[:end], s[end:]
	var taken [][]byte
	for {
		spaced := len(s)
		s = bytes.TrimLeft(s, " \t\n")
		switch {
		case bytes.HasPrefix(s, []byte(">")):
			t.rest = s[1:]
			return t, nil
		case bytes.HasPrefix(s, []byte("/>")) && !t.shuts:
			t.closed, t.rest = true, s[2:]
			return t, nil
		}
		key, value, ok := bytes.Cut(s, []byte(`="`))
		if !ok || t.shuts || !isAttribute(key) || spaced == len(s) {
			return t, fmt.Errorf("attributes of <%s> are written as name=\"value\"", t.name)
		}
		value, s, ok = bytes.Cut(value, []byte(`"`))
		if !ok || bytes.IndexByte(value, '<') >= 0 {
			return t, fmt.Errorf("a value of <%s> does not end", t.name)
		}
		if slices.ContainsFunc(taken, func(k []byte) bool { return bytes.Equal(k, key) }) {
			return t, fmt.Errorf("<%s> has the attribute %s twice", t.name, key)
		}
		taken = append(taken, key)
		if err := knownReferences(value); err != nil {
			return t, err
		}
	}
}

// isAttribute reports whether key names an attribute: one of XML's own, such
// as xml:lang, or one without a namespace.
func isAttribute(key []byte) bool {
	key, _ = bytes.CutPrefix(key, []byte("xml:"))
	return isName(string(key))
}

// knownReferences wants character references that XML knows.
func knownReferences(text []byte) error {
	for {
		_, after, ok := bytes.Cut(text, []byte("&"))
		if !ok {
			return nil
		}
		name, rest, ends := bytes.Cut(after, []byte(";"))
		switch string(name) {
		case "amp", "lt", "gt", "quot", "apos":
		default:
			if r := html.UnescapeString("&" + string(name) + ";"); !ends || len(name) < 2 || name[0] != '#' || utf8.RuneCountInString(r) != 1 || strings.ContainsFunc(r, unknownToXML) {
				return fmt.Errorf("XML does not know &%.20s", after)
			}
		}
		text = rest
	}
}
