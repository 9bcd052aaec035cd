package epub

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// book has chapters on the levels given.
func book(levels ...int) *Book {
	b := &Book{ID: "guide/en", Title: `A "guide" <& more>`, Language: "en", Dir: "ltr", Contents: "Contents", Start: "Beginning", Date: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}
	for i, level := range levels {
		name := fmt.Sprint("text/", string(rune('a'+i)))
		b.Chapters = append(b.Chapters, Chapter{Name: name, Title: fmt.Sprint("<", i, ">"), Level: level, Lang: "en", Dir: "ltr", Body: XHTML(parse("<p>Text."))})
	}
	return b
}

func parse(text string) []*html.Node {
	nodes, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "main", DataAtom: atom.Main})
	if err != nil {
		return nil
	}
	return nodes
}

// files unpacks a publication.
func files(t *testing.T, b *Book) map[string]string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for i, f := range r.File {
		if i == 0 && (f.Name != "mimetype" || f.Method != zip.Store || len(f.Extra) > 0) {
			t.Errorf("the first file is %s, method %d, with %d bytes extra; want mimetype, stored, none", f.Name, f.Method, len(f.Extra))
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

// wellFormed reads XML and returns the text in it.
func wellFormed(text string) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.CharData:
			b.Write(token)
		case xml.StartElement:
			var names []string
			for _, a := range token.Attr {
				name := a.Name.Space + ":" + a.Name.Local
				if slices.Contains(names, name) {
					return "", fmt.Errorf("<%s> has the attribute %s twice", token.Name.Local, name)
				}
				names = append(names, name)
			}
		}
	}
}

// The lists of the table of contents follow the levels: a deeper one lies in
// the item before it, and none is skipped.
func TestContentsNest(t *testing.T) {
	for _, test := range []struct {
		levels []int
		want   string
	}{
		{[]int{1}, "[0]"},
		{[]int{1, 1, 1}, "[0 1 2]"},
		{[]int{1, 2, 3, 1}, "[0[1[2]] 3]"},
		{[]int{1, 2, 2, 3, 3, 2, 1}, "[0[1 2[3 4] 5] 6]"},
		{[]int{1, 3, 3, 2, 1}, "[0[1[2] 3] 4]"}, // a level that nothing leads to
		{[]int{2, 0, -1, 5}, "[0 1 2[3]]"},
	} {
		nav := files(t, book(test.levels...))["EPUB/nav.xhtml"]
		if _, err := wellFormed(nav); err != nil {
			t.Fatalf("%v: %v\n%s", test.levels, err, nav)
		}
		var got strings.Builder
		d := xml.NewDecoder(strings.NewReader(nav))
		item := false
	read:
		for {
			token, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				if token.Name.Local == "ol" {
					got.WriteByte('[')
				}
				item = token.Name.Local == "a"
			case xml.CharData:
				if item {
					if s := got.String(); !strings.HasSuffix(s, "[") {
						got.WriteByte(' ')
					}
					got.WriteString(strings.Trim(string(token), "<>"))
				}
			case xml.EndElement:
				item = false
				if token.Name.Local == "ol" {
					got.WriteByte(']')
				}
				if token.Name.Local == "nav" {
					break read // the landmarks follow
				}
			}
		}
		if got.String() != test.want {
			t.Errorf("levels %v nest as %s, want %s", test.levels, got.String(), test.want)
		}
	}
}

