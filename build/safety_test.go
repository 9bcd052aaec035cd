package build_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// safetyNames say what the rows of testdata/safety.tsv keep, S1 first.
var safetyNames = []string{
	"where helpline numbers are, and no promise of a number that is not there",
	"someone threatens a teenager with a picture",
	"someone threatens a younger child with a picture",
	"never send a picture on as proof, and the removal services are safe",
	"after sexual assault: today, never too late",
	"one threshold for the signs of grooming",
	"no announcement of a picture to a class",
	"an adult's own duty to report, at once",
	"a quick exit where it is promised or needed",
	"search leads to help",
	"children are not led to pages for teenagers",
	"messages: ask first, except in danger",
	"private things are not secrets",
	"no promise never to read messages",
	"one procedure for teachers, first in the list",
	"the phone is not taken as a punishment",
	"ages in the settings",
	"abuse material is hidden as soon as it is read",
	"who has read this text, and who has not",
	"the police, in the first list for adults",
}

// safetyWalks are ways through the guide that somebody in need, or in a hurry,
// has to find: from the home page, one link in the text of each page after
// another. The child who is threatened has one step.
var safetyWalks = []struct{ who, steps string }{
	{"a teenager who is threatened with a picture", "help/13-18.html#picture-threat"},
	{"a child who is threatened with a picture", "help/9-12.html#picture-threat"},
	{"a parent whose child is threatened", "help/adults.html#picture-threat"},
	{"the teenager, by the help page", "help/index.html > help/13-18.html#picture-threat"},
	{"the parent, by the page for parents", "parents/index.html > help/adults.html#picture-threat"},
	{"a child whom a stranger asks for a photo", "children/9-12/index.html > children/9-12/behind-the-mask.html > help/9-12.html#picture-threat"},
	{"a small child with a parent", "children/under-9/index.html > children/under-9/our-kite.html"},
	{"the parent of a small child", "children/under-9/index.html > children/under-9/reading-together.html"},
	{"a mother whose child is on the phone all night", "parents/index.html > parents/screens-and-health.html"},
	{"a teacher whom a pupil tells", "educators/index.html > educators/when-a-pupil-tells.html"},
	{"a teacher with a lesson tomorrow", "educators/index.html > educators/teaching-it.html > children/9-12/behind-the-mask.html"},
	{"a product manager whose chat has artificial intelligence", "industry/index.html > industry/feature-artificial-intelligence.html"},
	{"an official who writes a strategy", "policy-makers/index.html > policy-makers/strategy.html"},
}

// testdata/safety.tsv has what must stand on a page, and what must not, so
// that nobody is hurt by it: rows of subject, language and page. Fragments are
// parted by " | " and written as readers see them. "href:" and an address,
// which begins at the language's folder, is a link anywhere on the page.
// Whoever words a sentence anew changes its row with it.
func TestSafety(t *testing.T) {
	res, tree := guide(t)
	pages := map[string]*safetyPage{}
	for _, l := range res.Site.Languages {
		for _, f := range res.Site.Families {
			name := l.Code + "/" + f.Path + ".html"
			if text, err := tree.ReadFile(name); err == nil {
				pages[name] = readSafetyPage(t, name, string(text))
			}
		}
	}
	t.Run("words", func(t *testing.T) {
		rows, complaints := parseSafety(read(t, "testdata/safety.tsv"))
		var codes []string
		for _, l := range res.Site.Languages {
			codes = append(codes, l.Code)
		}
		complaints = append(complaints, safetyGaps(rows, codes, res.Site.Source.Code)...)
		for _, r := range rows {
			complaints = append(complaints, r.complaints(pages)...)
		}
		for _, c := range complaints {
			t.Error("testdata/safety.tsv" + c)
		}
	})
	t.Run("walks", func(t *testing.T) {
		for _, l := range res.Site.Languages {
			for _, w := range safetyWalks {
				if wrong := safetyWalk(pages, l.Code, w.steps); wrong != "" {
					t.Errorf("%s: %s", w.who, wrong)
				}
			}
		}
	})
}

