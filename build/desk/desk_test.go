package desk_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"

	"fieldguide/build"
	"fieldguide/build/desk"
	"fieldguide/build/site"
	"fieldguide/build/translate"

	"golang.org/x/net/html"
)

// budget is what a network sends at once.
const budget = 14_600

// large is a site of many pages in few sections, in two more languages.
func large() (*site.Site, []build.Translation) {
	en := &site.Language{Code: "en", Name: "English", Dir: "ltr"}
	s := &site.Site{Source: en, Languages: []*site.Language{en,
		{Index: 1, Code: "fr", Name: "Français", Dir: "ltr"}, {Index: 2, Code: "ar", Name: "العربية", Dir: "rtl"}},
		Sets: []*site.Set{{ID: "part-0", Bands: []*site.Band{{ID: "9-12"}}}, {ID: "part-1"}}}
	states := []translate.State{translate.InStep, translate.Stale, translate.Missing, translate.Unknown}
	var list []build.Translation
	for i := range 1500 {
		p := fmt.Sprintf("part-%d/%x", i%3, i*i*i*2654435761)
		if i%10 == 0 {
			p = path.Base(p)
		}
		pages := []*site.Page{{Title: fmt.Sprintf("How to <tell> number %x from others", i*i*40503)}, nil, nil}
		s.Families = append(s.Families, &site.Family{Path: p, Pages: pages, Set: s.SetOf(path.Dir(p))})
		for j, lang := range s.Languages[1:] {
			list = append(list, build.Translation{Path: p, Language: lang.Code, State: states[(i+j)%len(states)],
				Changed: 1, Of: 9, Stage: "machine", Set: strings.Trim(path.Dir(p), "."), Urgency: i % 3})
		}
	}
	list = append(list, build.Translation{Path: "gone/page", Language: "fr", State: build.Orphan})
	s.Index()
	return s, list
}

// However large the site, each page of the dashboard comes with the first flight of bytes, and each of its links leads
// to a page of it, from file:// too: it is relative and names a file.
func TestDashboardOfALargeSite(t *testing.T) {
	s, list := large()
	d := desk.NewDashboard(s, list)
	d.Page = func(t *build.Translation) string {
		if t.State == translate.Stale {
			return desk.DiffFile(t)
		}
		return ""
	}
	d.Diff = func(lang, path string) ([]byte, error) {
		return desk.Diff(s, &build.Difference{Path: path, Language: lang, State: translate.Stale,
			Changes: []build.Change{{What: "changed", Kind: "p",
				Old: "a <b>", OldKnown: true, New: "a <c>", Own: "<script>x</script>"}}})
	}
	has := map[string]bool{}
	for _, name := range d.Names() {
		if has[name] {
			t.Errorf("%s is there twice", name)
		}
		has[name] = true
	}
	links, titles := 0, map[string]bool{}
	for _, name := range d.Names() {
		page, err := d.File(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "diff/") && len(titles) > 50 {
			continue // as the others
		}
		if n := packed(page); n > budget {
			t.Errorf("%s has %d bytes, compressed; %d are allowed", name, n, budget)
		}
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			switch n.Data {
			case "title":
				titles[n.FirstChild.Data] = true
			case "script", "img", "tell", "b":
				t.Errorf("%s has an element %s", name, n.Data)
			case "a":
				for _, a := range n.Attr {
					if to := path.Join(path.Dir(name), a.Val); a.Key == "href" && !has[to] {
						t.Errorf("%s leads to %q, which is not there", name, a.Val)
					} else if a.Key == "href" {
						links++
					}
				}
			}
		}
	}
	if links < 750 || !titles["Translations · العربية"] {
		t.Errorf("%d links, %d titles", links, len(titles))
	}
	for _, name := range []string{"en/index.html", "fr/part-0/99.html", "../x", ""} {
		if _, err := d.File(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func packed(page []byte) int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(page)
	w.Close()
	return b.Len()
}