// Every part of a publication is well-formed, whatever its words are, and the
// package document names each file that lies there.
func TestPartsAreWellFormedAndListed(t *testing.T) {
	b := book(1, 2)
	odd := "a < b & \"c\" ' > \x01 \uFFFE \xff ع"
	b.Title, b.Publisher, b.Description, b.Rights, b.Source, b.Contents, b.Start, b.Access = odd, odd, odd, odd, "https://example.org/?a=1&b=2", odd, odd, Access{Summary: odd, Images: true}
	b.Chapters[0].Title, b.Chapters[1].Lang, b.Chapters[1].Dir = odd, "ar", "rtl"
	b.Chapters[1].Body = XHTML(parse(`<p>a &lt; b<br>c<img src="x"><svg viewBox="0 0 9 9"><path d="M0 0h9"></path></svg>`))
	all := files(t, b)
	opf := all["EPUB/package.opf"]
	for name, text := range all {
		if name == "mimetype" || strings.HasSuffix(name, ".css") {
			continue
		}
		if _, err := wellFormed(text); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
	for name := range all {
		below, ok := strings.CutPrefix(name, "EPUB/")
		if ok && below != "package.opf" && strings.Count(opf, `href="`+below+`"`) != 1 {
			t.Errorf("the package document does not list %s once:\n%s", below, opf)
		}
	}
	if !strings.Contains(opf, `href="text/b.xhtml" media-type="application/xhtml+xml" properties="svg"`) {
		t.Errorf("the chapter with a drawing does not say so:\n%s", opf)
	}
	for _, want := range []string{`lang="ar" xml:lang="ar" dir="rtl"`, `href="../style.css"`, "a &lt; b<br/>c", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>`} {
		if !strings.Contains(all["EPUB/text/b.xhtml"], want) {
			t.Errorf("the chapter lacks %s:\n%s", want, all["EPUB/text/b.xhtml"])
		}
	}
}

// The identifier is the same for all editions of a publication, and no other
// publication's.
func TestIdentifier(t *testing.T) {
	if a, b := urn("guide/en"), urn("guide/fr"); a == b || a != urn("guide/en") {
		t.Errorf("%s and %s", a, b)
	}
	if id := urn("guide/en"); len(id) != len("urn:uuid:")+36 || id[23] != '8' || !strings.ContainsRune("89ab", rune(id[28])) {
		t.Errorf("%s is no UUID of version 8", id)
	}
}

// The time of the last change is within the edition and moves with every byte.
func TestModifiedMoves(t *testing.T) {
	modified := func(change func(*Book)) string {
		b := book(1, 1)
		change(b)
		_, after, _ := strings.Cut(files(t, b)["EPUB/package.opf"], `"dcterms:modified">`)
		when, _, _ := strings.Cut(after, "<")
		return when
	}
	seen := map[string]bool{}
	for _, change := range []func(*Book){
		func(*Book) {},
		func(b *Book) { b.Title = "Other" },
		func(b *Book) { b.Style = []byte("p{}") },
		func(b *Book) { b.Chapters[1].Body = XHTML(parse("<p>Text!")) },
		func(b *Book) { b.Chapters[1].Name = "text/z" },
	} {
		when := modified(change)
		if when != modified(change) || !strings.HasPrefix(when, "2026-11-") || seen[when] {
			t.Errorf("modified %q; want a time of the edition's month that no other book has", when)
		}
		seen[when] = true
	}
}

func TestTwoChaptersOfOneNameAreAnError(t *testing.T) {
	b := book(1, 1)
	b.Chapters[1].Name = b.Chapters[0].Name
	if err := Write(io.Discard, b); err == nil || !strings.Contains(err.Error(), "text/a.xhtml") {
		t.Errorf("got %v", err)
	}
}

// Whatever HTML a chapter holds, it becomes XML that says the same.
func FuzzChapter(f *testing.F) {
	for _, seed := range []string{
		"<p>a &lt; b &amp; c<br>d", "<table><tr><td>1<td>2</table>", `<a href="?a=1&b=2" title='"'>x</a>`, "<svg viewbox='0 0 1 1'><path d=M0/></svg>",
		"<b <i>x", `<p a"b=c 1=2 xml:lang=en lang=fr xmlns="y" xmlns:q="z" a=1 a=2 :x=1 a:b=1>`, "<svg xml:lang=en xlink:href=x lang=fr><a:b>c</a:b><foreignObject><p>x", "<math><mi>x</mi></math>",
		"<script>if (a < b && c) {}</script><style>a > b</style>", "<textarea>\n<b></textarea><template><p>x</template>", "<!-- -- --><!doctype x><?php ?>", "a\x00b\x01c\uFFFEd\r\ne\tf",
		"<x:y>z</x:y><ns:svg/><1a>b</1a><é>c</é>", "<input checked disabled><embed><col><hr/>x<wbr>", "]]>", "<plaintext><b>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b := book(1)
		trees := parse(text)
		b.Chapters[0].Title, b.Chapters[0].Body = "", XHTML(trees)
		page := string(b.chapter(&b.Chapters[0]))
		got, err := wellFormed(page)
		if err != nil {
			t.Fatalf("%v\n%s", err, page)
		}
		var want strings.Builder
		for _, top := range trees {
			said(&want, top)
		}
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want.String()), " ") {
			t.Errorf("the text became\n%q, not\n%q\n%s", got, want.String(), page)
		}
	})
}

// said collects the text of a tree, but for what XML cannot hold.
func said(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		for i, r := range n.Data {
			_, size := utf8.DecodeRuneInString(n.Data[i:])
			if r >= ' ' && r != '\uFFFE' && r != '\uFFFF' && !(r == utf8.RuneError && size == 1) || r == '\n' || r == '\t' {
				b.WriteRune(r)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		said(b, c)
	}
}
