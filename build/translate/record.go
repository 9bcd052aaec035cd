// Package translate knows from which text each translation was made, and what has changed since.
//
// # The record
//
// content/<language>/records.txt says of each translated page which state of
// its source page it was made from. The tool writes it, sorted by path:
//
//	children/index
//	\t3f0c…e1 translated by=Amina_K. on=2026-11-28 title=9a1c22f0 summary=… h2=… p=… ul3=…
//
// that is a line with the path, and a line below it with the git blob id of the
// source file (of its form with LF line ends, so that a checkout with CRLF is
// the same), how far the translation has come, who said so and when, the date
// that the source page gave of its last change, and for each passage of the source its kind and the short hash of its words. An
// underscore in a name stands for a space. Because a path stands between two
// records, changes to two pages merge, also when they are neighbours.
//
//	machine      made by a machine, or by nobody who said so
//	translated   a person answers for it
//	reviewed     a second person has read it
//
// Nobody is named who did not say so. A translation without a record is of an
// unknown state; a record that cannot be read is a finding, and as if it were
// not there. free=yes stands with a translation that has other passages than its
// source on purpose. A passage whose hash has an exclamation mark after it is
// withdrawn: its translation is shown to nobody until it is in step again.
//
// # The state
//
// Of says what a translation and its source page have to do with each other
// today. What the source has changed since is staleness: a state, never an
// error.
package translate

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"fieldguide/build/markdown"
	"fieldguide/build/site"
)

// RecordsFile is the name of a language's records below its folder.
const RecordsFile = "records.txt"

// RecordsPath returns where the records of a language are, below the site's folder.
func RecordsPath(lang *site.Language) string { return "content/" + lang.Code + "/" + RecordsFile }

// Stages are how far a translation may have come, the least first.
var Stages = []string{"machine", "translated", "reviewed"}

// Record says from which state of its source page a translation was made.
type Record struct {
	Blob     string // git's id of the source file, 40 hexadecimal digits
	Stage    string // one of Stages
	By       string // who said so, "" for nobody
	On       string // when, YYYY-MM-DD; "" for unknown
	Updated  string // the date that the source page gave of its last change; "" for none
	Free     bool   // the translation has other passages than its source, and is right so
	Passages []Said // of the source: first title, short and summary, then the passages of its text
}

// Said is a passage as a record has it.
type Said struct {
	Kind, Hash string // as markdown.Passage has them
	Withdrawn  bool
}

// Blob returns the id that git gives a file with this content, of its form with
// LF line ends.
func Blob(content []byte) string {
	content = []byte(strings.ReplaceAll(string(content), "\r\n", "\n"))
	h := sha1.New()
	fmt.Fprintf(h, "blob %d\x00", len(content))
	h.Write(content)
	return hex.EncodeToString(h.Sum(nil))
}

// PassagesOf returns what a record says of a source page.
func PassagesOf(p *site.Page, doc *markdown.Doc) []Said {
	text := passages(doc)
	list := slices.Grow(wordsOf(p), len(text))
	for i := range text {
		list = append(list, Said{Kind: text[i].Kind, Hash: text[i].Hash()})
	}
	return list
}

// CountOf returns how many passages PassagesOf has.
func CountOf(p *site.Page, doc *markdown.Doc) int {
	n := len(passages(doc))
	for _, text := range []string{p.Title, p.Short, p.Summary} {
		if text != "" {
			n++
		}
	}
	return n
}

// wordsOf returns what a record says of the front matter of a source page.
func wordsOf(p *site.Page) (list []Said) {
	for _, word := range []struct{ kind, text string }{{"title", p.Title}, {"short", p.Short}, {"summary", p.Summary}} {
		if word.text != "" {
			list = append(list, Said{Kind: word.kind, Hash: markdown.HashOf(word.text)})
		}
	}
	return list
}

// FrontKeys are the keys of the front matter that hold words, in their order. A record has them as the kinds of its
// first passages.
var FrontKeys = []string{"title", "short", "summary"}

// InFront reports whether a passage stands in the front matter.
func (s Said) InFront() bool { return slices.Contains(FrontKeys, s.Kind) }

// Withdraw returns the record with passages of its text withdrawn, by their numbers
// from 0.
func (r *Record) Withdraw(numbers []int) *Record {
	with := *r
	with.Passages = slices.Clone(r.Passages)
	text := body(with.Passages)
	for _, i := range numbers {
		text[i].Withdrawn = true
	}
	return &with
}

// Records are those of a language, by path.
type Records map[string]*Record

