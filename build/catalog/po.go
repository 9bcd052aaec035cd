package catalog

import (
	"bytes"
	"fmt"
	"strings"
)

// PO returns a catalog as gettext has it, see
// https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html. Lines are
// broken where the text has them.
func (c *Catalog) PO() []byte {
	var b bytes.Buffer
	b.WriteString("# " + strings.Join(strings.Fields(c.Title), " ") + "\n#\nmsgid \"\"\nmsgstr \"\"\n")
	for _, line := range []string{
		"Project-Id-Version: " + strings.Join(strings.Fields(c.Title), " "),
		"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE", "Last-Translator: FULL NAME <EMAIL@ADDRESS>", "Language-Team: none",
		"Language: " + strings.ReplaceAll(c.Target, "-", "_"), "MIME-Version: 1.0",
		"Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit",
		"X-Source-Language: " + c.Source, "X-Generator: fieldguide"} {
		b.WriteString(poQuoted(line+"\n") + "\n")
	}
	for _, p := range c.Pages {
		for i, u := range p.Units {
			b.WriteByte('\n')
			var notes []string
			if i == 0 {
				notes = append(notes, blobNote+p.Blob)
				if p.OwnBlob != "" {
					notes = append(notes, ownBlobNote+p.OwnBlob)
				}
			}
			for _, place := range u.Source.Places() {
				notes = append(notes, fmt.Sprintf("{%d} = %s", place.Place, place.Words))
			}
			for _, note := range append(append(notes, u.Terms...), u.Notes...) {
				b.WriteString("#. " + strings.Join(strings.Fields(note), " ") + "\n")
			}
			b.WriteString("#: " + p.File + "\n")
			var flags []string
			if u.State == Behind || u.State == Machine {
				flags = append(flags, "fuzzy")
			}
			if n := len(u.Source.Places()); n > 0 && (u.Target.String() == "" || len(u.Target.Places()) == n) {
				flags = append(flags, "python-brace-format")
			}
			if isCode(u) || u.whole {
				flags = append(flags, "no-wrap")
			}
			if len(flags) > 0 {
				b.WriteString("#, " + strings.Join(flags, ", ") + "\n")
			}
			if u.Previous != nil {
				for line := range strings.Lines(poField("msgid", u.Message(u.Previous))) {
					b.WriteString("#| " + line)
				}
			}
			b.WriteString(poField("msgctxt", u.ID))
			b.WriteString(poField("msgid", u.Message(u.Source)))
			b.WriteString(poField("msgstr", u.Message(u.Target)))
		}
	}
	return b.Bytes()
}

// What stands before the git blob ids of a source page and its translation.
const (
	blobNote    = "source page: git blob "
	ownBlobNote = "translation: git blob "
)

// poField writes a keyword with its text, line by line.
func poField(keyword, text string) string {
	if !strings.Contains(strings.TrimSuffix(text, "\n"), "\n") {
		return keyword + " " + poQuoted(text) + "\n"
	}
	var b strings.Builder
	b.WriteString(keyword + " \"\"\n")
	for line := range strings.Lines(text) {
		b.WriteString(poQuoted(line) + "\n")
	}
	return b.String()
}

var poEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

func poQuoted(text string) string { return `"` + poEscapes.Replace(text) + `"` }
