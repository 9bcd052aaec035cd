package check

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"fieldguide/build/cache"
	"fieldguide/build/markdown"
	"fieldguide/build/site"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

var allow = &Check{Name: "allow", Doc: "A comment <!-- allow: figures — why --> at the top of a page names checks, " +
	"whose findings it allows in the next passage: a paragraph, heading, list, table or fence."}

// allowance is leave to do in a passage what a check would say something about.
type allowance struct {
	check    string
	place    site.Place // where it stands
	from, to int        // lines of the passage, to that after it; none when nothing follows
	used     bool
}

// allowances reads the comments of a page that allow something. Names that no page can allow are findings.
func (p *Pass) allowances() (list []*allowance) {
	if !bytes.Contains(p.Doc.Text(), []byte("<!--")) {
		return nil
	}
	starts := p.passages()
	eachNode(p.Doc.Root, func(n ast.Node) {
		comment, pos := markdown.CommentText(n, p.Doc.Text())
		for at, name := range allowed(comment) {
			place := p.place(pos + at)
			switch c := Named(name); {
			case c == nil:
				hint := cmp.Or(nearest(name, Names()), "`fieldguide help check` lists them; a reason follows a dash: "+
					"<!-- allow: figures — why -->")
				p.ReportAt(site.Error, place, hint, "there is no check %.40q", name)
			case c.Firm != "":
				p.ReportAt(site.Error, place, c.Firm, "what the check %q finds cannot be allowed", name)
			default:
				a := &allowance{check: name, place: place}
				if n.Parent() == p.Doc.Root {
					a.from, a.to = p.passage(starts, pos)
				}
				list = append(list, a)
			}
		}
	})
	return list
}

// passages returns where the passages of the page begin, in order.
func (p *Pass) passages() (starts []int) {
	add := func(from ast.Node) {
		for n := from.FirstChild(); n != nil; n = n.NextSibling() {
			if n.Kind() != extast.KindFootnoteList && !markdown.IsComment(n, p.Doc.Text()) {
				starts = append(starts, n.Pos())
			}
		}
	}
	add(p.Doc.Root)
	if notes := p.Doc.Root.LastChild(); notes != nil && notes.Kind() == extast.KindFootnoteList {
		add(notes)
	}
	slices.Sort(starts)
	return starts
}

// passage returns the lines of the first passage that begins after a position, to that of the next.
func (p *Pass) passage(starts []int, after int) (from, to int) {
	i := sort.SearchInts(starts, after)
	if i == len(starts) {
		return 0, 0
	}
	from, _ = p.Doc.Position(starts[i])
	if i+1 == len(starts) {
		to, _ = p.Doc.Position(len(p.Doc.Text()))
		return from, to + 1
	}
	to, _ = p.Doc.Position(starts[i+1])
	return from, to
}

// allowed yields the names that a comment, or several, allow and where they stand in it.
func allowed(comment string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for at := 0; ; {
			open := strings.Index(comment[at:], "<!--")
			if open < 0 {
				return
			}
			at += open + len("<!--")
			said, _, _ := strings.Cut(comment[at:], "-->")
			colon := strings.IndexAny(said, ":：")
			if colon < 0 || !strings.EqualFold(strings.TrimSpace(said[:colon]), "allow") {
				continue
			}
			colon += len(said[colon:]) - len(strings.TrimLeft(said[colon:], ":："))
			names := said[colon:]
			if why := whyAt(names); why >= 0 {
				names = names[:why]
			}
			for from, more := 0, true; more; {
				name := names[from:]
				comma := strings.IndexAny(name, ",،、，")
				if more = comma >= 0; more {
					name = name[:comma]
				}
				begins := len(name) - len(strings.TrimLeft(name, " \t\n"))
				if !yield(at+colon+from+begins, strings.TrimSpace(name)) {
					return
				}
				if more {
					_, size := utf8.DecodeRuneInString(names[from+comma:])
					from += comma + size
				}
			}
		}
	}
}

// whyAt returns where a reason begins after names, -1 where there is none.
func whyAt(names string) int {
	least := -1
	for _, sign := range []string{":", "：", "—", "–", " - ", " -- "} {
		if i := strings.Index(names, sign); i >= 0 && (least < 0 || i < least) {
			least = i
		}
	}
	return least
}

// allows reports whether a finding of a check is allowed where it stands, and notes that it was.
func allows(list []*allowance, check string, at site.Place) (is bool) {
	for _, a := range list {
		if a.check == check && a.place.File == at.File && a.from <= at.Line && at.Line < a.to {
			a.used, is = true, true
		}
	}
	return is
}

// Unused says of which allowances nothing came, from the facts of all families when Links has seen them. What a
// translation took over from its source page is not said of it.
func Unused(s *site.Site, facts []*Facts) (findings []site.Finding) {
	for _, f := range facts {
		for _, a := range f.allowed {
			file := f.fileIn(s.Source)
			sources := func(b *allowance) bool { return b.check == a.check && b.place.File == file }
			if a.used || a.place.File != file && slices.ContainsFunc(f.allowed, sources) {
				continue
			}
			findings = append(findings, a.place.Find(site.Warning, allow.Name,
				"remove it, or put it on a line of its own at the top of the page, before the passage that it is for",
				"this allows nothing: the check %q finds nothing in the next passage", a.check))
		}
	}
	return findings
}

// fileIn returns the file that the page of a language is written in.
func (f *Facts) fileIn(lang *site.Language) string {
	return "content/" + lang.Code + "/" + f.Path + ".md"
}

func encodeAllowances(e *cache.Encoder, list []*allowance) {
	e.Int(len(list))
	for _, a := range list {
		e.Text(a.check)
		e.Text(a.place.File)
		e.Int(a.place.Line)
		e.Int(a.place.Col)
		e.Int(a.from)
		e.Int(a.to)
		e.Bool(a.used)
	}
}

func decodeAllowances(d *cache.Decoder) (list []*allowance) {
	for range d.Count() {
		list = append(list, &allowance{check: d.Text(), place: site.Place{File: d.Text(), Line: d.Int(), Col: d.Int()},
			from: d.Int(), to: d.Int(), used: d.Bool()})
	}
	return list
}