// Line returns a record as it stands in the file, without the path above it.
func (r *Record) Line() string {
	parts := []string{r.Blob, r.Stage}
	for _, said := range []struct{ key, value string }{{"by", r.By}, {"on", r.On}, {"updated", r.Updated}} {
		if said.value != "" {
			parts = append(parts, said.key+"="+strings.Join(strings.Fields(said.value), "_"))
		}
	}
	if r.Free {
		parts = append(parts, "free=yes")
	}
	for _, p := range r.Passages {
		part := p.Kind + "=" + p.Hash
		if p.Withdrawn {
			part += "!"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

// head is what the file says of itself.
const head = "# What each page was translated from: written by fieldguide, see its command sync.\n"

// Format returns the file that holds the records.
func (rs Records) Format() []byte {
	var b strings.Builder
	b.WriteString(head)
	for _, path := range rs.Paths() {
		b.WriteString(path + "\n\t" + rs[path].Line() + "\n")
	}
	return []byte(b.String())
}

// Paths returns the paths that have a record, sorted.
func (rs Records) Paths() []string {
	var list []string
	for path := range rs {
		list = append(list, path)
	}
	slices.Sort(list)
	return list
}

// hint is the way out of every damaged record.
const hint = "run `fieldguide sync --from-git`, which makes records again from what git knows; until then the page " +
	"counts as unknown"

// Parse reads the records in a file. What cannot be read comes back as
// findings, one for each page, and the page has no record.
func Parse(file string, text []byte) (Records, []site.Finding) {
	rs := Records{}
	var findings []site.Finding
	lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	find := func(i int, format string, args ...any) {
		findings = append(findings, site.Place{File: file, Line: i + 1, Col: 1}.Find(site.Warning, "records", hint, format, args...))
	}
	path, torn := "", false // torn: within what git could not merge
	for i, line := range lines {
		mark, isMark := conflictMark(line)
		switch {
		case isMark:
			if mark == '<' {
				find(i, "two people's records were not merged here")
			}
			torn = mark != '>'
			path = ""
		case torn && !strings.HasPrefix(line, "\t") && line != "":
			delete(rs, line)
		case torn, strings.TrimSpace(line) == "", strings.HasPrefix(line, "#"):
		case !strings.HasPrefix(line, "\t"):
			if path != "" {
				find(i-1, "the page %s has no record below it", path)
			}
			path = line
		case path == "":
			find(i, "this record has no path above it")
		default:
			record, problem := parseLine(line[1:])
			switch {
			case problem != "":
				find(i, "the record of %s %s", path, problem)
			case rs[path] != nil:
				find(i, "the page %s has two records", path)
				delete(rs, path)
			default:
				rs[path] = record
			}
			path = ""
		}
	}
	if path != "" {
		find(len(lines)-1, "the page %s has no record below it", path)
	}
	return rs, findings
}

// conflictMark returns the sign of a line that git leaves where it could not merge.
func conflictMark(line string) (sign byte, ok bool) {
	for _, sign := range "<|=>" {
		if mark := strings.Repeat(string(sign), 7); line == mark || strings.HasPrefix(line, mark+" ") {
			return byte(sign), true
		}
	}
	return 0, false
}

// parseLine reads what Line wrote, or says what is wrong with it.
func parseLine(line string) (*Record, string) {
	parts := strings.Fields(line)
	if len(parts) < 2 {
		return nil, "is cut short"
	}
	r := &Record{Blob: parts[0], Stage: parts[1]}
	if len(r.Blob) != 2*sha1.Size || !isHex(r.Blob) {
		return nil, fmt.Sprintf("begins with %.50q, which is no blob id", r.Blob)
	}
	if !slices.Contains(Stages, r.Stage) {
		return nil, fmt.Sprintf("says %.30q: it can be %s", r.Stage, strings.Join(Stages, ", "))
	}
	for _, part := range parts[2:] {
		i := strings.LastIndexByte(part, '=')
		if i < 0 {
			return nil, fmt.Sprintf("has %.30q, which is no passage", part)
		}
		switch key, value := part[:i], part[i+1:]; {
		case key == "by":
			r.By = strings.ReplaceAll(value, "_", " ")
		case key == "free":
			r.Free = value == "yes"
		case key == "on", key == "updated":
			if _, err := time.Parse(time.DateOnly, value); err != nil {
				return nil, fmt.Sprintf("says %s=%.20s, which is no date", key, value)
			}
			if key == "on" {
				r.On = value
			} else {
				r.Updated = value
			}
		default:
			hash, withdrawn := strings.CutSuffix(value, "!")
			if len(hash) != 8 || !isHex(hash) || key == "" {
				return nil, fmt.Sprintf("has %.30q, which is no passage", part)
			}
			r.Passages = append(r.Passages, Said{key, hash, withdrawn})
		}
	}
	return r, ""
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdef") == "" }
