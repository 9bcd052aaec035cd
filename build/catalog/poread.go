package catalog

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"fieldguide/build/site"
)

// entry is an entry of a PO file.
type entry struct {
	line, strLine         int
	fuzzy, plural         bool
	context, id, str      string
	hasContext, hasString bool
	notes                 []string
}

// ReadPO reads a PO file, as programs of translators write it: lines may be broken
// anywhere; obsolete entries and those without a context are left out.
func ReadPO(file string, data []byte) (*Came, []site.Finding) {
	r := &poReader{coming: newComing(file)}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		r.find(1, "save it as UTF-8", "the file is not UTF-8")
		return r.came, r.findings
	}
	for line := range bytes.Lines(data) {
		r.n++
		r.line(strings.TrimSpace(string(line)))
	}
	r.end()
	if r.lost > 0 {
		r.find(r.lost, "programs that drop msgctxt, such as po4a's, cannot be used here; XLIFF may do: --format xliff",
			"this entry has no msgctxt, so nobody can tell where it belongs")
	}
	r.wantUnits()
	return r.came, r.findings
}

type poReader struct {
	coming
	n    int
	lost int // the line of an entry that has no context
	e    *entry
	to   *string // the text that a line goes on with
}

func (r *poReader) line(line string) {
	switch {
	case line == "":
		r.to = nil
	case strings.HasPrefix(line, "#~"):
		r.end()
	case strings.HasPrefix(line, "#"):
		if r.e == nil || r.e.hasString {
			r.begin()
		}
		switch {
		case strings.HasPrefix(line, "#,"):
			for flag := range strings.SplitSeq(line[2:], ",") {
				r.e.fuzzy = r.e.fuzzy || strings.TrimSpace(flag) == "fuzzy"
			}
		case strings.HasPrefix(line, "#."):
			r.e.notes = append(r.e.notes, strings.TrimSpace(line[2:]))
		}
	case strings.HasPrefix(line, `"`):
		if r.to == nil {
			r.find(r.n, "a text follows msgctxt, msgid or msgstr", "this text belongs to nothing")
			return
		}
		r.add(line)
	default:
		r.keyword(line)
	}
}

func (r *poReader) begin() {
	r.end()
	r.e = &entry{line: r.n}
}

func (r *poReader) keyword(line string) {
	word, rest, _ := strings.Cut(line, " ")
	if i := strings.IndexByte(word, '"'); i > 0 {
		word, rest = line[:i], line[i:]
	}
	if r.e == nil || r.e.hasString && word != "msgstr" && !strings.HasPrefix(word, "msgstr[") {
		r.begin()
	}
	e := r.e
	var ignored string
	switch {
	case word == "msgctxt":
		e.hasContext, r.to = true, &e.context
	case word == "msgid":
		r.to = &e.id
	case word == "msgstr":
		e.hasString, e.strLine, r.to = true, r.n, &e.str
	case word == "msgid_plural" || strings.HasPrefix(word, "msgstr["):
		e.plural, e.hasString, r.to = true, true, &ignored
	case word == "domain":
		r.to = &ignored
	default:
		r.find(r.n, "lines begin with #, msgctxt, msgid, msgstr or a text in quotation marks",
			"this is no line of a PO file: %.40q", line)
		r.to = nil
		return
	}
	*r.to = ""
	r.add(strings.TrimSpace(rest))
}

// add adds a text in quotation marks.
func (r *poReader) add(text string) {
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		r.find(r.n, `write it between quotation marks, and \" for one in it`, "this text has no quotation marks around it")
		return
	}
	text = text[1 : len(text)-1]
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"':
			r.find(r.n, `write \" for a quotation mark in a text`, "a quotation mark ends the text here")
			return
		case c != '\\':
			b.WriteByte(c)
			continue
		case i == len(text)-1:
			r.find(r.n, `write \\ for a backslash`, "nothing follows a backslash")
			return
		}
		i++
		switch text[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case '"', '\\':
			b.WriteByte(text[i])
		default:
			r.find(r.n, `write \\ for a backslash`, "a backslash has %q after it", text[i:i+1])
			return
		}
	}
	*r.to += b.String()
}

// end takes an entry over.
func (r *poReader) end() {
	e := r.e
	r.e, r.to = nil, nil
	if e == nil || !e.hasString {
		return
	}
	if !e.hasContext {
		switch {
		case e.id == "":
			r.header(e.str)
		case r.lost == 0:
			r.lost = e.line
		}
		return
	}
	if e.plural {
		r.find(e.line, "write its words once, after msgstr", "%s has plural forms, which no page has", e.context)
		return
	}
	if !r.isFirst(e.context, e.line) {
		return
	}
	path, _, _ := strings.Cut(e.context, "#")
	s := &Said{ID: e.context, Page: path, Source: e.id, Target: e.str, Line: e.strLine, State: Translated}
	if e.fuzzy || e.str == "" {
		s.State = Behind
	}
	for _, note := range e.notes {
		if blob, ok := strings.CutPrefix(note, blobNote); ok {
			s.Blob = blob
		}
		if blob, ok := strings.CutPrefix(note, ownBlobNote); ok {
			s.OwnBlob = blob
		}
	}
	r.came.Units = append(r.came.Units, s)
}

// header reads what a file says of itself.
func (r *poReader) header(text string) {
	for line := range strings.Lines(text) {
		if code, ok := strings.CutPrefix(line, "Language:"); ok {
			r.came.Target = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(code), "_", "-"))
		}
	}
}