// Each part of the test can fail.
func TestSafetyRefuses(t *testing.T) {
	const name, head = "xx/help/page.html", "id\tlanguage\tpage\tmust\tmustnot\n"
	pages := map[string]*safetyPage{name: readSafetyPage(t, name, "<title>Do not tell</title>"+
		"<nav><a href=../times-tables.html>Leave</a></nav><main><h1>Get help</h1><script>Pay now</script>"+
		"<p>Do&nbsp;not <b>pay</b>: “tell \u2066Ana\u2069”.<p id=now>Tell\nsomeone <a href=13-18.html#threat>today</a>.</main>")}
	for _, sample := range []struct{ row, says string }{
		{"S1\txx\thelp/page\tGet help | Do not tell\t", "lacks “Do not tell”"},
		{"S1\txx\thelp/page\tPay now\t", "lacks “Pay now”"},
		{"S1\txx\thelp/page\tdo not pay\t", "lacks “do not pay”"},
		{"S1\txx\thelp/page\thref:help/13-18.html\t", "lacks “href:help/13-18.html”"},
		{"S1\txx\thelp/page\t\tCall | Do not pay", "still says “Do not pay”"},
		{"S1\txx\thelp/page\t\thref:help/13-18.html#threat", "still says “href:help/13-18.html#threat”"},
		{"S1\txx\thelp/pages\tGet help\t", "the guide has no page xx/help/pages"},
		{"S1\txx\thelp/page\tGet help", "has 4 columns"},
		{"S1\txx\thelp/page\t\t", "says nothing"},
		{"S21\txx\thelp/page\tGet help\t", "S21 is not"},
		{"S1\txx\thelp/page\tDo\u202fnot pay: “tell Ana”. | Tell someone today.\tPay now | Do not tell", ""},
		{"S1\txx\thelp/page\thref:help/13-18.html#threat | href:times-tables.html\thref:#threat", ""},
	} {
		rows, complaints := parseSafety(head + sample.row + "\n")
		for _, r := range rows {
			complaints = append(complaints, r.complaints(pages)...)
		}
		got := strings.Join(complaints, "\n")
		if sample.says == "" && got != "" || !strings.Contains(got, sample.says) || sample.says != "" && !strings.HasPrefix(got, ":2: ") {
			t.Errorf("of %q it says %q; want %q", sample.row, got, sample.says)
		}
	}

	var all strings.Builder
	for i := range safetyNames {
		fmt.Fprintf(&all, "S%d\ten\tindex\tx\t\n", i+1)
	}
	rows, _ := parseSafety(head + all.String() + strings.Replace(all.String(), "S7\ten", "S7\txx", 1))
	got := strings.Join(safetyGaps(rows, []string{"en", "xx"}, "en"), "\n")
	if strings.Count(got, "\n") != len(safetyNames)-2 || strings.Contains(got, "S7 ") {
		t.Errorf("of a language with S7 alone it says %q", got)
	}
	for steps, want := range map[string]string{
		"help/page.html": "xx/index.html has no link to help/page.html in its text",
		"help/13-18.html#threat > help/page.html": "the guide has no page xx/help/13-18.html",
		"help/13-18.html#there":                   "xx/help/13-18.html has no place “there”",
		"help/13-18.html":                         "xx/index.html has no link to help/13-18.html in its text",
		"help/13-18.html#threat":                  "",
	} {
		pages := map[string]*safetyPage{"xx/index.html": readSafetyPage(t, "xx/index.html", "<a href=help/page.html>Help</a>"+
			"<main><a href=help/13-18.html#threat>Now</a> <a href=help/13-18.html#there>There</a></main>")}
		if !strings.Contains(want, "no page") {
			pages["xx/help/13-18.html"] = readSafetyPage(t, "xx/help/13-18.html", "<main><h2 id=threat>Threat</h2></main>")
		}
		if got := safetyWalk(pages, "xx", steps); got != want {
			t.Errorf("of the walk %q it says %q; want %q", steps, got, want)
		}
	}
}

// A safetyRow is a line of testdata/safety.tsv.
type safetyRow struct {
	line               int
	id, language, page string
	must, mustNot      []string
}

// parseSafety reads the table. A complaint begins with ":" and its line.
func parseSafety(table string) (rows []safetyRow, complaints []string) {
	for i, line := range strings.Split(strings.TrimRight(table, "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			complaints = append(complaints, fmt.Sprintf(":%d: has %d columns; want id, language, page, must, mustnot", i+1, len(cells)))
			continue
		}
		r := safetyRow{i + 1, cells[0], cells[1], cells[2], fragments(cells[3]), fragments(cells[4])}
		switch {
		case i == 0:
			continue // the names of the columns
		case r.name() == "":
			complaints = append(complaints, fmt.Sprintf(":%d: %s is not one of S1 to S%d", r.line, r.id, len(safetyNames)))
		case len(r.must)+len(r.mustNot) == 0:
			complaints = append(complaints, fmt.Sprintf(":%d: says nothing of what must stand there and what must not", r.line))
		}
		rows = append(rows, r)
	}
	return rows, complaints
}

func fragments(cell string) []string {
	if cell = strings.TrimSpace(cell); cell == "" {
		return nil
	}
	return strings.Split(cell, " | ")
}

// name says what the row keeps, "" when there is no such subject.
func (r safetyRow) name() string {
	for i, name := range safetyNames {
		if r.id == fmt.Sprintf("S%d", i+1) {
			return name
		}
	}
	return ""
}

// complaints lists what the row's page lacks, and what it still says.
func (r safetyRow) complaints(pages map[string]*safetyPage) []string {
	p := pages[r.language+"/"+r.page+".html"]
	if p == nil {
		return []string{fmt.Sprintf(":%d: the guide has no page %s/%s", r.line, r.language, r.page)}
	}
	var list []string
	for _, f := range r.must {
		if !p.has(f) {
			list = append(list, fmt.Sprintf(":%d: %s/%s lacks “%s”, which keeps readers safe (%s: %s); put it back, or if the page says it in other words now, change the row",
				r.line, r.language, r.page, f, r.id, r.name()))
		}
	}
	for _, f := range r.mustNot {
		if p.has(f) {
			list = append(list, fmt.Sprintf(":%d: %s/%s still says “%s”, which can harm readers (%s: %s)", r.line, r.language, r.page, f, r.id, r.name()))
		}
	}
	return list
}

// safetyGaps names the subjects and pages of the source language that have no
// row in another, and subjects that have none at all.
func safetyGaps(rows []safetyRow, languages []string, source string) []string {
	type place struct{ id, page string }
	in := map[string]map[place]bool{}
	wanted := []place{}
	for _, r := range rows {
		p := place{r.id, r.page}
		if in[r.language] == nil {
			in[r.language] = map[place]bool{}
		}
		in[r.language][p], in[r.language][place{id: r.id}] = true, true
		if r.language == source && !slices.Contains(wanted, p) {
			wanted = append(wanted, p)
		}
	}
	var list []string
	for _, l := range languages {
		for i, name := range safetyNames {
			if id := fmt.Sprintf("S%d", i+1); !in[l][place{id: id}] {
				list = append(list, fmt.Sprintf(": %s has no row for %s: %s", l, id, name))
			}
		}
		for _, p := range wanted {
			if in[l][place{id: p.id}] && !in[l][p] {
				list = append(list, fmt.Sprintf(": %s has no row for %s on the page %s, which %s has", l, p.id, p.page, source))
			}
		}
	}
	return list
}

// safetyWalk follows links in the text of pages, from the home page on, and
// says where it ends too early, "" when it arrives.
func safetyWalk(pages map[string]*safetyPage, language, steps string) string {
	at := language + "/index.html"
	for _, step := range strings.Split(steps, " > ") {
		switch {
		case pages[at] == nil:
			return "the guide has no page " + at
		case !pages[at].inText["/"+language+"/"+step]:
			return at + " has no link to " + step + " in its text"
		}
		name, id, _ := strings.Cut(step, "#")
		at = language + "/" + name
		if id != "" && pages[at] != nil && !pages[at].ids[id] {
			return at + " has no place “" + id + "”"
		}
	}
	if pages[at] == nil {
		return "the guide has no page " + at
	}
	return ""
}

// A safetyPage is a finished page as a reader meets it.
type safetyPage struct {
	language      string
	text          string          // of main, in one line
	links, inText map[string]bool // addresses of all links, and of those in main; "/en/index.html" or "https://…"
	ids           map[string]bool
}

func readSafetyPage(t *testing.T, name, source string) *safetyPage {
	t.Helper()
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	base := &url.URL{Path: "/" + name}
	language, _, _ := strings.Cut(name, "/")
	p := &safetyPage{language: language, links: map[string]bool{}, inText: map[string]bool{}, ids: map[string]bool{}}
	var text strings.Builder
	var visit func(n *html.Node, inMain bool)
	visit = func(n *html.Node, inMain bool) {
		inMain = inMain || n.DataAtom == atom.Main
		switch {
		case slices.Contains([]atom.Atom{atom.Script, atom.Style, atom.Svg}, n.DataAtom):
			return
		case n.Type == html.TextNode && inMain:
			text.WriteString(n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "id" {
				p.ids[a.Val] = true
			}
			if u, err := base.Parse(a.Val); err == nil && n.DataAtom == atom.A && a.Key == "href" {
				p.links[u.String()] = true
				p.inText[u.String()] = p.inText[u.String()] || inMain
			}
		}
		apart := n.Type == html.ElementNode && !slices.Contains(inLine, n.DataAtom)
		if apart {
			text.WriteByte(' ')
		}
		for c := range n.ChildNodes() {
			visit(c, inMain)
		}
		if apart {
			text.WriteByte(' ')
		}
	}
	visit(root, false)
	p.text = asSeen(text.String())
	return p
}

// inLine are elements that do not part words.
var inLine = []atom.Atom{atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Cite, atom.Code, atom.Dfn, atom.Em, atom.I, atom.Mark,
	atom.Q, atom.S, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.U, atom.Wbr}

// has reports whether the page has a fragment of the table.
func (p *safetyPage) has(fragment string) bool {
	if address, ok := strings.CutPrefix(fragment, "href:"); ok {
		return p.links[address] || p.links["/"+p.language+"/"+address]
	}
	return strings.Contains(p.text, asSeen(fragment))
}

// asSeen makes one line of a text, without what nobody sees: marks of
// direction, places where a word may break, and how wide a space is.
func asSeen(text string) string {
	return strings.Join(strings.Fields(unseen.Replace(text)), " ")
}

var unseen = strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "", "\u200e", "", "\u200f", "", "\u061c", "",
	"\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "")
